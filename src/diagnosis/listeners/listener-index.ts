const FIRST_CAPACITY = 1 << 6

/** Numbers listeners by address and port, in order of their first flows. Nothing is made where one is looked up. */
export class ListenerIndex {
  count = 0
  /** Address word and place (port and IP version) of each. */
  #keys = new Int32Array(FIRST_CAPACITY * 2)
  /** Number + 1 by hash, open addressing, at most half full. */
  #slots = new Int32Array(FIRST_CAPACITY * 2)
  #slot = 0

  /** The listener's number, or -1 where it has none. */
  find(address: number, place: number): number {
    const keys = this.#keys
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hash(address, place) & mask
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (keys[entry * 2 - 2] === address && keys[entry * 2 - 1] === place) return entry - 1
      slot = (slot + 1) & mask
    }
    this.#slot = slot
    return -1
  }

  /** Numbers the listener that `find` has just not found. */
  add(address: number, place: number): number {
    const number = this.count++
    if (this.count * 2 > this.#keys.length) this.#keys = grown(this.#keys)
    this.#keys[number * 2] = address
    this.#keys[number * 2 + 1] = place
    this.#slots[this.#slot] = number + 1
    if (this.count * 2 > this.#slots.length) this.#rehash()
    return number
  }

  #rehash(): void {
    const keys = this.#keys
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let number = 0; number < this.count; number++) {
      let slot = hash(keys[number * 2]!, keys[number * 2 + 1]!) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number + 1
    }
    this.#slots = slots
  }
}

function grown(words: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const more = new Int32Array(words.length * 2)
  more.set(words)
  return more
}

function hash(address: number, place: number): number {
  const mixed = Math.imul(Math.imul(address, 0x9e3779b1) ^ place, 0x85ebca6b)
  return Math.imul(mixed ^ (mixed >>> 15), 0x27d4eb2f) >>> 8
}
