import { endianness } from 'node:os'
import type { KeywordHits } from './keyword-hits.ts'
import { rarityOf } from './rarity.ts'

/** Shortest keyword that can be found so: at a step of two, one of two neighbouring groups of three bytes is looked at. */
const SHORTEST_KEYWORD = 4
const GROUP = 3

const FOLD = 0x20_20_20_00
const FOLD_FOUR = 0x20_20_20_20
// Knuth's multiplicative hash; the upper 16 bits are well mixed.
const FACTOR = 0x9e37_79b1
const SHIFT = 16

/** A keyword and where in it a group stands. One class of objects: the scan reads them all the time. */
class Place {
  readonly keyword: number
  /** The keyword in lower case. */
  readonly bytes: Buffer
  readonly length: number
  readonly offset: number
  /** The group and one more byte of the keyword, which tells most other words at once: the byte before it, or else after it. */
  readonly four: number
  readonly hasBefore: boolean
  /** Another keyword with a group in the same slot. */
  next: Place | null = null
  /** Keywords that hold this one where it stands: they are looked at only where it does. */
  longer: Place | null = null

  constructor(keyword: number, bytes: Buffer, offset: number) {
    this.keyword = keyword
    this.bytes = bytes
    this.length = bytes.length
    this.offset = offset
    this.hasBefore = offset > 0
    this.four = folded(bytes.readInt32LE(this.hasBefore ? offset - 1 : offset))
  }
}

/** Tells where keywords may stand in a text, from three bytes at every second one. */
export interface KeywordFilter {
  /** 1 in the slots of groups that belong to a keyword, else 0. */
  readonly groups: Uint8Array
  /** By slot, the keywords with a group in it. */
  readonly places: readonly (Place | null)[]
}

/** Null where a keyword is too short to be filtered by, and where words in memory are not read from their low end. */
export function compileFilter(keywords: readonly string[]): KeywordFilter | null {
  if (endianness() === 'BE') return null
  const groups = new Uint8Array(1 << SHIFT)
  const places: (Place | null)[] = new Array(1 << SHIFT).fill(null)
  const all = keywords.map((word, keyword) => ({ keyword, bytes: Buffer.from(word.toLowerCase()) }))
  // Shorter ones first: a longer keyword needs no group of its own where it holds one of them.
  for (const { keyword, bytes } of all.toSorted((a, b) => a.bytes.length - b.bytes.length)) {
    if (bytes.length < SHORTEST_KEYWORD) return null
    for (const parity of [0, 1]) {
      const candidates = placesOf(keyword, bytes, parity)
      const place = candidates.find((each) => isBelow(each, places[slotOf(each)]!)) ?? candidates.reduce(rarerGroup)
      groups[slotOf(place)] = 1
      places[slotOf(place)] = withPlace(places[slotOf(place)]!, place)
    }
  }
  return { groups, places }
}

/** The groups of a keyword at every even or every odd place. */
function placesOf(keyword: number, bytes: Buffer, parity: number): Place[] {
  const places: Place[] = []
  for (let offset = parity; offset + GROUP <= bytes.length; offset += 2) places.push(new Place(keyword, bytes, offset))
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
  place.next = list
  return place
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
function folded(word: number): number {
  return word | FOLD_FOUR
}

/** Notes the keywords in `[0, end)` of which a group is at `at`. */
export function locate({ places }: KeywordFilter, bytes: Buffer, at: number, end: number, hits: KeywordHits): void {
  const group = (bytes[at]! << 8) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 24)
  // At the very beginning nothing stands before a group, and a keyword that needs something there does not either.
  const before = folded(group | (at === 0 ? 0 : bytes[at - 1]!))
  const after = folded((group >>> 8) | (bytes[at + 3]! << 24))
  for (let place: Place | null = places[slot(group)]!; place !== null; place = place.next) {
    if ((place.hasBefore ? before : after) !== place.four || !stands(place, bytes, at, end)) continue
    hits.add(place.keyword, at - place.offset)
    if (place.longer !== null) locateLonger(place.longer, bytes, at, end, hits)
  }
}

function locateLonger(list: Place, bytes: Buffer, at: number, end: number, hits: KeywordHits): void {
  for (let place: Place | null = list; place !== null; place = place.next) {
    if (!stands(place, bytes, at, end)) continue
    hits.add(place.keyword, at - place.offset)
    if (place.longer !== null) locateLonger(place.longer, bytes, at, end, hits)
  }
}

/** True where the keyword of `place` stands in `[0, end)` such that its group is at `at`. */
function stands({ bytes: keyword, length, offset }: Place, bytes: Buffer, at: number, end: number): boolean {
  const start = at - offset
  if (start < 0 || start + length > end) return false
  // From its end: longer keywords begin as the shorter one that is known to stand there.
  for (let i = length - 1; i >= 0; i--) if (lower(bytes[start + i]!) !== keyword[i]) return false
  return true
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
}
