/** Spellings that are remembered; a power of two. */
const REMEMBERED = 1 << 14
/** Longest one that is sought. */
const LONGEST = 24
// Knuth's multiplicative hash.
const FACTOR = 0x9e37_79b1

const known: string[] = new Array(REMEMBERED).fill('')

/**
 * The text of the ASCII bytes `[from, to)`. A log names few sockets and addresses, and each of them many times: one string
 * for all, as long as others do not take its place.
 */
export function spelled(bytes: Buffer, from: number, to: number): string {
  if (to - from > LONGEST) return bytes.toString('latin1', from, to)
  let hash = to - from
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, FACTOR)
  const slot = (hash ^ (hash >>> 15)) & (REMEMBERED - 1)
  if (!isSpelled(known[slot]!, bytes, from, to)) known[slot] = bytes.toString('latin1', from, to)
  return known[slot]!
}

function isSpelled(text: string, bytes: Buffer, from: number, to: number): boolean {
  if (text.length !== to - from) return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false
  return true
}
