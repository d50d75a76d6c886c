import { Mistake } from './mistake.ts'

/** `word` is a field, a keyword, a number, an address or bytes: the parser knows by the place. */
type TokenKind = 'word' | 'string' | 'character' | 'symbol' | 'slice' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** The symbol or word as written; of a string or character its bytes, one character each; of a slice what is in the brackets. */
  readonly text: string
  readonly start: number
  readonly end: number
}

const SPACE = /\s*/y
/** Longest first. */
const SYMBOL = /===|!==|==|!=|~=|<=|>=|&&|\|\||\^\^|\.\.|[<>!~&(){},+*%]/y
/** Where a word could begin, a slash divides and a hyphen is a sign; within words hyphens stand as they do in 00-11-22-33-44-55. */
const SLASH_OR_HYPHEN = /[/-]/y
const WORD = /(?:(?!\.\.)[\w.:])(?:(?!\.\.)[\w.:-])*/y
/** An address with a prefix; every other slash divides. */
const PREFIX = /(?:\d+(?:\.\d+){3}|[\da-fA-F]*:[\da-fA-F:.]*)\/(?:(?!\.\.)[\w.:-])+/y
const SLICE = /\[([^\]]*)\]/y
const STRING = /(r|R)?"((?:[^"\\]|\\[\s\S])*)"/y
const CHARACTER = /'((?:[^'\\]|\\.[0-9a-fA-F]{0,3}))'/y
const ESCAPE = /\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|[\s\S])/g
const CONTROL: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Splits a filter into tokens, with an `end` behind them. Throws a {@link Mistake}. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const token = nextToken(text, at)
    tokens.push(token)
    at = skipSpace(text, token.end)
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length })
  return tokens
}

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at
  SPACE.exec(text)
  return SPACE.lastIndex
}

function nextToken(text: string, start: number): Token {
  const string = matchAt(STRING, text, start)
  if (string) {
    const body = string[2] ?? ''
    return token('string', string[1] === undefined ? withEscapes(body) : asBytes(body), start, string[0])
  }
  const slice = matchAt(SLICE, text, start)
  if (slice) return token('slice', slice[1] ?? '', start, slice[0])
  const character = matchAt(CHARACTER, text, start)
  if (character) return token('character', withEscapes(character[1] ?? ''), start, character[0])
  const symbol = matchAt(SLASH_OR_HYPHEN, text, start) ?? matchAt(SYMBOL, text, start)
  if (symbol) return token('symbol', symbol[0], start, symbol[0])
  const word = matchAt(PREFIX, text, start) ?? matchAt(WORD, text, start)
  if (word) return token('word', word[0], start, word[0])
  throw notUnderstood(text, start)
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function token(kind: TokenKind, text: string, start: number, written: string): Token {
  return { kind, text, start, end: start + written.length }
}

function notUnderstood(text: string, start: number): Mistake {
  const character = String.fromCodePoint(text.codePointAt(start)!)
  if (character === '"') return new Mistake('this string does not end', start, text.length, 'close it with "')
  if (character === '[') return new Mistake('this slice does not end', start, text.length, 'close it with ]')
  if (character === '=') return new Mistake('= compares nothing', start, start + 1, 'write ==')
  if (character === '|') return new Mistake('| means nothing here', start, start + 1, 'write ||')
  return new Mistake('this character means nothing in a filter', start, start + character.length)
}

/** Its UTF-8, one character a byte. */
const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** Escapes such as \xff stand for a byte. */
function withEscapes(body: string): string {
  return asBytes(body).replace(ESCAPE, (_, code: string) => {
    if (/^x[0-9a-f]/i.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff)
    return CONTROL[code] ?? code
  })
}
