import type { Current } from './current.ts'
import { Dossier } from './dossier.ts'
import type { Flows } from './flows.ts'
import { ROW_WORDS, Row, State } from './row.ts'
import { Signal } from './signal-log.ts'

const HALF = 16

/**
 * Takes a segment of at most one byte that carries nothing new: a keep-alive repeats the byte before the next one
 * (RFC 9293 §3.8.4), a zero-window probe does so on Linux and sends the next byte elsewhere (§3.8.6.1).
 * `ahead` is how far the segment starts after what was sent before. Returns false where it is neither.
 */
export function noteProbe(flows: Flows, current: Current, ahead: number): boolean {
  const state = flows.table.words[current.flow * ROW_WORDS + Row.STATE]!
  const windowClosed = (state & (State.ZERO_WINDOW << (current.side ^ 1))) !== 0
  if (ahead !== -1 && !(ahead === 0 && windowClosed && current.packet.payloadLength === 1)) return false
  const dossier = flows.dossier(current.flow)
  if (windowClosed) {
    flows.dossiers.words[dossier + Dossier.PROBES]!++
    flows.signal(current, Signal.PROBE, 0)
    return true
  }
  const fromClient = current.side === flows.clientSide(current.flow)
  flows.dossiers.words[dossier + Dossier.KEEP_ALIVES]! += fromClient ? 1 : 1 << HALF
  flows.signal(current, Signal.KEEP_ALIVE, 0)
  return true
}
