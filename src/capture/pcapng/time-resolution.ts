const NANOSECONDS = 1_000_000_000
/** Digits that Wireshark writes times with, most first: it has no tenths of a millisecond. */
const WRITTEN = [9, 6, 3, 2, 1, 0] as const

/**
 * How a pcapng interface counts time: the stamp's two 32-bit halves become seconds and whole nanoseconds, exactly.
 * One instance per interface, refilled per stamp: nothing is allocated for a packet.
 */
export class TimeResolution {
  /** Unix seconds of the last stamp. */
  seconds = 0
  /** Nanoseconds within that second. */
  nanoseconds = 0
  /** Digits after the second that the stamps carry, 9 at most. */
  readonly digits: number
  /** Those of them that Wireshark shows. */
  readonly shownDigits: number
  /** Stamps per second, where they are whole nanoseconds; else 0. */
  readonly perSecond: number
  /** Nanoseconds per stamp where that is a whole number, else 0. */
  readonly nanosecondsPerUnit: number
  /** Seconds that the interface's stamps count from. */
  readonly offset: number
  readonly #exactUnits: bigint

  /** `code` is if_tsresol's byte: a power of ten, or of two with the highest bit set. `offset` is if_tsoffset, in seconds. */
  constructor(code: number, offset: number) {
    const exponent = code & 0x7f
    const base = (code & 0x80) === 0 ? 10 : 2
    this.#exactUnits = BigInt(base) ** BigInt(exponent)
    const units = base ** exponent
    this.nanosecondsPerUnit = NANOSECONDS % units === 0 ? NANOSECONDS / units : 0
    this.perSecond = this.nanosecondsPerUnit === 0 ? 0 : units
    this.offset = offset
    const digits = exponent * Math.log10(base)
    this.digits = Math.min(9, Math.ceil(digits))
    this.shownDigits = WRITTEN.find((written) => written <= digits)!
  }

  /** Takes the stamp's upper and lower half, both unsigned. */
  take(high: number, low: number): void {
    const units = this.perSecond
    if (units === 0) {
      this.#takeExactly(high, low)
      return
    }
    const highSeconds = Math.floor(high / units)
    const middle = (high - highSeconds * units) * 65_536 + (low >>> 16)
    const middleSeconds = Math.floor(middle / units)
    const last = (middle - middleSeconds * units) * 65_536 + (low & 0xffff)
    const lastSeconds = Math.floor(last / units)
    this.seconds = (highSeconds * 65_536 + middleSeconds) * 65_536 + lastSeconds + this.offset
    this.nanoseconds = (last - lastSeconds * units) * this.nanosecondsPerUnit
  }

  // Powers of two and units finer than a nanosecond: rare enough for BigInt.
  #takeExactly(high: number, low: number): void {
    const stamp = (BigInt(high) << 32n) | BigInt(low)
    const seconds = stamp / this.#exactUnits
    this.seconds = Number(seconds) + this.offset
    this.nanoseconds = Number(((stamp - seconds * this.#exactUnits) * BigInt(NANOSECONDS)) / this.#exactUnits)
  }
}
