import { CaptureClock } from '../correlation/wire/capture-clock.ts'
import type { Current, PacketVisitor } from '../flow/current.ts'

/** Notes when a frame was captured, be it one that no entry of the timeline tells of: an ACK, a frame that is no TCP. */
export class FrameMoment implements PacketVisitor {
  /** Nanoseconds since the run's epoch, on the timeline's clock; null where no capture holds the frame. */
  time: number | null = null
  readonly #number: number
  readonly #clock = new CaptureClock()

  /** Of several captures that hold a frame of this number the first one counts. */
  constructor(number: number) {
    this.#number = number
  }

  visit({ frame }: Current): void {
    const now = this.#clock.timeOf(frame.capture, frame.time)
    if (frame.number === this.#number) this.time ??= now
  }
}
