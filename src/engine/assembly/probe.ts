import { clientSide, own, peer, row, side, state } from './current'
import { dossier, rareWords } from './dossiers'
import { KeepAliveShape, RareDossier, Side, Signal, SignalCap, State } from './layout'
import { add, word } from './memory'
import { payloadLength } from './packet'
import { newestValue, renew, signal, signals } from './signal-log'

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
  noteKeepAlive()
  return true
}

/** Where there are more than are kept, the last one kept is the first after which the other side sent nothing. */
function noteKeepAlive(): void {
  const answers = word(peer, Side.PACKETS) & KeepAliveShape.HEARD
  const value = (word(own, Side.PACKETS) << KeepAliveShape.SENT) | answers
  if (signals(row, Signal.KEEP_ALIVE) < SignalCap.KEEP_ALIVE) signal(Signal.KEEP_ALIVE, value)
  else if ((newestValue(Signal.KEEP_ALIVE) & KeepAliveShape.HEARD) !== answers) renew(Signal.KEEP_ALIVE, value)
}
