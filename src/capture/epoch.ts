/**
 * Zero of a run's clock: the second of the first packet read.
 * Times are float64 nanoseconds from here, because the Unix epoch's need more than 53 bits.
 */
export class Epoch {
  /** Unix time in whole seconds; NaN until a packet was read. */
  seconds = Number.NaN

  /** Nanoseconds from the epoch to `seconds` + `nanoseconds` of Unix time. The first call sets the epoch. */
  since(seconds: number, nanoseconds: number): number {
    if (Number.isNaN(this.seconds)) this.seconds = seconds
    return (seconds - this.seconds) * 1e9 + nanoseconds
  }
}
