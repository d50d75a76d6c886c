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

const UNITS = [
  { name: 'h', size: 3600e9 },
  { name: 'min', size: 60e9 },
  { name: 's', size: 1e9 },
  { name: 'ms', size: 1e6 },
  { name: 'µs', size: 1e3 },
] as const

/** A span of nanoseconds in the unit that suits it, with three to four significant digits. */
export function span(nanoseconds: number): string {
  const size = Math.abs(nanoseconds)
  if (size === 0) return '0 s'
  for (const unit of UNITS) if (size >= unit.size) return `${trimmed(nanoseconds / unit.size)} ${unit.name}`
  return `${trimmed(nanoseconds)} ns`
}

const trimmed = (value: number): string => {
  const size = Math.abs(value)
  const text = value.toFixed(size >= 100 ? 0 : 3)
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
}

/** Bytes in binary steps: 537 B, 8.0 KiB. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const steps = ['KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let step = -1
  while (value >= 1024 && step < steps.length - 1) {
    value /= 1024
    step++
  }
  return `${trimmed(value < 100 ? Math.round(value * 10) / 10 : value)} ${steps[step]}`
}
