import { Dossier, State } from './layout'
import { add, distance, setDouble, setWord, word } from './memory'
import { dossierAt } from './regions'

/**
 * Has the receiving application read anything? Where a system's window is its free receive buffer (Windows, the BSDs,
 * and Linux with a small buffer), what the application leaves unread stays subtracted from it, so that the right edge
 * `ack + window` does not move, but for rounding down to the window's unit. An application that reads at once leaves
 * only the segment just arrived. An acknowledgment discriminates where the two predict different windows.
 */

/** True as long as the server has not said a byte: its dossier holds this, in place of what is summed up of answers. */
export function isMute(state: i32, server: i32): bool {
  return (state & ((State.DATA << server) | State.UNSEEN_REPLY)) === 0
}

/** The server has spoken, or the other end turned out to be the server. */
export function forgetDrain(offset: i32): void {
  const dossier = dossierAt(offset)
  setDouble(dossier, Dossier.RESPONSE_SUM, 0)
  setDouble(dossier, Dossier.RESPONSE_MAX, 0)
  setWord(dossier, Dossier.REPLY_ACK, 0)
}

/**
 * The server, which has not said a byte, acknowledged `fresh` bytes up to `ack`, telling a window of `window` bytes in
 * units of `unit`. `base` is the acknowledgment at the handshake. Returns true where this acknowledgment discriminates, be it
 * that it speaks for neither.
 */
export function noteDrain(offset: i32, base: i32, ack: i32, fresh: i32, window: i32, unit: i32): bool {
  const dossier = dossierAt(offset)
  add(dossier, Dossier.ACKS, 1)
  const buffer: i64 = distance(word(dossier, Dossier.EDGE), base)
  const ifUnread = roundDown(buffer - distance(ack, base), unit)
  const ifRead = roundDown(buffer - fresh, unit)
  // Less than either would show: it is not what is free of the buffer.
  if (ifUnread === ifRead && window >= ifUnread) return false
  add(dossier, Dossier.DISCRIMINATING, 1)
  if (window === ifUnread) add(dossier, Dossier.UNREAD, 1)
  else if (window >= ifRead) add(dossier, Dossier.READ, 1)
  return true
}

/** The same for a server whose window cannot be told in bytes. */
export function noteUnscaledAck(offset: i32): void {
  add(dossierAt(offset), Dossier.ACKS, 1)
}

function roundDown(bytes: i64, unit: i32): i32 {
  return <i32>max<i64>(0, bytes - (bytes % unit))
}
