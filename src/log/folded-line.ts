/** Bytes of a line that can be folded. */
export const LONGEST_FOLDED = 512
/** Numbers before a line's folded bytes. */
const HEADER = 4
const ZEROS = 0x30_30_30_30
const LOW_BITS = 0x7f_7f_7f_7f
const HIGH_BITS = 0x80_80_80_80
/** Added to a byte below 128, it sets the highest bit of all but 0 to 9. */
const ABOVE_NINE = 0x76_76_76_76
// Knuth's multiplicative hash.
const FACTOR = 0x9e37_79b1

/** A line with every digit as `0`: lines that differ in digits only become the same. One instance, refilled per line. */
export class FoldedLine {
  hash = 0
  isAscii = true
  readonly #words = new Int32Array(HEADER + LONGEST_FOLDED / 4 + 2)
  #count = 0

  /** Begins a line by what its parts must have in common with another's. */
  begin(format: number, stampStart: number, stampEnd: number, length: number): void {
    const words = this.#words
    words[0] = format
    words[1] = stampStart
    words[2] = stampEnd
    words[3] = length
    this.#count = HEADER
    this.hash = Math.imul(Math.imul(length ^ (stampEnd << 10) ^ (stampStart << 20), FACTOR) ^ format, FACTOR)
    this.isAscii = true
  }

  /** Adds the bytes `[from, to)`, four at a time. `words` are theirs, from the low end. */
  add(words: Int32Array, from: number, to: number): void {
    const folded = this.#words
    const shift = (from & 3) << 3
    let { hash } = this
    let count = this.#count
    let all = 0
    let at = from >> 2
    let low = words[at]!
    for (let left = to - from; left > 0; left -= 4) {
      const high = words[++at]!
      let word = (low >>> shift) | ((high << (24 - shift)) << 8)
      if (left < 4) word &= (1 << (left << 3)) - 1
      low = high
      all |= word
      const others = word ^ ZEROS
      const digits = ~(((others & LOW_BITS) + ABOVE_NINE) | others) & HIGH_BITS
      word &= ~((digits >>> 3) - (digits >>> 7))
      folded[count++] = word
      hash = Math.imul(hash ^ word, FACTOR)
      hash ^= hash >>> 15
    }
    this.hash = hash
    this.#count = count
    if ((all & HIGH_BITS) !== 0) this.isAscii = false
  }

  equals(key: Int32Array): boolean {
    const words = this.#words
    if (key.length !== this.#count) return false
    for (let i = 0; i < key.length; i++) if (key[i] !== words[i]) return false
    return true
  }

  key(): Int32Array {
    return this.#words.slice(0, this.#count)
  }
}
