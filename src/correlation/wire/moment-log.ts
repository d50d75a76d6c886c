/** What a segment did that a log line may speak of. */
export const MomentKind = { SYN: 0, SYN_ACK: 1, ACK: 2, PUSH: 3, FIN: 4, RST: 5, ZERO_WINDOW: 6 } as const
export type MomentKind = (typeof MomentKind)[keyof typeof MomentKind]

/** One kept moment, as a log line is compared with it. */
export interface Moment {
  readonly kind: MomentKind
  /** Which of the given captures holds it, and its number there. */
  readonly capture: number
  readonly frame: number
  /** Nanoseconds since the run's epoch. */
  readonly time: number
  /** New payload bytes of a push; else 0. */
  readonly bytes: number
}

/** No moment. */
export const NONE = -1

/** A moment's words; its time is a float64 at an even word. The kind has eight bits, and the capture's number is above them. */
const Word = { KIND: 0, FRAME: 1, BYTES: 2, NEXT: 3, TIME: 4 } as const
const WORDS = 6
const KIND_BITS = 8
const KIND = (1 << KIND_BITS) - 1
/** Moments of a block, as a power of two. */
const BLOCK_BITS = 14
const IN_BLOCK = (1 << BLOCK_BITS) - 1

/** Moments in the order in which they were kept, in blocks: none is moved when there are more. */
export class MomentLog {
  count = 0
  readonly #words: Int32Array[] = []
  readonly #doubles: Float64Array[] = []

  /** Keeps a moment, which is followed by none, and returns its number. */
  add(kind: MomentKind, capture: number, frame: number, time: number, bytes: number): number {
    const number = this.count++
    if (number >> BLOCK_BITS === this.#words.length) this.#addBlock()
    const words = this.#words[number >> BLOCK_BITS]!
    const at = (number & IN_BLOCK) * WORDS
    words[at + Word.KIND] = kind | (capture << KIND_BITS)
    words[at + Word.FRAME] = frame
    words[at + Word.BYTES] = bytes
    words[at + Word.NEXT] = NONE
    this.#doubles[number >> BLOCK_BITS]![(at + Word.TIME) >> 1] = time
    return number
  }

  /** Says which moment follows one. */
  setNext(number: number, next: number): void {
    this.#words[number >> BLOCK_BITS]![(number & IN_BLOCK) * WORDS + Word.NEXT] = next
  }

  /** The moment that follows one; NONE behind the last. */
  next(number: number): number {
    return this.#words[number >> BLOCK_BITS]![(number & IN_BLOCK) * WORDS + Word.NEXT]!
  }

  kindOf(number: number): MomentKind {
    return (this.#words[number >> BLOCK_BITS]![(number & IN_BLOCK) * WORDS + Word.KIND]! & KIND) as MomentKind
  }

  frameOf(number: number): number {
    return this.#words[number >> BLOCK_BITS]![(number & IN_BLOCK) * WORDS + Word.FRAME]!
  }

  /** A moment, copied out. */
  at(number: number): Moment {
    const words = this.#words[number >> BLOCK_BITS]!
    const at = (number & IN_BLOCK) * WORDS
    return {
      kind: (words[at + Word.KIND]! & KIND) as MomentKind,
      capture: words[at + Word.KIND]! >>> KIND_BITS,
      frame: words[at + Word.FRAME]!,
      time: this.#doubles[number >> BLOCK_BITS]![(at + Word.TIME) >> 1]!,
      bytes: words[at + Word.BYTES]!,
    }
  }

  #addBlock(): void {
    const words = new Int32Array(WORDS << BLOCK_BITS)
    this.#words.push(words)
    this.#doubles.push(new Float64Array(words.buffer))
  }
}
