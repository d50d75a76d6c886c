import { counted } from '../text/plural.ts'
import type { EventKind, LogEvent, LogFile } from './event.ts'
import type { ShapeCounter } from './facts/shapes.ts'
import { StampDate } from './stamps/stamp.ts'
import type { StampClock } from './stamps/stamp-clock.ts'
import type { EventStore } from './store/event-store.ts'

/** What is known of a log once its lines were read. */
export interface ReadLines {
  readonly path: string
  /** Index of the log among those given. */
  readonly log: number
  /** The formats that read its lines, the main one first, and how many each. */
  readonly formats: LogFile['formats']
  readonly clock: StampClock
  readonly lines: number
  /** Lines that tell an event. */
  readonly understood: number
  /** How many events of each kind they tell. */
  readonly kinds: ReadonlyMap<EventKind, number>
  readonly store: EventStore
  /** Lines with an event whose bytes are not UTF-8. */
  readonly notUtf8: number
  readonly shapes: ShapeCounter | null
}

/** The log as read, with its `events`. `warnings` are told besides those of its lines. */
export function logFileOf(
  read: ReadLines,
  events: readonly LogEvent[],
  warnings: readonly string[],
  complete: boolean,
): LogFile {
  const { path, log, formats, clock, lines, understood } = read
  return {
    path,
    format: formats[0]?.id ?? 'none',
    formats,
    base: clock.base,
    otherBase: clock.otherBase,
    dated: clock.date === StampDate.FULL || clock.date === StampDate.YEARLESS,
    sinceStart: clock.date === StampDate.SINCE_START,
    yearless: clock.date === StampDate.YEARLESS,
    zoned: clock.zoned,
    tick: clock.step(),
    lines,
    stamped: clock.stamped,
    unparsed: lines - understood,
    firstTime: clock.newestFirst ? clock.last : clock.first,
    lastTime: clock.newestFirst ? clock.first : clock.last,
    silences: clock.silences.map((silence) => ({ ...silence, log })),
    warnings: [...warnings, ...clock.warnings(lines), ...warningsOf(read)],
    complete,
    kinds: kindsOf(read),
    events: clock.newestFirst ? turnedRound(events, lines) : events,
    rotation: null,
    shapes: read.shapes?.most() ?? [],
  }
}

/** The reader itself leaves out lines where it does not keep their events. */
function kindsOf({ kinds, store }: ReadLines): Map<EventKind, number> {
  const all = new Map(kinds)
  if (store.dropsAny) all.set('lines-dropped', (all.get('lines-dropped') ?? 0) + 1)
  return all
}

function warningsOf({ kinds, store, notUtf8 }: ReadLines): string[] {
  const dropped = store.dropped()
  const warnings = dropped === null ? [] : [dropped]
  const leftOut = kinds.get('lines-dropped') ?? 0
  if (leftOut > 0)
    warnings.push(
      `${counted(leftOut, 'line says', 'lines say')} that others were left out: what is not told near them may have happened`,
    )
  if (notUtf8 > 0)
    warnings.push(
      `${counted(notUtf8, 'line with an event is', 'lines with events are')} not UTF-8, and read as Latin-1`,
    )
  return warnings
}

/** Events of a log whose newest line comes first, in the order in which they happened. */
const turnedRound = (events: readonly LogEvent[], lines: number): LogEvent[] =>
  events.toReversed().map((event) => ({ ...event, order: lines + 1 - event.line }))
