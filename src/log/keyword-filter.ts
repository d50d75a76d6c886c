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
  /** Another keyword with a group in the same slot. */
  readonly next: Place | null
  /** Keywords that hold this one where it stands: they are looked at only where it does. */
  longer: Place | null
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
  // Shorter ones first: a longer keyword needs no group of its own where it holds one of them.
  for (const { keyword, bytes } of all.toSorted((a, b) => a.bytes.length - b.bytes.length)) {
    if (bytes.length < SHORTEST_KEYWORD) return null
    for (const parity of [0, 1]) {
      const candidates = placesOf(keyword, bytes, parity)
      const place =
        candidates.find((each) => isBelow(each, places[slotOf(each)] ?? null)) ?? candidates.reduce(rarerGroup)
      groups[slotOf(place)] = 1
      places[slotOf(place)] = withPlace(places[slotOf(place)] ?? null, place)
    }
  }
  return { groups, places }
}

/** The groups of a keyword at every even or every odd place. */
function placesOf(keyword: number, bytes: Buffer, parity: number): Place[] {
  const places: Place[] = []
  for (let offset = parity; offset + GROUP <= bytes.length; offset += 2) {
    const fourAt = offset > 0 ? -1 : 0
    const four = folded(bytes.readInt32LE(offset + fourAt))
    places.push({ keyword, offset, bytes, four, fourAt, next: null, longer: null })
  }
  return places
}

/** The group that is the less likely in other text. */
function rarerGroup(a: Place, b: Place): Place {
  return rarityOf(groupOf(b)) > rarityOf(groupOf(a)) ? b : a
}

function groupOf({ bytes, offset }: Place): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + GROUP))
}

function slotOf({ bytes, offset }: Place): number {
  return slot((bytes[offset]! << 8) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 24))
}

function isBelow(place: Place, list: Place | null): boolean {
  for (let each = list; each !== null; each = each.next) if (holds(place, each)) return true
  return false
}

/** `list` with a place more, below one whose keyword it holds if there is such. */
function withPlace(list: Place | null, place: Place): Place {
  for (let each = list; each !== null; each = each.next)
    if (holds(place, each)) {
      each.longer = withPlace(each.longer, place)
      return list!
    }
  return { ...place, next: list }
}

/** True where the keyword of `longer` holds that of `shorter` such that their groups are the same. */
function holds(longer: Place, shorter: Place): boolean {
  const at = longer.offset - shorter.offset
  return at >= 0 && shorter.bytes.every((byte, i) => byte === longer.bytes[at + i])
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
