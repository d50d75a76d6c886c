const ESCAPE = 0x1b

/** Colours and weights, as a program writes them that takes its log for a terminal (ECMA-48 SGR). */
const COLOUR = /\x1b\[[\d;:]{0,20}m/g

/** The text without colours. */
export const withoutColours = (text: string): string => (text.includes('\x1b') ? text.replace(COLOUR, '') : text)

/** Where the text after colours begins; `start` without any. */
export function afterColours(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (bytes[at] === ESCAPE && bytes[at + 1] === 0x5b) {
    let next = at + 2
    while (next < end && next - at < 24 && bytes[next] !== 0x6d) next++
    if (bytes[next] !== 0x6d) return at
    at = next + 1
  }
  return at
}
