import { noteUnseenPayload, tellsOfUnseen } from './acknowledgment'
import { clientSide, own, setState, side, state } from './current'
import { dossier } from './dossiers'
import { Flag, RstShape, Side, Signal, State } from './layout'
import { distance, setWord, word } from './memory'
import { ack, flags, ipId, payloadLength, seq, ttl, version, window } from './packet'
import { signal } from './signal-log'
import { wasAnsweredBefore } from './turns'

/** Takes a FIN, after the payload that came with it. */
export function noteFin(): void {
  const after = seq + payloadLength + 1
  const known = (state() & (State.SEQ_SET << side)) !== 0
  if (known && payloadLength === 0 && tellsOfUnseen(distance(seq, word(own, Side.NEXT_SEQ)))) noteUnseenPayload()
  if (!known || distance(after, word(own, Side.NEXT_SEQ)) > 0) setWord(own, Side.NEXT_SEQ, after)
  setState((State.FIN << side) | (State.SEQ_SET << side))
  signal(Signal.FIN, (flags & Flag.ACK) !== 0 ? ack : seq)
  if (side === clientSide()) noteAnsweredFin(after)
}

/** The server's payload that acknowledges the client's FIN may have been recorded before it. */
function noteAnsweredFin(after: i32): void {
  if ((state() & (State.DATA << (side ^ 1))) === 0) return
  if (wasAnsweredBefore(dossier(), after)) setState(State.DATA_AFTER_FIN)
}

/** Takes a RST. */
export function noteRst(): void {
  setState(State.RST << side)
  const acknowledges = (flags & Flag.ACK) !== 0 ? RstShape.ACK : 0
  const noId = version === 0 && ipId() === 0 ? RstShape.IP_ID_ZERO : 0
  signal(Signal.RST, window | acknowledges | noId | (ttl << RstShape.TTL))
}
