import { setImmediate } from 'node:timers/promises'
import { endOfPlaces, ReadAhead } from '../../capture/source/read-ahead.ts'
import type { LineFinder } from './line-finder.ts'
import { type LineScanner, MAX_LINE, SLACK } from './line-scanner.ts'
import type { TextSource } from './text-source.ts'

const CHUNK = 1 << 20
/** What is left of one is the beginning of a line. */
const PLACES = { start: 0, head: MAX_LINE, length: CHUNK }
/**
 * All that is in memory. The build sees to it that the finder has room for it.
 * @public
 */
export const WINDOW_BYTES = endOfPlaces(PLACES) + SLACK
const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d

/** The part of a log that is in memory: two reused places, so that a log of any size takes the same. */
export class LineWindow {
  readonly bytes: Buffer
  readonly #words: Int32Array
  readonly #source: TextSource
  readonly #ahead: ReadAhead
  /** Bytes that were read and not consumed: from here to `#end`. */
  #start: number
  #end: number
  #skipping = false
  /** True where the last line has no end. */
  unended = false
  holdsZeros = false
  /** What ends a line. A lone CR does so only where no LF is: within other logs it redraws a progress line. */
  terminator = NEWLINE

  /** Its memory is the finder's, where there is one. */
  constructor(source: TextSource, finder: LineFinder | null) {
    this.bytes = finder?.bytes.subarray(0, WINDOW_BYTES) ?? Buffer.alloc(WINDOW_BYTES)
    this.#words = new Int32Array(this.bytes.buffer, this.bytes.byteOffset, WINDOW_BYTES >> 2)
    this.#source = source
    this.#ahead = new ReadAhead(source, this.bytes, PLACES)
    this.#start = this.#ahead.next
    this.#end = this.#start
  }

  /** Reads the first bytes; returns them. */
  async begin(): Promise<Buffer> {
    const room = this.bytes.subarray(0, this.#start + CHUNK)
    let count = 1
    for (; count > 0 && this.#end < room.length; this.#end += count) count = await this.#source.read(room, this.#end)
    const head = room.subarray(this.#start, this.#end)
    this.terminator = head.includes(NEWLINE) || !head.includes(CARRIAGE_RETURN) ? NEWLINE : CARRIAGE_RETURN
    this.#ahead.turn()
    return head
  }

  /** Hands all lines to the scanner, up to where `signal` is aborted. The memory may be another log's after that. */
  async drain(scanner: LineScanner, signal?: AbortSignal): Promise<void> {
    try {
      await this.#scanAll(scanner, signal)
    } finally {
      await this.#ahead.settled()
    }
  }

  /** A turn of the event loop lets the signal through. */
  async #scanAll(scanner: LineScanner, signal?: AbortSignal): Promise<void> {
    do {
      this.#consume(scanner)
      await setImmediate()
      if (signal?.aborted) return
    } while (await this.#goOn())
    this.unended = this.#end > this.#start
    if (this.unended) scanner.scanRest(this.bytes, this.#start, this.#end)
  }

  /** Goes on with the bytes that come next: what is left moves before them. False where there are none. */
  async #goOn(): Promise<boolean> {
    const count = await this.#ahead.arrival()
    if (count === 0) return false
    const { next } = this.#ahead
    const start = next - (this.#end - this.#start)
    this.bytes.copyWithin(start, this.#start, this.#end)
    this.#start = start
    this.#end = next + count
    this.#ahead.turn()
    return true
  }

  #consume(scanner: LineScanner): void {
    const bytes = this.bytes.subarray(this.#start, this.#end)
    const from = this.#skipping ? this.#endOfSkipped() : this.#start
    scanner.begin(bytes)
    this.#start = scanner.scan(this.bytes, this.#words, from, this.#end)
    // They are in the cache now.
    this.holdsZeros ||= bytes.includes(0)
    if (this.#skipping || this.#end - this.#start <= MAX_LINE) return
    scanner.scanRest(this.bytes, this.#start, this.#end)
    this.#skipping = true
    this.#start = this.#end
  }

  /** Passes over the rest of a line that is too long; returns where the next line begins. */
  #endOfSkipped(): number {
    const end = this.bytes.subarray(this.#start, this.#end).indexOf(this.terminator)
    if (end < 0) return this.#end
    this.#skipping = false
    return this.#start + end + 1
  }
}
