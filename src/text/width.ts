/** Drawn over the character before them: nonspacing and enclosing marks. */
const MARK = /^[\p{Mn}\p{Me}]$/u

/** First and last character of each block that terminals draw two columns wide (East Asian Width W and F, emoji). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x26aa, 0x26ab],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f320],
  [0x1f32d, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f7e0, 0x1f7eb],
  [0x1f90c, 0x1faff],
  [0x20000, 0x3fffd],
]

/** Columns that one character takes: 0, 1 or 2. */
function characterWidth(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0)!
  if (code < 0x300) return 1
  if (MARK.test(character)) return 0
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}

/** Columns that a line takes on a terminal. The text holds no control characters. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** The longest beginning of the text that is at most `width` columns wide. */
export function takeColumns(text: string, width: number): string {
  let taken = ''
  let used = 0
  for (const character of text) {
    used += characterWidth(character)
    if (used > width) break
    taken += character
  }
  return taken
}

/** The text cut to `width` columns, its end replaced by `ellipsis` where it is longer. */
export function clip(text: string, width: number, ellipsis = '…'): string {
  if (displayWidth(text) <= width) return text
  return takeColumns(text, Math.max(0, width - ellipsis.length)) + ellipsis
}

/** The text cut to `width` columns, its middle replaced by `ellipsis` where it is longer: the end of an address is its port. */
export function clipMiddle(text: string, width: number, ellipsis = '…'): string {
  if (displayWidth(text) <= width) return text
  const kept = Math.max(0, width - ellipsis.length)
  const head = takeColumns(text, Math.floor(kept / 2))
  const tail = takeColumns([...text].reverse().join(''), kept - displayWidth(head))
  return head + ellipsis + [...tail].reverse().join('')
}

/** The text filled up with blanks to `width` columns, on its right or on its left. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'left' ? text + blanks : blanks + text
}
