import { PAUSED, RESUMED } from '../../log/patterns/paused.ts'
import { quotedLine } from '../processes/logged-process.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'
import { isBeforeWait } from './is-before-wait.ts'

/** What an English line says besides; in other languages only lines about connections are understood. */
const OF_ACCEPTING = /accept|listen|new connection|new client|incoming/i

/** Somebody told the process to take no more connections. */
export const acceptingPaused: CauseRule = (focus) => {
  const { facts } = focus
  const { process, link } = facts
  if (!process || facts.accepted !== null) return null
  const since = link?.listener?.listening?.order ?? -1
  const last = process.file.events.findLast(({ pattern }) => PAUSED.has(pattern) || RESUMED.has(pattern))
  if (!last || RESUMED.has(last.pattern) || last.order < since) return null
  if (goesOnAccepting(focus, last) || !isBeforeWait(facts, last)) return null
  return {
    verdict: 'accepting-paused',
    claim: `The process takes no connections on purpose (${quotedLine(process, last)}), and no accept follows; its listening socket stayed open, so that the kernel goes on completing handshakes.`,
    // Maintenance and draining may be of something else in the process.
    confidence: last.pattern.endsWith('-translated') || OF_ACCEPTING.test(last.text) ? 'likely' : 'suspected',
  }
}
