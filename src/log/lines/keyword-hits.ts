const NONE: readonly number[] = []

/** Keywords that were found in bytes, and where. */
export class KeywordHits {
  readonly #lengths: readonly number[]
  readonly #keywords: number[] = []
  /** Where each begins. */
  readonly #starts: number[] = []
  #count = 0

  /** `lengths` are those of the keywords, in bytes. */
  constructor(lengths: readonly number[]) {
    this.#lengths = lengths
  }

  add(keyword: number, start: number): void {
    this.#keywords[this.#count] = keyword
    this.#starts[this.#count++] = start
  }

  /** The keywords that stand in `[from, to)`; one may be named several times. */
  within(from: number, to: number): readonly number[] {
    if (this.#count === 0) return NONE
    const found: number[] = []
    for (let i = 0; i < this.#count; i++) {
      const start = this.#starts[i]!
      const keyword = this.#keywords[i]!
      if (start >= from && start + this.#lengths[keyword]! <= to) found.push(keyword)
    }
    return found
  }

  clear(): void {
    this.#count = 0
  }
}
