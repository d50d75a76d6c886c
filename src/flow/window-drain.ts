import { Dossier, type Dossiers } from './dossier.ts'
import { distance } from './sequence.ts'

/**
 * Has the receiving application read anything? Where a system's window is its free receive buffer (Windows, the BSDs,
 * and Linux with a small buffer), what the application leaves unread stays subtracted from it, so that the right edge
 * `ack + window` does not move, but for rounding down to the window's unit. An application that reads at once leaves
 * only the segment just arrived. An acknowledgment discriminates where the two predict different windows.
 */

/** The right edge if nothing is ever read: taken once, from the SYN-ACK. `window` in bytes. */
export function noteEdge(dossiers: Dossiers, dossier: number, ack: number, window: number): void {
  dossiers.words[dossier + Dossier.EDGE] = (ack + window) | 0
}

/**
 * The server acknowledged `fresh` bytes up to `ack`, telling a window of `window` bytes in units of `unit`.
 * `base` is the acknowledgment at the handshake. Returns true where this acknowledgment discriminates.
 */
export function noteDrain(
  dossiers: Dossiers,
  dossier: number,
  base: number,
  ack: number,
  fresh: number,
  window: number,
  unit: number,
): boolean {
  const words = dossiers.words
  words[dossier + Dossier.ACKS]!++
  const least = words[dossier + Dossier.MIN_WINDOW]!
  if (least < 0 || window < least) words[dossier + Dossier.MIN_WINDOW] = window
  const edge = words[dossier + Dossier.EDGE]!
  const buffer = distance(edge, base)
  const ifUnread = roundDown(buffer - distance(ack, base), unit)
  const ifRead = roundDown(buffer - fresh, unit)
  if (ifUnread === ifRead) return false
  words[dossier + Dossier.DISCRIMINATING]!++
  if (window === ifUnread) words[dossier + Dossier.UNREAD]!++
  else if (window >= ifRead) words[dossier + Dossier.READ]!++
  return true
}

const roundDown = (bytes: number, unit: number): number => Math.max(0, bytes - (bytes % unit))
