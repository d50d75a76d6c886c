import { existsSync, readdirSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { Failure } from '../../failure.ts'
import { visible } from '../../text/visible.ts'
import { STANDARD_INPUT } from './standard-input.ts'

const WILD = /[*?[{]/
// Folders of any depth below, as in most shells.
const ANY_DEPTH = '**'
const SPECIAL = /[.+^$()|\\{}[\]]/g

/**
 * The files that arguments name, in their order: a pattern (`*`, `?`, `[a-z]`, `{a,b}`, `**`) becomes the files that it
 * matches, numbers in their names counted, as rotated captures need it. What exists is never taken for a pattern.
 */
export function expandPaths(given: readonly string[]): string[] {
  return distinctPaths(
    given.flatMap((path) =>
      path === STANDARD_INPUT || !WILD.test(path) || existsSync(path) ? [path] : matching(path),
    ),
  )
}

/** Each file once, where it was named first: read twice, all of its packets would look like retransmissions. */
export function distinctPaths(paths: readonly string[]): string[] {
  const first = new Map<string, string>()
  for (const path of paths) {
    const place = path === STANDARD_INPUT ? path : resolve(path)
    if (!first.has(place)) first.set(place, path)
  }
  return [...first.values()]
}

function matching(pattern: string): string[] {
  // Windows' separator is no separator in a pattern elsewhere: it may escape.
  const parts = (sep === '\\' ? pattern.replaceAll(sep, '/') : pattern).split('/')
  const root = parts[0] === '' ? '/' : ''
  const found = alternatives(parts.filter((part) => part !== '').join('/')).flatMap((each) =>
    walk(root, each.split('/')),
  )
  if (found.length === 0) throw new Failure(`no file matches ${visible(pattern)}`, 'check the pattern and the folder')
  return found.sort(byName)
}

/** `a{b,c}` → `ab`, `ac`; braces that enclose no comma or no end stay as they are. */
function alternatives(pattern: string): string[] {
  const match = /\{([^{}]*,[^{}]*)\}/.exec(pattern)
  if (match === null) return [pattern]
  const before = pattern.slice(0, match.index)
  const after = pattern.slice(match.index + match[0].length)
  return match[1]!.split(',').flatMap((choice) => alternatives(before + choice + after))
}

function walk(folder: string, parts: readonly string[]): string[] {
  const [part, ...rest] = parts
  if (part === undefined) return [folder]
  if (part === ANY_DEPTH) {
    const below = entries(folder).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    return [...walk(folder, rest), ...below.flatMap((entry) => walk(join(folder, entry.name), parts))]
  }
  if (!WILD.test(part)) {
    const path = join(folder, part)
    return existsSync(path) ? walk(path, rest) : []
  }
  const wanted = expression(part)
  const last = rest.length === 0
  return entries(folder)
    .filter(({ name }) => wanted.test(name) && (part.startsWith('.') || !name.startsWith('.')))
    .filter((entry) => (last ? !entry.isDirectory() : !entry.isFile()))
    .flatMap((entry) => walk(join(folder, entry.name), rest))
}

function entries(folder: string) {
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function expression(part: string): RegExp {
  const source = part.replace(/\[!?[^\]]+\]|\*+|\?|[^*?[]+|\[/g, (piece) => {
    if (piece.startsWith('*')) return '[^/]*'
    if (piece === '?') return '[^/]'
    const isBracket = piece.startsWith('[') && piece.endsWith(']')
    return (isBracket ? characterClass(piece) : null) ?? piece.replace(SPECIAL, '\\$&')
  })
  return new RegExp(`^${source}$`, 's')
}

/** `[a-z]`, `[!a-z]` as a class of an expression; null for what is none: `[2024-11]`, whose range runs backwards, is a name. */
function characterClass(piece: string): string | null {
  const inside = piece.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\').replaceAll('[', '\\[')
  try {
    return new RegExp(`[${inside}]`, 's').source
  } catch {
    return null
  }
}

/** `ring_2` before `ring_10`: runs of digits by their value, everything else by its characters. */
function byName(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const one = left[index]!
    const other = right[index]!
    if (one === other) continue
    const difference = Number(one) - Number(other)
    if (difference) return difference
    return one < other ? -1 : 1
  }
  return left.length - right.length
}
