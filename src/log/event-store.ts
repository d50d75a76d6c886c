import type { AlikeEvents } from './alike/alike-events.ts'
import { eventOf, keptHead, type Sighting } from './alike/sighting.ts'
import type { LogEvent } from './event.ts'
import type { Encoding, Head, LogFormat } from './format.ts'
import { headOfLine } from './format-line.ts'
import { gapEvent } from './gap-event.ts'
import type { EventPattern } from './pattern.ts'
import { Stamp } from './stamps/stamp.ts'

/** Events kept: from a log's beginning, of those beyond that the ones at the time that is asked about, and from its end. */
const KEPT_FIRST = 200_000
const KEPT_NEAR = 100_000
const KEPT_LAST = 50_000
const KEPT = { first: KEPT_FIRST, near: KEPT_NEAR, last: KEPT_LAST }

/** Longest line that is kept as its bytes; of a longer one, what patterns see of it. */
const LONGEST = 2048
const CHUNK_BITS = 18
const CHUNK = 1 << CHUNK_BITS
/** Bytes of a word. */
const WORD = 4
/**
 * Where in a record its numbers stand, a word each but the first. After them come the words of memory that its line lies in,
 * as they were where it was read: so they are copied whole. START is where among them it begins.
 */
const Field = { TIME: 0, LINE: 8, LENGTH: 12, STAMP_START: 16, STAMP_END: 20, START: 24, WORDS: 28 } as const
const FIRST_SLOTS = 1024
/** The place of a slot without a record. */
const NOWHERE = -1
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

/** What a line is that an event pattern fits: the same for all that are alike. */
export interface Telling {
  readonly pattern: EventPattern
  /** Null where no format reads it. */
  readonly format: LogFormat | null
  readonly encoding: Encoding
  /** Makes the events of lines like it; null where none was. */
  readonly alike: AlikeEvents | null
}

/** A line that an event pattern fits, as the reader has it before it. */
export interface SeenLine {
  readonly telling: Telling
  /** From 1. */
  readonly line: number
  /** NaN where it has none. */
  readonly time: number
}

/** A line that was kept as its bytes: it is taken apart where it is not like others. */
class KeptLine {
  readonly #chunk: Chunk
  readonly #at: number
  readonly #telling: Telling

  constructor(chunk: Chunk, at: number, telling: Telling) {
    this.#chunk = chunk
    this.#at = at
    this.#telling = telling
  }

  get line(): number {
    return this.#word(Field.LINE) >>> 0
  }

  get time(): number | null {
    const time = this.#chunk.times[this.#at >> 3]!
    return Number.isNaN(time) ? null : time
  }

  event(log: number, time: number | null): LogEvent {
    const { line } = this
    const { pattern, alike } = this.#telling
    const { bytes } = this.#chunk
    const known = alike?.read({ log, line, time }, bytes, this.#start) ?? null
    if (known !== null) return known
    const head = this.#head()
    const event = eventOf({ pattern, line, time, head }, log)
    alike?.learn(event, head.message, bytes, this.#start, this.#end)
    return event
  }

  #head(): Head {
    const { format, encoding } = this.#telling
    const stamp = new Stamp()
    stamp.start = this.#start + this.#word(Field.STAMP_START)
    stamp.end = this.#start + this.#word(Field.STAMP_END)
    return keptHead(headOfLine(format, this.#chunk.bytes, this.#start, this.#end, stamp, encoding))
  }

  get #start(): number {
    return this.#at + Field.WORDS + this.#word(Field.START)
  }

  get #end(): number {
    return this.#start + this.#word(Field.LENGTH)
  }

  #word(field: number): number {
    return this.#chunk.words[(this.#at + field) >> 2]!
  }
}

/**
 * Keeps the lines of a log's events in bounded memory: the first, those near a time that is asked about, and the last; what
 * lies between is counted. They are kept as bytes: an object each, which the last ones replace all the time, made the
 * collector's work a fifth of the reading.
 */
export class EventStore {
  count = 0
  readonly #kept: Readonly<typeof KEPT>
  /** Events beyond the first that are not near: the last of them go round. */
  #others = 0
  /** For each near event beyond the first ones, how many others came before it. */
  readonly #othersBefore: number[] = []
  readonly #chunks: Chunk[] = []
  /** The chunk that records are put into, by its number, and where the next one begins. */
  #chunk = NOWHERE
  #end = CHUNK
  /** A chunk that no slot means any more: the last events go round in the same memory. */
  #spare = NOWHERE
  /** For each slot, what of its line is not a number, and where its record is: chunk and offset. */
  readonly #tellings: Telling[] = []
  #places = new Int32Array(FIRST_SLOTS).fill(NOWHERE)
  /** The bytes that lines are taken from, and the same bytes as words of four. */
  #source: Buffer | null = null
  #sourceWords: Int32Array = new Int32Array(0)
  /** For each slot, a line that is too long to keep as it is. */
  readonly #long = new Map<number, Sighting>()

  constructor(kept: Readonly<typeof KEPT> = KEPT) {
    this.#kept = kept
  }

  /** True where an event is kept for its time, if for anything. */
  get isSelective(): boolean {
    return this.count >= this.#kept.first && this.#othersBefore.length < this.#kept.near
  }

  /** Takes the line `[start, end)` of `bytes`, which lie at a word's beginning and go on to the end of one, and where its stamp stands. */
  add(seen: SeenLine, isNear: boolean, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    const slot = this.#nextSlot(isNear && this.isSelective)
    this.count++
    this.#tellings[slot] = seen.telling
    if (slot >= this.#places.length) this.#growPlaces()
    this.#release(slot)
    if (end - start > LONGEST) this.#addLong(slot, seen, bytes, start, end, stamp)
    else this.#addRecord(slot, seen, bytes, start, end, stamp)
  }

  /**
   * The events that were kept, of the log at `log` among those given, and one in place of those that were not, wherever
   * there are such. `timeOf` says when that of a line ended.
   */
  *events(log: number, timeOf: (line: number, time: number | null) => number | null): Generator<LogEvent> {
    let before: number | null = null
    for (const { slot, dropped } of this.#slots()) {
      const kept = this.#long.get(slot) ?? this.#line(slot)
      const time = timeOf(kept.line, kept.time)
      // In a log whose newest line comes first the other one is the later.
      if (dropped > 0) yield gapEvent(log, kept.line - 1, later(before, time), dropped)
      yield kept instanceof KeptLine ? kept.event(log, time) : eventOf({ ...kept, time }, log)
      before = time
    }
  }

  /** What was not kept, in words; null where all was. */
  dropped(): string | null {
    if (!this.dropsAny) return null
    let slotBefore = 0
    let from = NOWHERE
    let to = NOWHERE
    for (const { slot, dropped } of this.#slots()) {
      if (dropped > 0 && from === NOWHERE) from = this.#lineOf(slotBefore)
      if (dropped > 0) to = this.#lineOf(slot)
      slotBefore = slot
    }
    const near = this.#othersBefore.length
    const where = `between lines ${from} and ${to}${near > 0 ? ' and at other times than the capture’s' : ''}`
    const advice = near === 0 || near === this.#kept.near ? '; give the part of the log that the capture covers' : ''
    return `${this.#dropped} of ${this.count} events, ${where}, were counted and not kept${advice}`
  }

  get dropsAny(): boolean {
    return this.#dropped > 0
  }

  /** How many events were not kept. */
  get #dropped(): number {
    return Math.max(0, this.#others - this.#kept.last)
  }

  #nextSlot(isNear: boolean): number {
    const { first, near, last } = this.#kept
    if (this.count < first) return this.count
    if (!isNear) return first + near + (this.#others++ % last)
    return first + this.#othersBefore.push(this.#others) - 1
  }

  /** Slots in the order of their lines, and how many events that were not kept came just before each. */
  *#slots(): Generator<{ readonly slot: number; readonly dropped: number }> {
    const { first, near, last } = this.#kept
    for (let slot = 0; slot < Math.min(this.count, first); slot++) yield { slot, dropped: 0 }
    let dropped = 0
    let other = 0
    for (let index = 0; index <= this.#othersBefore.length; index++) {
      const until = this.#othersBefore[index] ?? this.#others
      const kept = Math.max(other, Math.min(until, this.#dropped))
      dropped += kept - other
      for (other = kept; other < until; other++) {
        yield { slot: first + near + (other % last), dropped }
        dropped = 0
      }
      if (index === this.#othersBefore.length) return
      yield { slot: first + index, dropped }
      dropped = 0
    }
  }

  #addLong(slot: number, seen: SeenLine, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    const { pattern, format, encoding } = seen.telling
    const { line } = seen
    const time = Number.isNaN(seen.time) ? null : seen.time
    const head = keptHead(headOfLine(format, bytes, start, end, stamp, encoding))
    this.#long.set(slot, { pattern, line, time, head })
  }

  #addRecord(slot: number, seen: SeenLine, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    const chunk = this.#chunkWith(Field.WORDS + end - start + 2 * WORD)
    const at = this.#end
    const isStamped = seen.telling.format !== null
    // Numbers and bytes through views: a Buffer's own methods took longer than all else that is done for an event.
    chunk.times[at >> 3] = seen.time
    const { words } = chunk
    words[(at + Field.LINE) >> 2] = seen.line
    words[(at + Field.LENGTH) >> 2] = end - start
    words[(at + Field.STAMP_START) >> 2] = isStamped ? stamp.start - start : 0
    words[(at + Field.STAMP_END) >> 2] = isStamped ? stamp.end - start : 0
    words[(at + Field.START) >> 2] = start % WORD
    const source = this.#wordsOf(bytes)
    const shift = ((at + Field.WORDS) >> 2) - (start >> 2)
    for (let word = start >> 2; word << 2 < end; word++) words[word + shift] = source[word]!
    chunk.records++
    this.#places[slot] = (this.#chunk << CHUNK_BITS) | at
    this.#end = (at + Field.WORDS + (start % WORD) + end - start + ALIGNMENT - 1) & -ALIGNMENT
  }

  #wordsOf(bytes: Buffer): Int32Array {
    if (bytes !== this.#source) {
      this.#source = bytes
      this.#sourceWords = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    }
    return this.#sourceWords
  }

  /** The current chunk, a new one where this has no room for so many bytes. */
  #chunkWith(length: number): Chunk {
    if (this.#end + length > CHUNK) {
      this.#chunk = this.#spare === NOWHERE ? this.#chunks.push(new Chunk()) - 1 : this.#spare
      this.#spare = NOWHERE
      this.#end = 0
    }
    return this.#chunks[this.#chunk]!
  }

  #growPlaces(): void {
    const places = new Int32Array(2 * this.#places.length).fill(NOWHERE)
    places.set(this.#places)
    this.#places = places
  }

  /** Takes from a slot what it held before. */
  #release(slot: number): void {
    if (this.#long.size > 0) this.#long.delete(slot)
    const place = this.#places[slot]!
    if (place === NOWHERE) return
    this.#places[slot] = NOWHERE
    const chunk = place >> CHUNK_BITS
    if (--this.#chunks[chunk]!.records === 0 && chunk !== this.#chunk) this.#spare = chunk
  }

  #line(slot: number): KeptLine {
    const place = this.#places[slot]!
    return new KeptLine(this.#chunks[place >> CHUNK_BITS]!, place & (CHUNK - 1), this.#tellings[slot]!)
  }

  #lineOf(slot: number): number {
    return this.#long.get(slot)?.line ?? this.#line(slot).line
  }
}

const later = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)
