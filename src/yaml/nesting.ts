import { Lexer } from 'yaml'
import { Failure } from '../failure.ts'
import { visible } from '../text/visible.ts'

/** Collections within collections: a configuration has half a dozen. The parser takes seconds for a thousand. */
export const MAX_NESTING = 64
/** A collection in block style stands at least one column farther in than the one around it. */
const MAX_COLUMN = 4 * MAX_NESTING

const FLOW_STARTS = new Set(['{', '['])
const FLOW_ENDS = new Set(['}', ']'])
/** Tokens before what a line says: they move its column. */
const INDENTING = /^(?: +|[-?])$/

/** Where a YAML text is nested deeper than any file of ours; null where it is not. Takes time by its length alone. */
export function tooDeepAt(text: string): number | null {
  let offset = 0
  let flow = 0
  let column = 0
  let isIndent = true
  for (const token of new Lexer().lex(text)) {
    // The lexer's marks of documents and scalars stand for no text.
    if (isMark(token)) continue
    if (FLOW_STARTS.has(token)) flow++
    else if (FLOW_ENDS.has(token)) flow--
    isIndent = token.includes('\n') || (isIndent && INDENTING.test(token))
    column = token.includes('\n') ? 0 : isIndent ? column + token.length : column
    if (flow > MAX_NESTING || column > MAX_COLUMN) return offset
    offset += token.length
  }
  return null
}

const isMark = (token: string): boolean => token === '\u0002' || token === '\u0018' || token === '\u001f'

/** Throws a Failure with the place where a YAML text is nested deeper than any file of ours. */
export function refuseDeepNesting(text: string, path: string): void {
  const offset = tooDeepAt(text)
  if (offset === null) return
  const before = text.slice(0, offset).split('\n')
  const place = `${visible(path)}:${before.length}:${before.at(-1)!.length + 1}`
  throw new Failure(`${place}: nested more than ${MAX_NESTING} levels deep`, 'no file of this kind needs so many')
}
