import type { Readable } from 'node:stream'
import { unpack } from '../capture/packed/unpack.ts'
import type { ByteSource, SourceFault } from '../capture/source/byte-source.ts'
import { openSource } from '../capture/source/open-source.ts'
import { WindowSource } from '../capture/source/window-source.ts'
import { visible } from '../text/visible.ts'
import { detectFormats } from './detect-format.ts'
import type { LogFile } from './event.ts'
import { EventMatcher } from './event-matcher.ts'
import { ShapeCounter } from './facts/shapes.ts'
import type { LogFormat } from './format.ts'
import { FORMATS } from './formats.ts'
import { endLineFinder, type LineFinder, startLineFinder } from './lines/line-finder.ts'
import { LineScanner, MAX_LINE } from './lines/line-scanner.ts'
import { LineWindow } from './lines/line-window.ts'
import { TextSource } from './lines/text-source.ts'
import { LogBuilder } from './log-builder.ts'
import { notALog } from './not-a-log.ts'
import type { EventPattern } from './pattern.ts'
import { PATTERNS } from './patterns.ts'
import { type Period, PeriodInLog } from './period.ts'
import { StampClock } from './stamps/stamp-clock.ts'

export interface ReadLogOptions {
  /** Formats to know besides the shipped ones; they are tried first. */
  readonly formats?: readonly LogFormat[]
  /** Event patterns besides the shipped ones; they are tried first. */
  readonly patterns?: readonly EventPattern[]
  /** True to list the shapes of lines that no pattern understood. */
  readonly shapes?: boolean
  /** False to count the events without keeping them. */
  readonly events?: boolean
  /** When what is asked about happened: of a log with very many events, those of then are kept. */
  readonly period?: Period
  /** What the path `-` reads. */
  readonly stdin?: Readable
  /** Ends what keeps one waiting (a pipe) when it is aborted, as if it had ended there. */
  readonly signal?: AbortSignal
}

/**
 * Reads a log to its end, unpacking gzip, zstd and lz4. `logIndex` is its place among those given. Damaged bytes never
 * make it throw: what could not be read is in `warnings`, and `complete` is false. A path that cannot be opened, or whose
 * bytes are no text from the start, is a Failure.
 */
export async function readLog(path: string, logIndex: number, options: ReadLogOptions = {}): Promise<LogFile> {
  const { source, size } = openSource(path, options.stdin, options.signal)
  const { window } = await unpack(source, path, { size })
  const unpacked = new WindowSource(window)
  try {
    return await readLogFrom(unpacked, path, logIndex, options)
  } finally {
    await unpacked.close()
  }
}

/** Reads a log from a source of bytes; {@link readLog} for files. */
export async function readLogFrom(
  source: ByteSource,
  path: string,
  logIndex: number,
  options: ReadLogOptions = {},
): Promise<LogFile> {
  const finder = startLineFinder()
  try {
    return await readLines(source, path, logIndex, options, finder)
  } finally {
    if (finder !== null) endLineFinder(finder)
  }
}

async function readLines(
  source: ByteSource,
  path: string,
  logIndex: number,
  options: ReadLogOptions,
  finder: LineFinder | null,
): Promise<LogFile> {
  const text = new TextSource(source)
  await text.open()
  const refusal = notALog(path, text.head, text.encoding)
  if (refusal !== null) throw refusal
  const window = new LineWindow(text, finder)
  const head = await window.begin()
  const matcher = matcherOf(options.patterns ?? [])
  const knownFormats = [...(options.formats ?? []), ...FORMATS]
  const builder = new LogBuilder({
    path,
    log: logIndex,
    formats: detectFormats(knownFormats, head, window.terminator),
    knownFormats,
    matcher,
    finder,
    clock: new StampClock(),
    shapes: options.shapes === true ? new ShapeCounter() : null,
    keepsEvents: options.events !== false,
    period: options.period === undefined ? null : new PeriodInLog(options.period),
  })
  builder.scanner = new LineScanner(matcher, window.terminator, builder, finder)
  await window.drain(builder.scanner, options.signal)
  const events = await builder.events(options.signal)
  const warnings = [...warningsOf(window, builder.scanner.longLines, text.fault), ...source.warnings()]
  const interrupted = options.signal?.aborted === true
  if (interrupted) warnings.push('reading was interrupted: lines that come after are not told of')
  return builder.file(events, warnings, text.fault === null && !interrupted)
}

let shipped: EventMatcher | null = null

/** The shipped patterns are compiled once, for however many logs. */
function matcherOf(patterns: readonly EventPattern[]): EventMatcher {
  if (patterns.length > 0) return new EventMatcher([...patterns, ...PATTERNS])
  shipped ??= new EventMatcher(PATTERNS)
  return shipped
}

function warningsOf(window: LineWindow, longLines: number, fault: SourceFault | null): string[] {
  const warnings: string[] = []
  if (fault !== null) warnings.push(`reading ended early: ${visible(fault.message)}`)
  if (window.holdsZeros) warnings.push('it holds zero bytes, as a crash or a mixture of encodings leaves them')
  if (longLines > 0)
    warnings.push(
      `${longLines} ${longLines === 1 ? 'line is' : 'lines are'} longer than ${MAX_LINE} bytes; the rest of each was passed over`,
    )
  if (window.unended) warnings.push('the last line has no end: the log was still being written, or it was cut')
  return warnings
}
