import { endianness } from 'node:os'
import { rarityOf } from './rarity.ts'

/** Shortest keyword that can be found so: at a step of two, one of two neighbouring groups of three bytes is looked at. */
const SHORTEST_KEYWORD = 4
const GROUP = 3

const FOLD = 0x20_20_20_00
const FOLD_FOUR = 0x20_20_20_20
// Knuth's multiplicative hash; the upper 16 bits are well mixed.
const FACTOR = 0x9e37_79b1
const SHIFT = 16

/** A keyword and where in it a group stands. */
export interface Place {
  readonly keyword: number
  readonly offset: number
  /** The keyword in lower case. */
  readonly bytes: Uint8Array
  /** The group and one more byte of the keyword, which tells most other words at once: the byte before it, or else after it. */
  readonly four: number
  readonly fourAt: -1 | 0
  /** Another place of a group in the same slot. */
  readonly next: Place | null
}

/** Tells where keywords may stand in a text, from three bytes at every second one. */
export interface KeywordFilter {
  /** 1 in the slots of groups that belong to a keyword, else 0. */
  readonly groups: Uint8Array
  /** By slot, the keywords with a group in it. */
  readonly places: readonly (Place | undefined)[]
}

/** Null where a keyword is too short to be filtered by, and where words in memory are not read from their low end. */
export function compileFilter(keywords: readonly string[]): KeywordFilter | null {
  if (endianness() === 'BE') return null
  const groups = new Uint8Array(1 << SHIFT)
  const places: (Place | undefined)[] = new Array(1 << SHIFT).fill(undefined)
  const all = keywords.map((word, keyword) => ({ keyword, bytes: Buffer.from(word.toLowerCase()) }))
  // A longer keyword may do with the groups of a shorter one that it holds.
  for (const { keyword, bytes } of all.toSorted((a, b) => a.bytes.length - b.bytes.length)) {
    if (bytes.length < SHORTEST_KEYWORD) return null
    for (const parity of [0, 1]) {
      const offset = rarestGroup(bytes, parity, groups)
      const at = slot(groupAt(bytes, offset))
      groups[at] = 1
      const fourAt = offset > 0 ? -1 : 0
      const four = folded(bytes.readInt32LE(offset + fourAt))
      places[at] = { keyword, offset, bytes, four, fourAt, next: places[at] ?? null }
    }
  }
  return { groups, places }
}

/** Where in the table the upper three bytes of `group` belong, without regard to ASCII case. */
export function slot(group: number): number {
  return Math.imul(group | FOLD, FACTOR) >>> SHIFT
}

/** Four bytes, without regard to ASCII case: some other characters become alike too. */
export function folded(word: number): number {
  return word | FOLD_FOUR
}

/** True where the keyword of `place` stands in `[0, end)` such that its group is at `at`. */
export function stands({ bytes: keyword, offset }: Place, bytes: Uint8Array, at: number, end: number): boolean {
  const start = at - offset
  if (start < 0 || start + keyword.length > end) return false
  for (let i = 0; i < keyword.length; i++) if (lower(bytes[start + i]!) !== keyword[i]) return false
  return true
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
}

/** Three bytes in the upper ones of a word, which saves the scan a mask. */
function groupAt(bytes: Buffer, at: number): number {
  return bytes.readUIntLE(at, GROUP) << 8
}

/** Where the group begins, at an even or an odd place, that is the least likely in other text. */
function rarestGroup(bytes: Buffer, parity: number, known: Uint8Array): number {
  let best = parity
  let bestRarity = Number.NEGATIVE_INFINITY
  for (let at = parity; at + GROUP <= bytes.length; at += 2) {
    const isKnown = known[slot(groupAt(bytes, at))] === 1
    const rarity = isKnown ? Number.POSITIVE_INFINITY : rarityOf(bytes.toString('latin1', at, at + GROUP))
    if (rarity <= bestRarity) continue
    best = at
    bestRarity = rarity
  }
  return best
}
