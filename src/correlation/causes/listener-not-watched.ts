import type { LogEvent } from '../../log/event.ts'
import { quotedLine } from '../processes/logged-process.ts'
import { speaksOfListening } from '../sockets/socket-life.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'

const PATTERNS: ReadonlySet<string> = new Set(['unwatchable', 'windows-unwatchable', 'not-stored'])

/** A line of these that names no socket tells of none: tables are full of connections. */
const NOT_STORED = 'not-stored'

/** The listening socket could not be put into what the process polls or keeps: a limit, or an error of the call. */
export const listenerNotWatched: CauseRule = (focus) => {
  const { facts } = focus
  const { process, link } = facts
  const handle = link?.listener?.handle ?? null
  const said = process?.file.events.findLast(
    (event) =>
      PATTERNS.has(event.pattern) &&
      (isOfListener(event, handle) || (event.handle === null && event.pattern !== NOT_STORED)),
  )
  if (!process || !said || facts.accepted !== null || goesOnAccepting(focus, said)) return null
  return {
    verdict: 'listener-not-watched',
    claim: `The process could not ${said.pattern === NOT_STORED ? 'store' : 'poll'} its listening socket (${quotedLine(process, said)}), and no accept follows: nothing tells it of connections that wait.`,
    // What names no socket may be of another one; a call that fails for one of them tells of none of them.
    confidence: isOfListener(said, handle) ? 'likely' : 'suspected',
  }
}

const isOfListener = (event: LogEvent, handle: string | null): boolean =>
  handle !== null && event.handle !== null ? event.handle === handle : speaksOfListening(event)
