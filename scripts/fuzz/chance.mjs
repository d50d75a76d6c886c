import { random } from '../../fixtures/capture/make.mjs'

/** Numbers at which lengths, counts and shifts go wrong. */
const EDGES = [0, 1, 2, 3, 4, 7, 8, 15, 16, 19, 20, 40, 60, 127, 128, 255, 256, 1500, 32_767, 32_768, 65_535, 65_536]
const WIDE_EDGES = [...EDGES, 262_144, 262_145, 1 << 20, 16 << 20, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

/** Decisions that are the same for the same seed and case, on every machine. */
export class Chance {
  #next

  constructor(seed, number) {
    this.#next = random(Math.imul(seed, 0x9e3779b1) ^ number)
    this.#next()
  }

  /** An integer from 0 to below `count`. */
  below(count) {
    return count <= 0 ? 0 : this.#next() % count
  }

  /** True once in `count` times. */
  once(count) {
    return this.#next() % count === 0
  }

  of(list) {
    return list[this.below(list.length)]
  }

  bits() {
    return this.#next()
  }

  bytes(count) {
    return Buffer.from(Array.from({ length: count }, () => this.#next() & 255))
  }

  /** A value for a field of `width` bytes: an edge, near what stands there, near the bytes that are left, or any. */
  value(width, now = 0, left = 0) {
    const limit = 2 ** (8 * width)
    const wide = width > 2 ? WIDE_EDGES : EDGES
    const made = [
      () => this.of(wide),
      () => now + this.below(9) - 4,
      () => left + this.below(5) - 2,
      () => limit - 1 - this.below(4),
      () => this.#next(),
    ][this.below(5)]()
    return ((made % limit) + limit) % limit
  }
}

/** Puts a value into a field of 1, 2 or 4 bytes; passes over one that does not lie in the bytes. */
export function put(bytes, at, width, value, little = false) {
  if (at < 0 || at + width > bytes.length) return
  if (little) bytes.writeUIntLE(value, at, width)
  else bytes.writeUIntBE(value, at, width)
}
