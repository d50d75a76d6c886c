import { detectFormats } from './detect-format.ts'
import type { EventKind, LogEvent, LogFile } from './event.ts'
import { EventMatcher } from './event-matcher.ts'
import type { Head, LogFormat } from './format.ts'
import { readHead, readStamp } from './format-line.ts'
import { LineScanner } from './line-scanner.ts'
import { LogClock } from './log-clock.ts'
import type { EventPattern } from './pattern.ts'
import { Stamp, StampDate } from './stamp.ts'

const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d
/** Bytes of a line that are looked at; the rest of a longer one is passed over and counted. */
const MAX_LINE = 1 << 16
const WINDOW = (1 << 20) + MAX_LINE
const TEXT_LENGTH = 500

export interface Vocabulary {
  readonly formats: readonly LogFormat[]
  readonly patterns: readonly EventPattern[]
}

/** Makes a LogFile of the bytes pushed into it, in memory that their number does not change. */
export class LogBuilder {
  readonly #path: string
  readonly #log: number
  readonly #vocabulary: Vocabulary
  readonly #window = Buffer.allocUnsafe(WINDOW)
  #filled = 0
  #scanner: LineScanner | null = null
  #terminator = NEWLINE
  #matcher!: EventMatcher
  #formats: readonly LogFormat[] = []
  #skipping = false
  #longLines = 0
  #unended = false
  readonly #stamp = new Stamp()
  readonly #clock = new LogClock()
  readonly #events: LogEvent[] = []
  readonly #kinds = new Map<EventKind, number>()
  readonly #byFormat = new Map<string, number>()

  constructor(path: string, log: number, vocabulary: Vocabulary) {
    this.#path = path
    this.#log = log
    this.#vocabulary = vocabulary
  }

  /** Takes the next bytes. They may be overwritten after. */
  push(bytes: Uint8Array): void {
    let at = 0
    while (at < bytes.length) {
      const count = Math.min(bytes.length - at, WINDOW - this.#filled)
      this.#window.set(bytes.subarray(at, at + count), this.#filled)
      this.#filled += count
      at += count
      if (this.#filled === WINDOW || this.#scanner !== null) this.#consume()
    }
  }

  finish(): LogFile {
    this.#consume()
    if (this.#filled > 0 && !this.#skipping) {
      this.#scanner!.scanRest(this.#window, 0, this.#filled)
      this.#unended = true
    }
    return this.#file()
  }

  #consume(): void {
    const scanner = this.#scanner ?? this.#begin()
    let from = 0
    if (this.#skipping) {
      const end = this.#window.subarray(0, this.#filled).indexOf(this.#terminator)
      if (end < 0) {
        this.#filled = 0
        return
      }
      this.#skipping = false
      from = end + 1
    }
    let rest = scanner.scan(this.#window, from, this.#filled)
    if (this.#filled - rest > MAX_LINE) {
      scanner.scanRest(this.#window, rest, rest + MAX_LINE)
      this.#longLines++
      this.#skipping = true
      rest = this.#filled
    }
    this.#window.copyWithin(0, rest, this.#filled)
    this.#filled -= rest
  }

  /** Decides on the first window: line ends and formats. */
  #begin(): LineScanner {
    const head = this.#window.subarray(0, this.#filled)
    this.#terminator = head.includes(NEWLINE) || !head.includes(CARRIAGE_RETURN) ? NEWLINE : CARRIAGE_RETURN
    this.#matcher = new EventMatcher(this.#vocabulary.patterns, this.#terminator)
    this.#formats = detectFormats(this.#vocabulary.formats, head, this.#terminator).map((found) => found.format)
    this.#scanner = new LineScanner(this.#matcher.automaton, this)
    return this.#scanner
  }

  line(bytes: Buffer, start: number, end: number): void {
    const scanner = this.#scanner!
    const format = this.#formatOf(bytes, start, end)
    const time = format === null ? null : this.#clock.read(this.#stamp, scanner.lines)
    if (format !== null) this.#byFormat.set(format.id, (this.#byFormat.get(format.id) ?? 0) + 1)
    if (scanner.hits.length === 0) return
    const head = format === null ? null : readHead(format, bytes, start, end, this.#stamp)
    this.#understand(head ?? bare(bytes.toString('utf8', start, end)), time, scanner.lines, scanner.hits)
  }

  /** The format of a line, its stamp read; the log's main one first. */
  #formatOf(bytes: Buffer, start: number, end: number): LogFormat | null {
    const main = this.#formats[0]
    if (main !== undefined && readStamp(main, bytes, start, end, this.#stamp)) return main
    for (let i = 1; i < this.#formats.length; i++)
      if (readStamp(this.#formats[i]!, bytes, start, end, this.#stamp)) return this.#formats[i]!
    return null
  }

  #understand(head: Head, time: number | null, line: number, hits: readonly number[]): void {
    const understood = this.#matcher.match(head.message, hits)
    if (understood === null) return
    this.#kinds.set(understood.kind, (this.#kinds.get(understood.kind) ?? 0) + 1)
    this.#events.push({
      kind: understood.kind,
      pattern: understood.pattern,
      log: this.#log,
      line,
      time,
      thread: head.thread,
      level: head.level,
      process: head.process,
      ...understood.facts,
      text: head.message.slice(0, TEXT_LENGTH),
    })
  }

  #file(): LogFile {
    const clock = this.#clock
    const lines = this.#scanner?.lines ?? 0
    const { tick } = clock.tick.find()
    return {
      path: this.#path,
      format: this.#formats[0]?.id ?? 'none',
      base: clock.base,
      dated: clock.date === StampDate.FULL || clock.date === StampDate.YEARLESS,
      yearless: clock.date === StampDate.YEARLESS,
      zoned: clock.zoned,
      tick,
      lines,
      stamped: clock.stamped,
      unparsed: lines - this.#events.length,
      firstTime: clock.first,
      lastTime: clock.last,
      silences: clock.silences,
      warnings: this.#warnings(),
      complete: true,
      kinds: this.#kinds,
      events: this.#events,
    }
  }

  #warnings(): string[] {
    const clock = this.#clock
    const back = clock.backward
    const warnings: string[] = []
    if (clock.stamped === 0) warnings.push('no line has a time that can be read')
    if (back !== null)
      warnings.push(
        `times go backwards ${back.count} times, first on line ${back.line}, by ${back.largest / 1e6} ms at most; kept as they are`,
      )
    if (clock.foreign > 0) warnings.push(`${clock.foreign} lines have a time of another kind than the others; not used`)
    if (clock.mixedZones > 0)
      warnings.push(`${clock.mixedZones} lines name a zone and others none; none is taken as UTC`)
    if (this.#longLines > 0)
      warnings.push(`${this.#longLines} lines are longer than ${MAX_LINE} bytes; only their beginning was read`)
    if (this.#unended) warnings.push('the last line has no end')
    return warnings
  }
}

function bare(message: string): Head {
  return { level: null, thread: null, process: null, message }
}
