import { isAscii } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'
import type { LineFinder } from './line-finder.ts'
import { type LineScanner, SLACK } from './line-scanner.ts'
import type { TextSource } from './text-source.ts'

/** Bytes of a line that are looked at; the rest of a longer one is passed over and counted. */
export const MAX_LINE = 1 << 16
const CHUNK = 1 << 20
/**
 * All that is in memory. The build sees to it that the finder has room for it.
 * @public
 */
export const WINDOW_BYTES = CHUNK + MAX_LINE + SLACK
const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d

/** The part of a log that is in memory: one reused buffer, so that a log of any size takes the same. */
export class LineWindow {
  readonly bytes: Buffer
  readonly #words: Int32Array
  readonly #capacity = CHUNK + MAX_LINE
  #filled = 0
  #skipping = false
  longLines = 0
  /** True where the last line has no end. */
  unended = false
  holdsZeros = false
  /** What ends a line. A lone CR does so only where no LF is: within other logs it redraws a progress line. */
  terminator = NEWLINE

  /** Its memory is the finder's, where there is one. */
  constructor(finder: LineFinder | null) {
    this.bytes = finder?.bytes.subarray(0, WINDOW_BYTES) ?? Buffer.alloc(WINDOW_BYTES)
    this.#words = new Int32Array(this.bytes.buffer, this.bytes.byteOffset, WINDOW_BYTES >> 2)
  }

  /** Reads the first bytes; returns them. */
  async begin(source: TextSource): Promise<Buffer> {
    while (this.#filled < this.#capacity && (await this.#read(source)) > 0);
    const head = this.bytes.subarray(0, this.#filled)
    this.terminator = head.includes(NEWLINE) || !head.includes(CARRIAGE_RETURN) ? NEWLINE : CARRIAGE_RETURN
    return head
  }

  /** Hands all lines to the scanner, up to where `signal` is aborted. A turn of the event loop lets it through. */
  async drain(source: TextSource, scanner: LineScanner, signal?: AbortSignal): Promise<void> {
    do {
      this.#consume(scanner)
      await setImmediate()
      if (signal?.aborted) return
    } while ((await this.#read(source)) > 0)
    this.unended = this.#filled > 0
    if (this.#filled > 0) scanner.scanRest(this.bytes, 0, this.#filled)
  }

  async #read(source: TextSource): Promise<number> {
    const count = await source.read(this.bytes.subarray(0, this.#capacity), this.#filled)
    this.holdsZeros ||= this.bytes.subarray(this.#filled, this.#filled + count).includes(0)
    this.#filled += count
    return count
  }

  #consume(scanner: LineScanner): void {
    const from = this.#skipping ? this.#endOfSkipped() : 0
    scanner.onlyAscii = isAscii(this.bytes.subarray(0, this.#filled))
    let rest = scanner.scan(this.bytes, this.#words, from, this.#filled)
    if (!this.#skipping && this.#filled - rest > MAX_LINE) {
      scanner.scanRest(this.bytes, rest, rest + MAX_LINE)
      this.longLines++
      this.#skipping = true
      rest = this.#filled
    }
    this.bytes.copyWithin(0, rest, this.#filled)
    this.#filled -= rest
  }

  /** Passes over the rest of a line that is too long; returns where the next line begins. */
  #endOfSkipped(): number {
    const end = this.bytes.subarray(0, this.#filled).indexOf(this.terminator)
    if (end < 0) return this.#filled
    this.#skipping = false
    return end + 1
  }
}
