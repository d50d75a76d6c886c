import { counted } from '../../text/plural.ts'
import type { QueueSight } from '../accepts/queue-sight.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { isOpen, type LogVerdictRule } from '../verdict-rule.ts'
import type { WireConnection } from '../wire/wire-connection.ts'

/** The system lists the process that has the connection open: it was accepted, and what stands in Recv-Q was not read. */
export const ownerListed: LogVerdictRule = (facts) => {
  const { wire, queue } = facts
  if (!isOwnedUnanswered(facts)) return null
  const isUnread = isUnreadBy(facts)
  // What a client only tells may be read, and stay without an answer.
  if (!isUnread && wire.connection.verdict === 'healthy-one-way') return null
  return {
    verdict: isUnread ? 'accepted-never-read' : 'accepted-no-reply',
    confidence: isPlain(facts) ? 'likely' : 'suspected',
    reasons: [queue!.says, queueOf(queue!.row!)],
    against: (['never-accepted', 'accept-stopped', 'backlog-overflow'] as const).map((verdict) => ({
      verdict,
      reason: queue!.says,
    })),
  }
}

/** A process has it open, its client sent something, and the server nothing. */
function isOwnedUnanswered({ wire, queue }: ConnectionFacts): boolean {
  if (queue === null || queue.waits || queue.row === null) return false
  return wire.serverPushes.length === 0 && wire.clientPushes.length > 0 && isOpen(wire.connection.verdict)
}

const queueOf = ({ unread, isOfAll }: NonNullable<QueueSight['row']>): string => {
  if (unread === null) return 'the server sent nothing'
  const held = counted(unread, 'byte', 'bytes')
  return `its Recv-Q holds ${held}${isOfAll ? ', all that the client sent' : ''}, and the server sent nothing`
}

/** By its Recv-Q, where the listing shows it; else by what the window told. */
function isUnreadBy({ wire, queue }: ConnectionFacts): boolean {
  const { unread } = queue!.row!
  return unread === null ? isNotDrained(wire) : isAllThatHadCome(unread, wire)
}

/**
 * True where no other reading is left: Recv-Q is empty, or holds all that the client ever sent, or the window says the same. Of messages
 * of one length the first may be in it, and the last as well, when those before were read.
 */
function isPlain({ wire, queue }: ConnectionFacts): boolean {
  const { unread, isOfAll } = queue!.row!
  return unread === 0 || isOfAll || isNotDrained(wire) || (unread !== null && !isAllThatHadCome(unread, wire))
}

const isNotDrained = ({ connection }: WireConnection): boolean =>
  connection.candidates.some(({ verdict, standing }) => verdict === 'accepted-no-reply' && standing === 'contradicted')

/** True where the bytes that were not read are those of all segments up to some moment: none had been read then. */
function isAllThatHadCome(unread: number, wire: WireConnection): boolean {
  let come = 0
  for (const push of wire.clientPushes) {
    come += push.bytes
    if (come === unread) return true
  }
  return false
}
