import { GrowingWords } from './growing-words.ts'

/** Records of one kind, wherever they lie. */
export interface Records {
  readonly words: Int32Array
  readonly doubles: Float64Array
  /** In use. */
  count: number
  /** How many there is room for. */
  readonly room: number
}

/** Records in memory of their own. */
export class OwnRecords extends GrowingWords implements Records {
  count = 0
  readonly #recordWords: number

  constructor(recordWords: number, first: number) {
    super(recordWords * first)
    this.#recordWords = recordWords
  }

  /** Makes room for so many. */
  makeRoom(count: number): void {
    this.reserve(count * this.#recordWords)
  }

  get room(): number {
    return this.words.length / this.#recordWords
  }
}
