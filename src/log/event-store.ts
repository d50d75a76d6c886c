import type { LogFormat } from './format.ts'
import { headOfLine } from './format-line.ts'
import type { EventPattern } from './pattern.ts'
import { keptHead, type Sighting } from './sighting.ts'
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
  readonly #chunks: (Chunk | undefined)[] = []
  readonly #offsets: number[] = []
  /** By slot: lines that are too long to keep as they are. */
  readonly #long = new Map<number, Sighting>()
  readonly #stamp = new Stamp()

  constructor(keptFirst = KEPT_FIRST, keptLast = KEPT_LAST) {
    this.#keptFirst = keptFirst
    this.#keptLast = keptLast
  }

  /** Takes the line `[start, end)` of `bytes`, and where its stamp stands. */
  add(seen: SeenLine, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    const slot = this.#slotOf(this.count++)
    this.#patterns[slot] = seen.pattern
    this.#formats[slot] = seen.format
    this.#release(slot)
    if (end - start > LONGEST) this.#addLong(slot, seen, bytes, start, end, stamp)
    else this.#addRecord(slot, seen, bytes, start, end, stamp)
  }

  /** What was kept, in the log's order. */
  *kept(): Generator<Sighting> {
    for (let n = 0; n < this.count; n++) {
      if (n === this.#keptFirst) n = this.#firstOfLast()
      const slot = this.#slotOf(n)
      yield this.#long.get(slot) ?? this.#record(slot)
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

  #record(slot: number): Sighting {
    const { bytes, words, times } = this.#chunks[slot]!
    const at = this.#offsets[slot]!
    const start = at + Field.BYTES
    const time = times[at >> 3]!
    this.#stamp.start = start + words[(at + Field.STAMP_START) >> 2]!
    this.#stamp.end = start + words[(at + Field.STAMP_END) >> 2]!
    const end = start + words[(at + Field.LENGTH) >> 2]!
    const encoding = words[(at + Field.IS_UTF8) >> 2] === 1 ? 'utf8' : 'latin1'
    return {
      pattern: this.#patterns[slot]!,
      line: words[(at + Field.LINE) >> 2]! >>> 0,
      time: Number.isNaN(time) ? null : time,
      head: keptHead(headOfLine(this.#formats[slot]!, bytes, start, end, this.#stamp, encoding)),
    }
  }

  #lineOf(slot: number): number {
    return this.#long.get(slot)?.line ?? this.#chunks[slot]!.words[(this.#offsets[slot]! + Field.LINE) >> 2]! >>> 0
  }
}
