/** Events kept from a log's beginning, and from its end where it has more. */
const KEPT_FIRST = 200_000
const KEPT_LAST = 50_000

/** Keeps what was seen of a log's events in bounded memory: the first and the last; what lies between is counted. */
export class EventStore<Seen extends { readonly line: number }> {
  count = 0
  readonly #first: Seen[] = []
  readonly #last: Seen[] = []
  readonly #keptFirst: number
  readonly #keptLast: number

  constructor(keptFirst = KEPT_FIRST, keptLast = KEPT_LAST) {
    this.#keptFirst = keptFirst
    this.#keptLast = keptLast
  }

  add(seen: Seen): void {
    this.count++
    if (this.#first.length < this.#keptFirst) this.#first.push(seen)
    else this.#last[(this.count - 1 - this.#keptFirst) % this.#keptLast] = seen
  }

  /** What was kept, in the log's order. */
  kept(): readonly Seen[] {
    if (this.#last.length === 0) return this.#first
    const oldest = (this.count - this.#keptFirst) % this.#keptLast
    const full = this.#last.length === this.#keptLast
    const tail = full ? [...this.#last.slice(oldest), ...this.#last.slice(0, oldest)] : this.#last
    return this.#first.concat(tail)
  }

  /** What was not kept, in words; null where all was. */
  dropped(): string | null {
    const dropped = this.count - this.#first.length - this.#last.length
    if (dropped === 0) return null
    const from = this.#first.at(-1)!.line
    const to = this.kept()[this.#first.length]!.line
    return `${dropped} of ${this.count} events, between lines ${from} and ${to}, were counted and not kept; give the part of the log that the capture covers`
  }
}
