/** Shortest keyword that the filter can find: with a step of two, one of its two groups of three bytes is always looked at. */
const SHORTEST_KEYWORD = 4

const FOLD = 0x20_20_20
const FOLD_FOUR = 0x20_20_20_20
const THREE_BYTES = 0xff_ff_ff
// Knuth's multiplicative hash; the upper 16 bits are well mixed.
const FACTOR = 0x9e37_79b1
const SHIFT = 16

/** Letters of English text, the most frequent first: which four bytes of a keyword say most. */
const FREQUENT = ' etaoinsrhldcumfpgwybvkxjqz'

/** Groups of four letters that any log is full of, though their letters are rare. */
const COMMON = new Set(
  'from quer requ regi resp with time fail data conn sess work thre serv clie read writ proc comp repl temp clos numb memb'.split(
    ' ',
  ),
)

/** Tells lines that hold no keyword from those that may. */
export interface KeywordFilter {
  /** By `slot`: groups of three bytes, of which each keyword holds two neighbours. Looked up at every second byte. */
  readonly groups: Uint8Array
  /** By `wideSlot`: the four bytes that those two make. */
  readonly quads: Uint8Array
}

/** Null where a keyword is too short to be filtered by. */
export function compileFilter(keywords: readonly string[]): KeywordFilter | null {
  const groups = new Uint8Array(1 << 16)
  const quads = new Uint8Array(1 << 16)
  for (const keyword of keywords) {
    const bytes = Buffer.from(keyword.toLowerCase())
    if (bytes.length < SHORTEST_KEYWORD) return null
    const at = rarest(bytes)
    groups[slot(bytes.readUIntLE(at, 3))] = 1
    groups[slot(bytes.readUIntLE(at + 1, 3))] = 1
    quads[wideSlot(bytes.readInt32LE(at))] = 1
  }
  return { groups, quads }
}

/** Where in the table the low three bytes of `word` belong, without regard to ASCII case. */
export function slot(word: number): number {
  return Math.imul((word & THREE_BYTES) | FOLD, FACTOR) >>> SHIFT
}

/** Where in the table all four bytes of `word` belong. */
export function wideSlot(word: number): number {
  return Math.imul(word | FOLD_FOUR, FACTOR) >>> SHIFT
}

/** Where the four bytes begin that are the least likely in other text. */
function rarest(bytes: Buffer): number {
  let best = 0
  let bestScore = Number.NEGATIVE_INFINITY
  for (let start = 0; start + SHORTEST_KEYWORD <= bytes.length; start++) {
    let score = COMMON.has(bytes.toString('latin1', start, start + SHORTEST_KEYWORD)) ? -FREQUENT.length * 2 : 0
    for (let i = start; i < start + SHORTEST_KEYWORD; i++) {
      const rank = FREQUENT.indexOf(String.fromCharCode(bytes[i]!))
      score += rank < 0 ? FREQUENT.length : rank
    }
    if (score > bestScore) {
      best = start
      bestScore = score
    }
  }
  return best
}
