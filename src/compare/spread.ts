/** Count, least, mean and most of what was measured, one value at a time. */
export class Spread {
  count = 0
  least = Number.POSITIVE_INFINITY
  most = Number.NEGATIVE_INFINITY
  sum = 0

  add(value: number): void {
    this.count++
    this.sum += value
    if (value < this.least) this.least = value
    if (value > this.most) this.most = value
  }

  /** Takes in what another one measured. */
  join(other: Spread): void {
    this.count += other.count
    this.sum += other.sum
    if (other.least < this.least) this.least = other.least
    if (other.most > this.most) this.most = other.most
  }

  /** NaN where nothing was measured. */
  get mean(): number {
    return this.sum / this.count
  }
}
