import type { Epoch } from '../capture/epoch.ts'

/** How the Time column is written; the names are those of Wireshark's menu. */
export const TIME_FORMATS = ['relative', 'absolute', 'absolute-date', 'delta', 'delta-displayed', 'epoch'] as const
export type TimeFormat = (typeof TIME_FORMATS)[number]

/** Writes the times of the packets of a run, in the order in which they are read. Absolute ones are in UTC. */
export class PacketTime {
  readonly #format: TimeFormat
  readonly #epoch: Epoch
  #first = Number.NaN
  #previous = Number.NaN
  #displayed = Number.NaN
  /** The second whose date and time `#text` is: consecutive packets share it. */
  #second = Number.NaN
  #text = ''

  constructor(format: TimeFormat, epoch: Epoch) {
    this.#format = format
    this.#epoch = epoch
  }

  /** Each frame is told, shown or not, before `text` is asked for. `time` is in nanoseconds since the epoch. */
  pass(time: number, shown: boolean): void {
    if (Number.isNaN(this.#first)) this.#first = time
    this.#previous = time
    if (shown) this.#displayed = time
  }

  /** The column's text for a frame that was not passed yet, with `digits` digits after the second. */
  text(time: number, digits: number): string {
    switch (this.#format) {
      case 'relative':
        return seconds(Number.isNaN(this.#first) ? 0 : time - this.#first, digits)
      case 'delta':
        return seconds(Number.isNaN(this.#previous) ? 0 : time - this.#previous, digits)
      case 'delta-displayed':
        return seconds(Number.isNaN(this.#displayed) ? 0 : time - this.#displayed, digits)
      case 'epoch':
        return this.#unix(time, digits)
      case 'absolute':
        return this.#dated(time, digits).slice(11)
      default:
        return this.#dated(time, digits).replace('T', ' ')
    }
  }

  /** RFC 3339 in UTC. */
  rfc3339(time: number, digits: number): string {
    return `${this.#dated(time, digits)}Z`
  }

  #unix(time: number, digits: number): string {
    const units = unitsOf(time, digits)
    return `${this.#epoch.seconds + secondsOf(units, digits)}${fraction(units, digits)}`
  }

  #dated(time: number, digits: number): string {
    const units = unitsOf(time, digits)
    const second = secondsOf(units, digits)
    if (second !== this.#second) {
      const date = new Date((this.#epoch.seconds + second) * 1000)
      this.#second = second
      this.#text = Number.isNaN(date.getTime()) ? '0000-00-00T00:00:00' : date.toISOString().slice(0, -5)
    }
    return `${this.#text}${fraction(units, digits)}`
  }
}

/**
 * Nanoseconds in units of the last digit, cut. Where a float64 no longer holds every nanosecond, what it may lack is
 * added first: stamps are whole units, and cutting would lose one.
 */
function unitsOf(nanoseconds: number, digits: number): number {
  const unit = 10 ** (9 - digits)
  const units = nanoseconds / unit
  if (Number.isSafeInteger(Math.trunc(nanoseconds))) return Math.floor(units)
  return Math.floor(units + Math.min(0.5, (Math.abs(nanoseconds) * Number.EPSILON) / unit))
}

const secondsOf = (units: number, digits: number): number => Math.floor(units / 10 ** digits)

const fraction = (units: number, digits: number): string =>
  digits === 0 ? '' : `.${`${units - secondsOf(units, digits) * 10 ** digits}`.padStart(digits, '0')}`

/** Seconds with a sign, cut and not rounded. */
function seconds(nanoseconds: number, digits: number): string {
  const units = unitsOf(Math.abs(nanoseconds), digits)
  return `${nanoseconds < 0 ? '-' : ''}${secondsOf(units, digits)}${fraction(units, digits)}`
}
