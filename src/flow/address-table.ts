const FIRST_CAPACITY = 1 << 8
/** The number of an address that has none. */
export const NO_NUMBER = -1

/** Numbers IPv6 addresses, so that a flow's key is as short as with IPv4. Numbers count from 0 and last for the run. */
export class AddressTable {
  /** Four words an address. */
  words = new Int32Array(FIRST_CAPACITY * 4)
  count = 0
  /** Number + 1 by hash, open addressing, at most half full. */
  #slots = new Int32Array(FIRST_CAPACITY * 2)

  /** Memory that it takes. */
  get bytes(): number {
    return this.words.byteLength + this.#slots.byteLength
  }

  /** The number of the address in four words from `at`; {@link NO_NUMBER} where it has none. */
  find(words: Int32Array, at: number): number {
    return this.#slots[this.#slotOf(words, at)]! - 1
  }

  /** The same; a new one gets the next. */
  number(words: Int32Array, at: number): number {
    const slot = this.#slotOf(words, at)
    const known = this.#slots[slot]!
    return known === 0 ? this.#add(words, at, slot) : known - 1
  }

  /** Where the address is, or belongs. */
  #slotOf(words: Int32Array, at: number): number {
    const a = words[at]!
    const b = words[at + 1]!
    const c = words[at + 2]!
    const d = words[at + 3]!
    const known = this.words
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = AddressTable.#hash(a, b, c, d) & mask
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      const base = (entry - 1) * 4
      if (known[base] === a && known[base + 1] === b && known[base + 2] === c && known[base + 3] === d) break
      slot = (slot + 1) & mask
    }
    return slot
  }

  #add(words: Int32Array, at: number, slot: number): number {
    const number = this.count++
    if (this.count * 4 > this.words.length) {
      const grown = new Int32Array(this.words.length * 2)
      grown.set(this.words)
      this.words = grown
    }
    for (let word = 0; word < 4; word++) this.words[number * 4 + word] = words[at + word]!
    this.#slots[slot] = number + 1
    if (this.count * 2 > this.#slots.length) this.#rehash()
    return number
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    const words = this.words
    for (let number = 0; number < this.count; number++) {
      const base = number * 4
      let slot = AddressTable.#hash(words[base]!, words[base + 1]!, words[base + 2]!, words[base + 3]!) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number + 1
    }
    this.#slots = slots
  }

  static #hash(a: number, b: number, c: number, d: number): number {
    const mixed = Math.imul(Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) ^ c, 0xc2b2ae35) ^ d
    return Math.imul(mixed ^ (mixed >>> 15), 0x27d4eb2f) >>> 8
  }
}
