/** How many events are kept: from a log's beginning, of those beyond that near the time that is asked about, and from its end. */
export interface KeptCounts {
  readonly first: number
  readonly near: number
  readonly last: number
}

/** A slot that holds an event, and how many that were not kept came just before it. */
interface KeptSlot {
  readonly slot: number
  readonly dropped: number
}

/**
 * Which of a log's events are kept, and in which slot each: the first, those near a time that is asked about, and the last; what
 * lies between is counted.
 */
export class KeptSlots {
  /** Of all events, kept or not. */
  count = 0
  readonly #kept: KeptCounts
  /** Events beyond the first that are not near: the last of them go round. */
  #others = 0
  /** For each near event beyond the first ones, how many others came before it. */
  readonly #othersBefore: number[] = []

  constructor(kept: KeptCounts) {
    this.#kept = kept
  }

  /** True where the next event is kept for its time, if for anything. */
  get isSelective(): boolean {
    return this.count >= this.#kept.first && !this.isNearFull
  }

  /** How many events were kept for their time. */
  get near(): number {
    return this.#othersBefore.length
  }

  /** How many events were not kept. */
  get dropped(): number {
    return Math.max(0, this.#others - this.#kept.last)
  }

  /** No more events are kept for their time. */
  get isNearFull(): boolean {
    return this.near === this.#kept.near
  }

  /** The slot of the next event, which another one may have held before. */
  take(isNear: boolean): number {
    const { first, near, last } = this.#kept
    const isKeptForTime = isNear && this.isSelective
    const index = this.count++
    if (index < first) return index
    if (!isKeptForTime) return first + near + (this.#others++ % last)
    return first + this.#othersBefore.push(this.#others) - 1
  }

  /** In the order of their lines. */
  *all(): Generator<KeptSlot> {
    const { first, near, last } = this.#kept
    for (let slot = 0; slot < Math.min(this.count, first); slot++) yield { slot, dropped: 0 }
    let dropped = 0
    let other = 0
    for (let index = 0; index <= this.near; index++) {
      const until = this.#othersBefore[index] ?? this.#others
      const kept = Math.max(other, Math.min(until, this.dropped))
      dropped += kept - other
      for (other = kept; other < until; other++) {
        yield { slot: first + near + (other % last), dropped }
        dropped = 0
      }
      if (index === this.near) return
      yield { slot: first + index, dropped }
      dropped = 0
    }
  }
}
