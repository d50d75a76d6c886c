import { eventOf, keptHead, type Sighting } from '../alike/sighting.ts'
import type { LogEvent } from '../event.ts'
import { headOfLine } from '../format-line.ts'
import { gapEvent } from '../gap-event.ts'
import type { Stamp } from '../stamps/stamp.ts'
import { type KeptCounts, KeptSlots } from './kept-slots.ts'
import { KeptLine, LineMemory, type SeenLine } from './line-memory.ts'

const KEPT_FIRST = 200_000
const KEPT_NEAR = 100_000
const KEPT_LAST = 50_000
const KEPT: KeptCounts = { first: KEPT_FIRST, near: KEPT_NEAR, last: KEPT_LAST }

/** Longest line that is kept as its bytes; of a longer one, what patterns see of it. */
const LONGEST = 2048

/** Keeps the lines of a log's events in bounded memory, and makes the events of them. */
export class EventStore {
  readonly #slots: KeptSlots
  readonly #lines = new LineMemory()
  /** For each slot, a line that is too long to keep as it is. */
  readonly #long = new Map<number, Sighting>()

  constructor(kept: KeptCounts = KEPT) {
    this.#slots = new KeptSlots(kept)
  }

  /** True where the next event is kept for its time, if for anything. */
  get isSelective(): boolean {
    return this.#slots.isSelective
  }

  get dropsAny(): boolean {
    return this.#slots.dropped > 0
  }

  /** Takes the line `[start, end)` of `bytes`, which lie at a word's beginning and go on to the end of one, and where its stamp stands. */
  add(seen: SeenLine, isNear: boolean, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    const slot = this.#slots.take(isNear)
    if (this.#long.size > 0) this.#long.delete(slot)
    if (end - start > LONGEST) this.#addLong(slot, seen, bytes, start, end, stamp)
    else this.#lines.put(slot, seen, bytes, start, end, stamp)
  }

  /**
   * The events that were kept, of the log at `log` among those given, and one in place of those that were not, wherever
   * there are such. `timeOf` says when that of a line ended.
   */
  *events(log: number, timeOf: (line: number, time: number | null) => number | null): Generator<LogEvent> {
    let before: number | null = null
    for (const { slot, dropped } of this.#slots.all()) {
      const kept = this.#at(slot)
      const time = timeOf(kept.line, kept.time)
      // In a log whose newest line comes first the other one is the later.
      if (dropped > 0) yield gapEvent(log, kept.line - 1, later(before, time), dropped)
      yield kept instanceof KeptLine ? kept.event(log, time) : eventOf({ ...kept, time }, log)
      before = time
    }
  }

  /** What was not kept, in words; null where all was. */
  dropped(): string | null {
    const { count, dropped, near, isNearFull } = this.#slots
    if (dropped === 0) return null
    const where = `${this.#gap()}${near > 0 ? ' and at other times than the capture’s' : ''}`
    const advice = near === 0 || isNearFull ? '; give the part of the log that the capture covers' : ''
    return `${dropped} of ${count} events, ${where}, were counted and not kept${advice}`
  }

  /** Between which lines those events lie that were not kept. */
  #gap(): string {
    let before = 0
    let from: number | null = null
    let to: number | null = null
    for (const { slot, dropped } of this.#slots.all()) {
      if (dropped > 0) {
        from ??= this.#at(before).line
        to = this.#at(slot).line
      }
      before = slot
    }
    return `between lines ${from} and ${to}`
  }

  #addLong(slot: number, seen: SeenLine, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    this.#lines.release(slot)
    const { pattern, format, encoding } = seen.telling
    const { line } = seen
    const time = Number.isNaN(seen.time) ? null : seen.time
    const head = keptHead(headOfLine(format, bytes, start, end, stamp, encoding))
    this.#long.set(slot, { pattern, line, time, head })
  }

  #at(slot: number): Sighting | KeptLine {
    return this.#long.get(slot) ?? this.#lines.line(slot)
  }
}

const later = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)
