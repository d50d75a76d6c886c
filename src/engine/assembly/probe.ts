import { clientSide, side, state } from './current'
import { dossier, rareWords } from './dossiers'
import { RareDossier, Signal, State } from './layout'
import { add } from './memory'
import { payloadLength } from './packet'
import { signal } from './signal-log'

/** The server's keep-alives are counted in a word's upper half. */
const HALF = 16

/**
 * Takes a segment of at most one byte that carries nothing new: a keep-alive repeats the byte before the next one
 * (RFC 9293 §3.8.4), a zero-window probe does so on Linux and sends the next byte elsewhere (§3.8.6.1).
 * `ahead` is how far the segment starts after what was sent before. Returns false where it is neither.
 */
export function noteProbe(ahead: i32): bool {
  const windowClosed = (state() & (State.ZERO_WINDOW << (side ^ 1))) !== 0
  if (ahead !== -1 && !(ahead === 0 && windowClosed && payloadLength === 1)) return false
  const at = rareWords(dossier())
  if (windowClosed) {
    add(at, RareDossier.PROBES, 1)
    signal(Signal.PROBE, 0)
    return true
  }
  add(at, RareDossier.KEEP_ALIVES, side === clientSide() ? 1 : 1 << HALF)
  signal(Signal.KEEP_ALIVE, 0)
  return true
}
