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
  /** The second that `#text` is of: consecutive packets share it. */
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
        return `${this.#date(time).slice(11)}${fraction(time, digits)}`
      default:
        return `${this.#date(time).replace('T', ' ')}${fraction(time, digits)}`
    }
  }

  /** RFC 3339 in UTC. */
  rfc3339(time: number, digits: number): string {
    return `${this.#date(time)}${fraction(time, digits)}Z`
  }

  #unix(time: number, digits: number): string {
    return `${this.#epoch.seconds + Math.floor(time / 1e9)}${fraction(time, digits)}`
  }

  /** Date and time down to the second. */
  #date(time: number): string {
    const second = Math.floor(time / 1e9)
    if (second !== this.#second) {
      const date = new Date((this.#epoch.seconds + second) * 1000)
      this.#second = second
      this.#text = Number.isNaN(date.getTime()) ? '0000-00-00T00:00:00' : date.toISOString().slice(0, -5)
    }
    return this.#text
  }
}

const fraction = (time: number, digits: number): string =>
  digits === 0 ? '' : `.${padded(time - Math.floor(time / 1e9) * 1e9, digits)}`

const padded = (nanoseconds: number, digits: number): string =>
  `${Math.floor(nanoseconds)}`.padStart(9, '0').slice(0, digits)

/** Seconds with a sign, cut and not rounded. */
function seconds(nanoseconds: number, digits: number): string {
  const span = Math.abs(nanoseconds)
  return `${nanoseconds < 0 ? '-' : ''}${Math.floor(span / 1e9)}${fraction(span, digits)}`
}
