import type { Verdict } from '../../diagnosis/verdict.ts'
import type { CauseRule } from './cause.ts'

/** Without a full stop where the reason is still open. */
const SENTENCES: Partial<Record<Verdict, string>> = {
  'never-accepted': 'The process that listens did not call accept() for this connection',
  'accept-stopped': 'The process accepted earlier connections and then stopped',
  'accepted-never-read': 'The process accepted the connection and never read from it.',
  'accepted-no-reply': 'The process accepted the connection, and never answered.',
  'delayed-accept': 'The connection waited in the accept queue: the process accepted late, and answered then.',
  'backlog-overflow': 'The accept queue was full: the process accepted more slowly than clients connected.',
  'peer-stalled': 'The process answered, then stopped answering; the kernel still acknowledges.',
  'server-idle-close': 'The server closed the connection because it was idle.',
  'reset-unread-data': 'The process closed the connection with data unread, which resets it.',
}

/** The verdict as its own cause, where no line tells what lies behind it. */
export const verdictItself: CauseRule = ({ judgement, facts }) => {
  const { verdict, confidence } = judgement
  const sentence = SENTENCES[verdict]
  if (sentence === undefined) return null
  if (sentence.endsWith('.')) return { verdict, claim: sentence, confidence }
  const untold = facts.process === null ? 'no log tells why' : 'its log does not tell why'
  return { verdict, claim: `${sentence}; ${untold}.`, confidence }
}
