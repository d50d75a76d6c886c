/**
 * Frames of a run have ids of 32 bits. So many below the last one it ends: far more than one window holds, after each of
 * which that is looked at.
 */
export const MOST_FRAMES = 2 ** 32 - 2 ** 20

/** Numbers the frames of several captures through, so that a flow may span them; and back again. */
export class FrameIds {
  readonly #bases: number[] = []
  #highest = 0

  /** True where further frames could not be told apart from the first ones. */
  get full(): boolean {
    return this.#highest >= MOST_FRAMES
  }

  /** The id before the first frame of each capture. */
  get bases(): readonly number[] {
    return this.#bases
  }

  /** Begins the next capture. */
  begin(): void {
    this.#bases.push(this.#highest)
  }

  /** Id of frame `number` of the capture begun last. */
  of(number: number): number {
    const id = (this.#bases[this.#bases.length - 1] ?? 0) + number
    if (id > this.#highest) this.#highest = id
    return id
  }

  /** Id of frame `number`, with which `count` frames begin that follow each other. */
  span(number: number, count: number): number {
    this.of(number + count - 1)
    return this.of(number)
  }

  captureOf(id: number): number {
    let capture = this.#bases.length - 1
    while (capture > 0 && this.#bases[capture]! >= id) capture--
    return Math.max(capture, 0)
  }

  /** The frame's number in its own capture. */
  numberOf(id: number): number {
    return id - (this.#bases[this.captureOf(id)] ?? 0)
  }
}
