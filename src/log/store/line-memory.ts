import type { AlikeEvents } from '../alike/alike-events.ts'
import { eventOf, keptHead } from '../alike/sighting.ts'
import type { LogEvent } from '../event.ts'
import type { Encoding, Head, LogFormat } from '../format.ts'
import { headOfLine } from '../format-line.ts'
import type { EventPattern } from '../pattern.ts'
import { Stamp } from '../stamps/stamp.ts'

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
export class KeptLine {
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
 * Lines as their bytes, a record each, in slots that may be taken again: an object each, which the last ones replace all the
 * time, made the collector's work a fifth of the reading.
 */
export class LineMemory {
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

  /** Keeps the line `[start, end)` of `bytes`, which lie at a word's beginning and go on to the end of one, and where its stamp stands. */
  put(slot: number, seen: SeenLine, bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    if (slot >= this.#places.length) this.#growPlaces(slot)
    this.release(slot)
    this.#tellings[slot] = seen.telling
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

  #growPlaces(slot: number): void {
    let length = 2 * this.#places.length
    while (length <= slot) length *= 2
    const places = new Int32Array(length).fill(NOWHERE)
    places.set(this.#places)
    this.#places = places
  }

  /** Takes from a slot what it held before. */
  release(slot: number): void {
    const place = this.#places[slot] ?? NOWHERE
    if (place === NOWHERE) return
    this.#places[slot] = NOWHERE
    const chunk = place >> CHUNK_BITS
    if (--this.#chunks[chunk]!.records === 0 && chunk !== this.#chunk) this.#spare = chunk
  }

  line(slot: number): KeptLine {
    const place = this.#places[slot]!
    return new KeptLine(this.#chunks[place >> CHUNK_BITS]!, place & (CHUNK - 1), this.#tellings[slot]!)
  }
}
