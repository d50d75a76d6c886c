const NONE: readonly number[] = []

/** Keywords that were found in bytes, and where: in the current line, and in what was looked at beyond it. */
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

  /** Forgets those that begin before `place`. */
  forgetBefore(place: number): void {
    let kept = 0
    for (let i = 0; i < this.#count; i++) {
      if (this.#starts[i]! < place) continue
      this.#keywords[kept] = this.#keywords[i]!
      this.#starts[kept++] = this.#starts[i]!
    }
    this.#count = kept
  }

  clear(): void {
    this.#count = 0
  }
}
