import type { AlikeEvents } from './alike-events.ts'
import type { LogEvent } from './event.ts'
import type { Head, LogFormat } from './format.ts'
import { headOfLine } from './format-line.ts'
import type { EventPattern } from './pattern.ts'
import { eventOf, keptHead, type Sighting } from './sighting.ts'
import { Stamp } from './stamp.ts'

/** Events kept from a log's beginning, and from its end where it has more. */
const KEPT_FIRST = 200_000
const KEPT_LAST = 50_000

/** Longest line that is kept as its bytes; of a longer one, what patterns see of it. */
const LONGEST = 2048
const CHUNK = 1 << 18
/** Where in a record its numbers stand, four bytes each but the first, and its line's bytes after them. */
const Field = { TIME: 0, LINE: 8, LENGTH: 12, STAMP_START: 16, STAMP_END: 20, IS_UTF8: 24, BYTES: 28 } as const
/** A record begins where its time can be stored whole. */
const ALIGNMENT = 8

/** Memory for records. */
class Chunk {
  /** Records in it that a slot still means. */
  records = 0
  readonly bytes = Buffer.from(new ArrayBuffer(CHUNK))
  readonly words = new Int32Array(this.bytes.buffer)
  readonly times = new Float64Array(this.bytes.buffer)
}

/** A line that an event pattern fits, as the reader has it before it. */
export interface SeenLine {
  readonly pattern: EventPattern
  /** Null where no format reads it. */
  readonly format: LogFormat | null
  /** From 1. */
  readonly line: number
  readonly time: number | null
  readonly encoding: 'utf8' | 'latin1'
  /** Makes the events of lines like it; null where none was. */
  readonly alike: AlikeEvents | null
}

/** A line that was kept as its bytes: it is taken apart where it is not like others. */
class KeptLine implements Sighting {
  readonly pattern: EventPattern
  readonly #chunk: Chunk
  readonly #at: number
  readonly #format: LogFormat | null
  readonly #alike: AlikeEvents | null

  constructor(chunk: Chunk, at: number, pattern: EventPattern, format: LogFormat | null, alike: AlikeEvents | null) {
    this.#chunk = chunk
    this.#at = at
    this.pattern = pattern
    this.#format = format
    this.#alike = alike
  }

  get line(): number {
    return this.#word(Field.LINE) >>> 0
  }

  get time(): number | null {
    const time = this.#chunk.times[this.#at >> 3]!
    return Number.isNaN(time) ? null : time
  }

  get head(): Head {
    const stamp = new Stamp()
    stamp.start = this.#start + this.#word(Field.STAMP_START)
    stamp.end = this.#start + this.#word(Field.STAMP_END)
    const encoding = this.#word(Field.IS_UTF8) === 1 ? 'utf8' : 'latin1'
    return keptHead(headOfLine(this.#format, this.#chunk.bytes, this.#start, this.#end, stamp, encoding))
  }

  event(log: number, time: number | null): LogEvent {
    const { pattern, line } = this
    const { bytes } = this.#chunk
    const known = this.#alike?.read({ log, line, time }, bytes, this.#start) ?? null
    if (known !== null) return known
    const { head } = this
    const event = eventOf({ pattern, line, time, head }, log)
    this.#alike?.learn(event, head.message, bytes, this.#start, this.#end)
    return event
  }

  get #start(): number {
    return this.#at + Field.BYTES
  }

  get #end(): number {
    return this.#start + this.#word(Field.LENGTH)
  }

  #word(field: number): number {
    return this.#chunk.words[(this.#at + field) >> 2]!
  }
}

/**
 * Keeps the lines of a log's events in bounded memory: the first and the last; what lies between is counted. They are kept
 * as bytes: an object each, which the last ones replace all the time, made the collector's work a fifth of the reading.
 */
export class EventStore {
  count = 0
  readonly #keptFirst: number
  readonly #keptLast: number
  #chunk: Chunk | null = null
  #end = 0
  /** A chunk that no slot means any more: the last events go round in the same memory. */
  #spare: Chunk | null = null
  /** By slot: what is no number of the line's, and where its record is. */
  readonly #patterns: EventPattern[] = []
  readonly #formats: (LogFormat | null)[] = []
  readonly #alike: (AlikeEvents | null)[] = []
  readonly #chunks: (Chunk | undefined)[] = []
  readonly #offsets: number[] = []
  /** By slot: lines that are too long to keep as they are. */
  readonly #long = new Map<number, Sighting>()

  constructor(keptFirst = KEPT_FIRST, keptLast = KEPT_LAST) {
    this.#keptFirst = keptFirst
    this.#keptLast = keptLast
  }

  /** Takes the line `[start, end)` of `bytes`, and where its stamp stands. */
  add(seen: SeenLine, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    const slot = this.#slotOf(this.count++)
    this.#patterns[slot] = seen.pattern
    this.#formats[slot] = seen.format
    this.#alike[slot] = seen.alike
    this.#release(slot)
    if (end - start > LONGEST) this.#addLong(slot, seen, bytes, start, end, stamp)
    else this.#addRecord(slot, seen, bytes, start, end, stamp)
  }

  /** The events that were kept, of the log at `log` among those given. `timeOf` says when that of a line ended. */
  *events(log: number, timeOf: (line: number, time: number | null) => number | null): Generator<LogEvent> {
    for (const slot of this.#slots()) {
      const long = this.#long.get(slot)
      const kept = long ?? this.#line(slot)
      const time = timeOf(kept.line, kept.time)
      yield kept instanceof KeptLine ? kept.event(log, time) : eventOf({ ...kept, time }, log)
    }
  }

  /** What was not kept, in words; null where all was. */
  dropped(): string | null {
    const next = this.#firstOfLast()
    const dropped = next - this.#keptFirst
    if (dropped <= 0) return null
    const [from, to] = [this.#keptFirst - 1, next].map((n) => this.#lineOf(this.#slotOf(n)))
    return `${dropped} of ${this.count} events, between lines ${from} and ${to}, were counted and not kept; give the part of the log that the capture covers`
  }

  #slotOf(n: number): number {
    return n < this.#keptFirst ? n : this.#keptFirst + ((n - this.#keptFirst) % this.#keptLast)
  }

  #firstOfLast(): number {
    return Math.max(this.#keptFirst, this.count - this.#keptLast)
  }

  #addLong(slot: number, seen: SeenLine, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    const { pattern, format, line, time, encoding } = seen
    const head = keptHead(headOfLine(format, bytes, start, end, stamp, encoding))
    this.#long.set(slot, { pattern, line, time, head })
  }

  #addRecord(slot: number, seen: SeenLine, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    const length = end - start
    const chunk = this.#chunkWith(Field.BYTES + length)
    const at = this.#end
    // Numbers and bytes through views: a Buffer's own methods took longer than all else that is done for an event.
    chunk.times[at >> 3] = seen.time ?? Number.NaN
    const { words } = chunk
    words[(at + Field.LINE) >> 2] = seen.line
    words[(at + Field.LENGTH) >> 2] = length
    words[(at + Field.STAMP_START) >> 2] = seen.format === null ? 0 : stamp.start - start
    words[(at + Field.STAMP_END) >> 2] = seen.format === null ? 0 : stamp.end - start
    words[(at + Field.IS_UTF8) >> 2] = seen.encoding === 'utf8' ? 1 : 0
    const target = chunk.bytes
    for (let i = 0; i < length; i++) target[at + Field.BYTES + i] = bytes[start + i]!
    chunk.records++
    this.#end = (at + Field.BYTES + length + ALIGNMENT - 1) & -ALIGNMENT
    this.#chunks[slot] = chunk
    this.#offsets[slot] = at
  }

  /** The current chunk, a new one where this has no room for so many bytes. */
  #chunkWith(length: number): Chunk {
    if (this.#chunk !== null && this.#end + length <= CHUNK) return this.#chunk
    this.#chunk = this.#spare ?? new Chunk()
    this.#spare = null
    this.#end = 0
    return this.#chunk
  }

  /** Takes from a slot what it held before. */
  #release(slot: number): void {
    if (this.#long.size > 0) this.#long.delete(slot)
    const chunk = this.#chunks[slot]
    if (chunk === undefined) return
    this.#chunks[slot] = undefined
    if (--chunk.records === 0 && chunk !== this.#chunk) this.#spare = chunk
  }

  /** Slots in the log's order. */
  *#slots(): Generator<number> {
    for (let n = 0; n < this.count; n++) {
      if (n === this.#keptFirst) n = this.#firstOfLast()
      yield this.#slotOf(n)
    }
  }

  #line(slot: number): KeptLine {
    return new KeptLine(
      this.#chunks[slot]!,
      this.#offsets[slot]!,
      this.#patterns[slot]!,
      this.#formats[slot]!,
      this.#alike[slot]!,
    )
  }

  #lineOf(slot: number): number {
    return this.#long.get(slot)?.line ?? this.#line(slot).line
  }
}
