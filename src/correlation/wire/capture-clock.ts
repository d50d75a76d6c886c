/** Packets overtake one another by less: a step back of a second or more between two frames is the clock's own. */
const STEP = 1e9

/**
 * The capture's time, with steps back of its clock taken out: what was captured later did happen later.
 * A single old frame between newer ones (merged captures) is let be.
 */
export class CaptureClock {
  from = Number.POSITIVE_INFINITY
  to = Number.NEGATIVE_INFINITY
  /** How many steps were taken out. */
  steps = 0
  #capture = -1
  #previous = 0
  #shift = 0
  #lastStep = 0

  /** True until a frame was seen. */
  get isEmpty(): boolean {
    return this.#capture < 0
  }

  /** Nanoseconds since the run's epoch, of a frame of this capture with this stamp. Call once per frame, in file order. */
  timeOf(capture: number, stamp: number): number {
    if (capture !== this.#capture) this.#begin(capture, stamp)
    const gap = stamp - this.#previous
    if (gap <= -STEP) this.#stepBack(gap)
    // The very step undone: the frames between were strays.
    else if (this.#lastStep > 0 && gap >= this.#lastStep) this.#stepBack(this.#lastStep)
    this.#previous = stamp
    const time = stamp + this.#shift
    if (time < this.from) this.from = time
    if (time > this.to) this.to = time
    return time
  }

  #begin(capture: number, stamp: number): void {
    this.#capture = capture
    this.#previous = stamp
    this.#shift = 0
    this.#lastStep = 0
  }

  #stepBack(gap: number): void {
    this.#shift -= gap
    this.#lastStep = gap < 0 ? -gap : 0
    this.steps += gap < 0 ? 1 : -1
  }
}
