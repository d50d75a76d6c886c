import type { Current } from '../flow/current.ts'

const FIRST_CAPACITY = 1024

/** When the frames before this one came, in the run and in its flow. Only filters that ask for such times keep it. */
export class FlowClock {
  /** Nanoseconds from the run's first frame, and from the frame before. */
  sinceFirst = 0
  sinceLast = 0
  /** The same within the flow. */
  sinceFlowFirst = 0
  sinceFlowLast = 0
  #first = Number.NaN
  #last = Number.NaN
  /** First and last time of each flow, NaN before its first packet. */
  #flowTimes = new Float64Array(2 * FIRST_CAPACITY).fill(Number.NaN)

  /** Sees each frame of the run once, in order. */
  advance(current: Current): void {
    const time = current.frame.time
    if (Number.isNaN(this.#first)) this.#first = this.#last = time
    this.sinceFirst = time - this.#first
    this.sinceLast = time - this.#last
    this.#last = time
    if (current.flow >= 0) this.#advanceFlow(current.flow, time)
  }

  #advanceFlow(flow: number, time: number): void {
    if (2 * flow + 1 >= this.#flowTimes.length) this.#grow(flow)
    const times = this.#flowTimes
    if (Number.isNaN(times[2 * flow]!)) times[2 * flow] = times[2 * flow + 1] = time
    this.sinceFlowFirst = time - times[2 * flow]!
    this.sinceFlowLast = time - times[2 * flow + 1]!
    times[2 * flow + 1] = time
  }

  #grow(flow: number): void {
    const grown = new Float64Array(Math.max(this.#flowTimes.length * 2, 4 * (flow + 1))).fill(Number.NaN)
    grown.set(this.#flowTimes)
    this.#flowTimes = grown
  }
}
