import { formatDuration } from '../text/duration.ts'
import { counted } from '../text/plural.ts'
import { excerpt, visible } from '../text/visible.ts'
import { visibleJson } from '../text/visible-json.ts'
import { pad } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import type { LogEvent, LogFile } from './event.ts'
import { formatLogTime } from './stamps/log-time.ts'
import { formatStep } from './stamps/tick.ts'

const SCHEMA_VERSION = 1
const SHAPES_SHOWN = 10
const NAME_WIDTH = 18

/** What was found in each log, for people. `all` shows every shape that is known. */
export function* summariesAsText(logs: readonly LogFile[], width: number, all: boolean): Generator<string> {
  for (const [index, log] of logs.entries()) {
    if (index > 0) yield '\n'
    yield `${visible(log.path)}\n`
    for (const [name, value] of facts(log))
      for (const [at, line] of wrap(value, width - NAME_WIDTH - 2).entries())
        yield `  ${pad(at === 0 ? name : '', NAME_WIDTH)}${line}\n`
    yield* shapesAsText(log, width, all)
  }
}

function* facts(log: LogFile): Generator<readonly [string, string]> {
  const others = log.formats.slice(1).filter((format) => format.lines > 0)
  const mixed = others.map((format) => `${format.id} on ${counted(format.lines, 'line')}`)
  yield ['format', [log.format, ...mixed].join(', also ')]
  if (log.rotation !== null)
    yield ['part', `${log.rotation.part + 1} of ${log.rotation.parts} of ${visible(log.rotation.stem)}`]
  yield ['clock', clockOf(log)]
  if (log.firstTime !== null && log.lastTime !== null)
    yield [
      'span',
      `${formatLogTime(log, log.firstTime)} to ${formatLogTime(log, log.lastTime)} (${formatDuration(Math.abs(log.lastTime - log.firstTime))})`,
    ]
  yield ['lines', `${log.lines}, ${log.stamped} with a time`]
  const understood = log.lines - log.unparsed
  yield ['events', `${counted(understood, 'line')} understood, ${log.unparsed} not`]
  const kinds = [...log.kinds].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  for (const [kind, count] of kinds) yield [`  ${kind}`, String(count)]
  for (const warning of log.warnings) yield ['warning', visible(warning)]
}

function clockOf(log: LogFile): string {
  if (log.stamped === 0) return 'no times'
  if (log.sinceStart) return `since a start, step ${formatStep(log.tick)}`
  const date = log.dated ? (log.yearless ? 'month and day, no year' : 'dated') : 'no date'
  const zone = log.zoned ? 'zone known' : 'zone unknown'
  return `${date}, ${zone}, step ${formatStep(log.tick)}`
}

function* shapesAsText(log: LogFile, width: number, all: boolean): Generator<string> {
  const shown = all ? log.shapes : log.shapes.slice(0, SHAPES_SHOWN)
  if (shown.length === 0) return
  yield '  most frequent lines that no event pattern understood (# is a number):\n'
  for (const { shape, count, line } of shown)
    yield `    ${pad(String(count), 9, 'right')}  ${excerpt(shape, Math.max(20, width - 30))}  (line ${line})\n`
  if (shown.length < log.shapes.length) yield `    ${log.shapes.length - shown.length} more with --verbose\n`
}

/** What was found in each log, for programs. */
export function* summariesAsJson(logs: readonly LogFile[]): Generator<string> {
  const document = { schemaVersion: SCHEMA_VERSION, logs: logs.map(summary) }
  yield `${visibleJson(document, 2)}\n`
}

function summary(log: LogFile): object {
  const printed = (time: number | null) => (time === null ? null : formatLogTime(log, time))
  return {
    path: log.path,
    format: log.format,
    formats: log.formats,
    rotation: log.rotation,
    dated: log.dated,
    yearless: log.yearless,
    zoned: log.zoned,
    tickMs: log.tick / 1e6,
    firstTime: printed(log.firstTime),
    lastTime: printed(log.lastTime),
    lines: log.lines,
    stamped: log.stamped,
    events: log.lines - log.unparsed,
    unparsed: log.unparsed,
    kinds: Object.fromEntries([...log.kinds].sort(([a], [b]) => (a < b ? -1 : 1))),
    silences: log.silences.map((each) => ({
      from: printed(each.from),
      to: printed(each.to),
      durationMs: (each.to - each.from) / 1e6,
      line: each.line,
    })),
    shapes: log.shapes,
    complete: log.complete,
    warnings: log.warnings,
  }
}

/** Every event on a line of its own, with the facts that its line tells. */
export function* eventsAsNdjson(logs: readonly LogFile[]): Generator<string> {
  for (const log of logs)
    for (const event of log.events) yield `${visibleJson({ path: log.path, ...told(log, event) })}\n`
}

function told(log: LogFile, event: LogEvent): object {
  const { time, handles, ...facts } = event
  const present = Object.entries(facts).filter(([, value]) => value !== null)
  return {
    time: time === null ? null : formatLogTime(log, time),
    ...Object.fromEntries(present),
    ...(handles.length > 0 ? { handles } : {}),
  }
}
