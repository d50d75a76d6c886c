import { Dossier, NO_SCALE } from './layout'
import { add, distance, setWord, word } from './memory'
import { dossierAt } from './regions'

/**
 * Has the receiving application read anything? Where a system's window is its free receive buffer (Windows, the BSDs,
 * and Linux with a small buffer), what the application leaves unread stays subtracted from it, so that the right edge
 * `ack + window` does not move, but for rounding down to the window's unit. An application that reads at once leaves
 * only the segment just arrived. An acknowledgment discriminates where the two predict different windows.
 */

/**
 * The server, which has not said a byte, acknowledged `fresh` bytes up to `ack`, telling a window of `window` bytes in
 * units of `unit`. `base` is the acknowledgment at the handshake. Returns true where this acknowledgment discriminates, be it
 * that it speaks for neither.
 */
export function noteDrain(offset: i32, base: i32, ack: i32, fresh: i32, window: i32, unit: i32): bool {
  const dossier = dossierAt(offset)
  add(dossier, Dossier.ACKS, 1)
  const least = word(dossier, Dossier.MIN_WINDOW)
  if (least < 0 || window < least) setWord(dossier, Dossier.MIN_WINDOW, window)
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

/** The same of a server whose window cannot be told in bytes. */
export function noteUnscaledAck(offset: i32): void {
  add(dossierAt(offset), Dossier.ACKS, 1)
}

/** The shift that applies to what `side` tells of its window: 0 where either SYN had none, -1 where one is unknown. */
export function windowShift(offset: i32, side: i32): i32 {
  const dossier = dossierAt(offset)
  const own = word(dossier, Dossier.SYN_SHAPE + side)
  const other = word(dossier, Dossier.SYN_SHAPE + (side ^ 1))
  if (own === 0 || other === 0) return -1
  const scale = (own >>> 16) & 255
  return scale === NO_SCALE || ((other >>> 16) & 255) === NO_SCALE ? 0 : scale
}

function roundDown(bytes: i64, unit: i32): i32 {
  return <i32>max<i64>(0, bytes - (bytes % unit))
}
