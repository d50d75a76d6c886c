import type { ConnectionFacts } from '../connection-facts.ts'
import { lineOf, linesOf } from '../processes/logged-process.ts'
import { socketName } from '../scene.ts'
import { slotRaces } from '../sockets/slot-race.ts'
import type { SlotWrite, SocketLife } from '../sockets/socket-life.ts'
import type { CauseRule } from './cause.ts'

/** The connection was accepted, and another one took its slot: the poll reports it, no entry is it, and it is never read. */
export const slotLost: CauseRule = ({ facts }) => {
  const { accepted, process } = facts
  if (accepted === null || process === null || facts.wire.serverPushes.length > 0) return null
  const lost = lossOf(accepted, facts)
  if (lost === null || accepted.received.length + accepted.sent.length > 0) return null
  const { stored, taken } = lost
  const where = stored === null ? lineOf(process, taken.event) : linesOf(process, stored.event, taken.event)
  const unmatched = accepted.notMatched[0]
  const then = unmatched
    ? `it matched no entry when it became readable (${lineOf(process, unmatched)}), and was never read`
    : 'it was never read'
  return {
    verdict: 'slot-race',
    claim: `Two stores took slot ${taken.slot} (${where}): ${socketName(accepted.handle)} of this connection was overwritten by ${socketName(taken.life?.handle ?? null)}, ${then}.`,
    confidence: unmatched ? 'likely' : 'suspected',
  }
}

/** The store that took the socket's slot, and its own before it. */
function lossOf(
  accepted: SocketLife,
  { process }: ConnectionFacts,
): { readonly stored: SlotWrite | null; readonly taken: SlotWrite } | null {
  for (const { writes } of slotRaces(process!)) {
    const taken = writes.find(({ over }) => over === accepted)
    if (taken !== undefined) return { stored: writes.find(({ life }) => life === accepted) ?? null, taken }
  }
  return null
}
