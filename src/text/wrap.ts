import { displayWidth, takeColumns } from './width.ts'

/** The words of a text; those wider than a line in pieces of a line's width. */
function* words(text: string, width: number): Generator<string> {
  for (const word of text.split(' ')) {
    let rest = word
    while (displayWidth(rest) > width) {
      const piece = takeColumns(rest, width)
      yield piece
      rest = rest.slice(piece.length)
    }
    if (rest !== '') yield rest
  }
}

/** A text in lines of at most `width` (2 or more) columns, the first of them narrower by `used`. At least one line. */
export function wrap(text: string, width: number, used = 0): string[] {
  const lines: string[] = []
  let line = ''
  let room = width - used
  for (const word of words(text, width)) {
    const gap = line === '' ? '' : ' '
    const needed = gap.length + displayWidth(word)
    if (needed <= room) {
      line += gap + word
      room -= needed
      continue
    }
    lines.push(line)
    line = word
    room = width - displayWidth(word)
  }
  lines.push(line)
  return lines
}
