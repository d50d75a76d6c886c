/** What stands between words. */
const BLANK = '[ \\t]'

/** What means something else than it says, or is one piece: the layout of lines, escapes, classes, and blanks. */
const PIECES = /\s*\n\s*|\\.|\[(?:\\.|[^\]\\])*\]| [*?{]?/g

/**
 * The source of a regular expression, laid out over lines: where a line begins and ends means nothing, and a blank within one
 * stands for blanks and tabs (` *` for any number of them, ` ?` for one at most; `\ ` is a blank and no more). Parts that are
 * put in are taken as they are.
 */
export const words = ({ raw }: TemplateStringsArray, ...parts: readonly string[]): string =>
  String.raw({ raw: raw.map((text) => text.replace(PIECES, read)) }, ...parts)

/** The same as a regular expression for messages in any case. */
export const wording = (text: TemplateStringsArray, ...parts: readonly string[]): RegExp =>
  new RegExp(words(text, ...parts), 'i')

function read(piece: string): string {
  if (piece.includes('\n')) return ''
  if (piece === '\\ ') return ' '
  if (piece === ' ') return `${BLANK}+`
  return piece.startsWith(' ') ? BLANK + piece.slice(1) : piece
}
