import { formatTime } from '../../text/time.ts'
import type { Payload } from './payload.ts'

/** Tells the run's times as a person reads them. */
export class Clock {
  readonly #epochSeconds: number
  readonly #digits: number
  readonly #dated: boolean

  constructor(payload: Payload) {
    this.#epochSeconds = payload.epochSeconds
    this.#digits = payload.timeDigits
    this.#dated = payload.dated
  }

  /** Time of day in UTC, as precise as the capture. */
  ofDay(nanoseconds: number, digits: number = this.#digits): string {
    return formatTime(this.#epochSeconds, nanoseconds, digits).slice(11, -1)
  }

  /** RFC 3339, or the time of day alone where no stamp tells the day. */
  full(nanoseconds: number): string {
    return this.#dated ? formatTime(this.#epochSeconds, nanoseconds, this.#digits) : this.ofDay(nanoseconds)
  }
}
