import { isAscii } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'
import { checkpoint } from '../checkpoint.ts'
import { CountedRuns } from './alike/counted-runs.ts'
import { type LikeLine, LikeLines, type LineToLearn, MAIN, type Tally } from './alike/like-lines.ts'
import type { EventKind, LogEvent, LogFile } from './event.ts'
import type { EventMatcher } from './event-matcher.ts'
import { CallEnds } from './facts/call-ends.ts'
import { type ShapeCounter, shapeOf } from './facts/shapes.ts'
import type { Encoding, LogFormat } from './format.ts'
import { headOfLine, OBJECT } from './format-line.ts'
import { FoundFormats } from './found-formats.ts'
import { LineTime } from './line-time.ts'
import { endOfWords } from './lines/line-end.ts'
import { LINE_NUMBERS, type LineFinder } from './lines/line-finder.ts'
import type { LineHandler, LineScanner } from './lines/line-scanner.ts'
import { logFileOf } from './log-file.ts'
import type { PeriodInLog } from './period.ts'
import { Stamp } from './stamps/stamp.ts'
import type { StampClock } from './stamps/stamp-clock.ts'
import { NO_SECOND, secondLayoutOf } from './stamps/stamp-place.ts'
import { EventStore } from './store/event-store.ts'
import type { Telling } from './store/line-memory.ts'

/** Events that are made without a turn of the event loop. */
const EVENTS_A_TURN = 2048
/** What stands in a decoded text for bytes that are not UTF-8. */
const REPLACEMENT = '\ufffd'

/** What a log's lines are read with. */
export interface Reading {
  readonly path: string
  /** Index of the log among those given. */
  readonly log: number
  /** Formats found in its beginning, the most frequent first. */
  readonly formats: readonly LogFormat[]
  /** All formats that there are. */
  readonly knownFormats: readonly LogFormat[]
  readonly matcher: EventMatcher
  /** Null where lines are read by themselves. */
  readonly finder: LineFinder | null
  readonly clock: StampClock
  /** Counts the lines that no pattern understood, where that is asked for. */
  readonly shapes: ShapeCounter | null
  /** False where the events are only to be counted. */
  readonly keepsEvents: boolean
  /** When the events happened that are kept above others; null where none are. */
  readonly period: PeriodInLog | null
}

/** What is known of a line before its words are decoded. */
interface LineHead {
  /** Null where none reads it. */
  readonly format: LogFormat | null
  /** Whose call it tells, where stamps say when calls began. */
  readonly thread: string | null
  /** Keywords in its words, as the matcher numbers them. */
  readonly seen: readonly number[]
  /** False where no pattern can match. */
  readonly mayBeEvent: boolean
  /** True where its keywords show when it is decoded, and not before. */
  readonly isHidden: boolean
}

/** Makes events of lines: reads every line's stamp, and takes those apart that hold a keyword. */
export class LogBuilder implements LineHandler {
  scanner!: LineScanner
  /** Lines with an event whose bytes are not UTF-8; read as Latin-1. */
  notUtf8 = 0
  readonly #reading: Reading
  readonly #stamp = new Stamp()
  /** Index of the current line's format. */
  #format = -1
  readonly #when = new LineTime()
  /** How the current line's stamp is laid out, where the next line may say its second again; `NO_SECOND` elsewhere. */
  #secondLayout = NO_SECOND
  readonly #calls = new CallEnds()
  readonly #tallies = new Map<EventKind, Tally>()
  readonly #store = new EventStore()
  readonly #likeLines: LikeLines | null
  /** Null where events are kept: then lines are told one by one. */
  readonly #runs: CountedRuns | null
  #understood = 0
  readonly #formats: FoundFormats

  constructor(reading: Reading) {
    this.#reading = reading
    this.#formats = new FoundFormats(reading.formats, reading.knownFormats)
    this.#likeLines = reading.finder && new LikeLines(reading.matcher, reading.finder)
    this.#runs = this.#newRuns()
  }

  #newRuns(): CountedRuns | null {
    const { clock, shapes, finder, keepsEvents } = this.#reading
    const likeLines = this.#likeLines
    if (finder === null || likeLines === null || keepsEvents) return null
    return new CountedRuns({ clock, shapes, finder, likeLines, tallyOf: (kind) => this.#tallyOf(kind) })
  }

  beginRun(): void {
    this.#likeLines?.beginRun()
  }

  line(bytes: Buffer, start: number, end: number): void {
    this.#format = this.#formats.of(bytes, start, end, this.#stamp)
    const known = this.#knownLike(start, end)
    if (known === null) this.#lineByItself(bytes, start, end)
    else this.#lineLike(known, bytes, start, end)
    this.#secondLayout = known === null ? NO_SECOND : this.#layoutOf(known)
  }

  /** How the current line's stamp is laid out, which is like others; `NO_SECOND` where no line can say its second again. */
  #layoutOf(known: LikeLine): number {
    const { slot } = this.scanner
    if (this.#format !== MAIN || Number.isNaN(this.#reading.clock.second) || slot === null) return NO_SECOND
    const isLookedUp = this.#likeLines!.ofSlot(slot) === known
    return isLookedUp && secondLayoutOf(this.#stamp) === known.stamp.second ? known.stamp.second : NO_SECOND
  }

  linesAgain(found: Int32Array, at: number, to: number, bytes: Buffer, start: number): number {
    if (this.#secondLayout === NO_SECOND) return at
    const counted = this.#countRun(at, to)
    const next = counted > at ? counted : this.#tellRun(found, at, to, bytes, start)
    const taken = (next - at) / LINE_NUMBERS
    this.#likeLines!.foundAgain(taken)
    this.#formats.lines[MAIN]! += taken
    this.#noteTime(this.#formats.all[MAIN]!)
    return next
  }

  #countRun(at: number, to: number): number {
    if (this.#runs === null) return at
    const { scanner } = this
    const stamps = { layout: this.#secondLayout, digits: this.#stamp.digits }
    const next = this.#runs.count(at, to, scanner.lines + 1, stamps)
    scanner.lines += (next - at) / LINE_NUMBERS
    return next
  }

  /** Takes lines one by one: all that can be, or, where those behind may be counted together, the first of them. */
  #tellRun(found: Int32Array, at: number, to: number, bytes: Buffer, start: number): number {
    const { scanner } = this
    const { clock } = this.#reading
    const stamp = this.#stamp
    const last = this.#runs?.mayCount(stamp.digits) === true ? Math.min(to, at + LINE_NUMBERS) : to
    let next = at
    for (; next < last; next += LINE_NUMBERS) {
      const nanoseconds = found[next + 2]!
      if (nanoseconds < 0) break
      const known = this.#likeLines!.findAgain(found[next + 1]!, this.#secondLayout)
      if (known === null) break
      const end = found[next]!
      scanner.lines++
      stamp.nanoseconds = nanoseconds
      stamp.start = start + known.stamp.start
      stamp.end = start + known.stamp.end
      clock.readAgain(stamp, scanner.lines)
      this.#when.time = clock.time
      this.#tellLike(known, bytes, start, endOfWords(bytes, start, end))
      start = end + 1
    }
    return next
  }

  /** A line as others were that differ from it in digits only. */
  #lineLike(known: LikeLine, bytes: Buffer, start: number, end: number): void {
    const format = this.#formats.all[this.#format]
    if (format === undefined) this.#when.unstamped(bytes[start]!, this.scanner.lines)
    else this.#readTime(format)
    this.#tellLike(known, bytes, start, end)
  }

  /** Takes the event of such a line, or counts its shape. */
  #tellLike(known: LikeLine, bytes: Buffer, start: number, end: number): void {
    const format = this.#formats.all[this.#format] ?? null
    const { shapes } = this.#reading
    const { lines } = this.scanner
    const { pattern } = known
    if (pattern !== null) {
      known.telling ??= { pattern, format, encoding: known.encoding, alike: known.events }
      known.tally ??= this.#tallyOf(pattern.kind)
      known.tally.events++
      this.#take(known.telling, bytes, start, end)
    } else if (shapes?.wants(lines)) {
      known.shape ??= shapeOf(headOfLine(format, bytes, start, end, this.#stamp, known.encoding).message)
      shapes.add(known.shape, lines)
    }
  }

  #lineByItself(bytes: Buffer, start: number, end: number): void {
    const seen = this.scanner.keywords(bytes, this.#words(start), end)
    if (this.#format < 0 && (this.#formats.all.length === 0 || seen.length > 0))
      this.#format = this.#formats.adopt(bytes, start, end, this.#stamp)
    const format = this.#format < 0 ? null : this.#formats.all[this.#format]!
    if (format === null) this.#when.unstamped(bytes[start]!, this.scanner.lines)
    else this.#readTime(format)
    const thread = format?.stampsBegin === true ? bytes.toString('latin1', start, this.#stamp.start) : null
    if (thread !== null && !Number.isNaN(this.#when.time)) this.#calls.next(thread, this.#when.time)
    const isHidden = format?.hidesWords?.(bytes, start, end) === true
    const mayBeEvent = isHidden || seen.length > 0 || this.#reading.matcher.triesAll
    const isDecoded = mayBeEvent || this.#reading.shapes?.wants(this.scanner.lines) === true
    const message = isDecoded ? this.#understand({ format, thread, seen, mayBeEvent, isHidden }, bytes, start, end) : ''
    if (!isHidden && this.#likeLines?.mayLearn() === true)
      this.#learn({ message, keywords: seen }, format, bytes, start, end)
  }

  /** Remembers the current line for those that are like it, where what it tells holds for them, too. */
  #learn(
    told: Pick<LineToLearn, 'message' | 'keywords'>,
    format: LogFormat | null,
    bytes: Buffer,
    start: number,
    end: number,
  ): void {
    const encoding = this.#encodingOf(bytes, start, end)
    if (encoding === null || (format === null && this.#formats.mayBeStamped(bytes, start, end))) return
    const words = this.#words(start)
    const holdsObject = format?.holdsObjects === true || bytes.subarray(words, end).includes(OBJECT)
    const form = { format: this.#format, words, holdsObject }
    this.#likeLines!.learn({ ...told, ...form, encoding }, bytes, start, end, this.#stamp)
  }

  /** Takes the event that the current line tells, or counts its shape; returns its words. */
  #understand(
    { format, thread, seen, mayBeEvent, isHidden }: LineHead,
    bytes: Buffer,
    start: number,
    end: number,
  ): string {
    const { matcher, shapes } = this.#reading
    const { lines } = this.scanner
    const encoding = this.#encodingOf(bytes, start, end)
    if (encoding === null) this.notUtf8++
    const { message } = headOfLine(format, bytes, start, end, this.#stamp, encoding ?? 'latin1')
    const pattern = mayBeEvent ? matcher.match(message, isHidden ? matcher.seenIn(message) : seen) : null
    if (pattern !== null) {
      this.#tallyOf(pattern.kind).events++
      this.#take({ pattern, format, encoding: encoding ?? 'latin1', alike: null }, bytes, start, end)
      if (thread !== null) this.#calls.told(thread, pattern.kind, lines, this.#when.time, message)
    } else if (shapes?.wants(lines)) shapes.add(shapeOf(message), lines)
    return message
  }

  /** What is known of lines like the current one; null where nothing is, or where it must be read by itself. */
  #knownLike(start: number, end: number): LikeLine | null {
    const likeLines = this.#likeLines
    if (likeLines === null) return null
    const { words, slot, lines } = this.scanner
    const format = this.#formats.all[this.#format]
    const isBlind = (format === undefined || format.isDigitBlind === true) && !this.#reading.matcher.triesAll
    if (words === null || !isBlind) likeLines.forgetLast()
    else if (slot !== null) return likeLines.findInRun(slot, this.#format, start, end, this.#stamp)
    else if (this.#isAsked(lines) && likeLines.isWorthwhile(lines))
      return likeLines.find(this.#format, start, end, this.#stamp)
    else likeLines.forgetLast()
    return null
  }

  /** True where the current line may tell an event, or its shape is to be counted. */
  #isAsked(line: number): boolean {
    return this.scanner.isSuspect || this.#reading.shapes?.wants(line) === true
  }

  /** The time of the current line by its stamp, which lines without one take from it. */
  #readTime(format: LogFormat): void {
    this.#formats.lines[this.#format]!++
    this.#reading.clock.read(this.#stamp, this.scanner.lines)
    this.#noteTime(format)
  }

  #noteTime(format: LogFormat): void {
    this.#when.stamped(this.#reading.clock, format, this.scanner.lines)
  }

  /** Takes the stamp of the current line's event, and keeps the line if that was asked for. */
  #take(telling: Telling, bytes: Buffer, start: number, end: number): void {
    const { clock, keepsEvents } = this.#reading
    const time = this.#when.time
    this.#understood++
    if (telling.format !== null && !Number.isNaN(time)) clock.readEvent(this.#stamp, time)
    if (!keepsEvents) return
    const seen = { telling, line: this.scanner.lines, time }
    this.#store.add(seen, this.#isInPeriod(time), bytes, start, end, this.#stamp)
  }

  #isInPeriod(time: number): boolean {
    const { period, clock } = this.#reading
    if (period === null || Number.isNaN(time) || !this.#store.isSelective) return false
    return period.holds(clock, time / 1e9)
  }

  #tallyOf(kind: EventKind): Tally {
    const known = this.#tallies.get(kind) ?? { events: 0 }
    this.#tallies.set(kind, known)
    return known
  }

  /** Where the current line's words begin: keywords before its stamp tell nothing. */
  #words(start: number): number {
    const format = this.#formats.all[this.#format]
    return format === undefined || format.whole !== undefined ? start : this.#stamp.end
  }

  /** Bytes of ASCII are the same in either encoding, and quicker as Latin-1. Null where they are not UTF-8. */
  #encodingOf(bytes: Buffer, start: number, end: number): Encoding | null {
    if (this.#isAscii(bytes, start, end)) return 'latin1'
    return bytes.toString('utf8', start, end).includes(REPLACEMENT) ? null : 'utf8'
  }

  #isAscii(bytes: Buffer, start: number, end: number): boolean {
    return this.scanner.onlyAscii || isAscii(bytes.subarray(start, end))
  }

  /**
   * Makes the events that were kept, up to where `signal` is aborted meanwhile: they take memory that may be scarce. Turns of
   * the event loop let it through.
   */
  async events(signal: AbortSignal | undefined): Promise<LogEvent[]> {
    const wasAborted = signal?.aborted === true
    const events: LogEvent[] = []
    const endOf = (line: number, time: number | null) => this.#calls.endOf(line, time)
    for (const event of this.#store.events(this.#reading.log, endOf)) {
      events.push(event)
      checkpoint()
      if (events.length % EVENTS_A_TURN === 0) await setImmediate()
      if (signal?.aborted && !wasAborted) break
    }
    return events
  }

  /** The log as read, with its `events`. `warnings` are told besides the builder's own. */
  file(events: readonly LogEvent[], warnings: readonly string[], complete: boolean): LogFile {
    const { path, log, clock, shapes } = this.#reading
    const formats = this.#formats.counts()
    const kinds = new Map([...this.#tallies].map(([kind, { events: told }]) => [kind, told]))
    const { notUtf8 } = this
    const understood = this.#understood + (this.#runs?.understood ?? 0)
    const [lines, store] = [this.scanner.lines, this.#store]
    const read = { path, log, formats, clock, lines, understood, kinds, store, notUtf8, shapes }
    return logFileOf(read, events, warnings, complete)
  }
}
