import type { LogEvent } from '../../log/event.ts'
import { formatDuration } from '../../text/duration.ts'
import { LATE_ACCEPT } from '../accepts/late-accept.ts'
import { type Anchor, EARLY, type OffsetWindow } from './anchor.ts'
import type { LogTimes } from './nominal-time.ts'

/** Somebody set the log's clock while the process wrote: NTP, an operator, a virtual machine that was resumed. */
export interface ClockStep {
  /** Nanoseconds that it was set forward by; negative where back. */
  readonly by: number
  /** The last line before it and the first one after it, as far as lines tell. */
  readonly after: LogEvent
  readonly before: LogEvent
}

/** So many lines must agree on either side. */
const SIDE_NEEDED = 2
/** One line in five may be an outlier, written late. */
const OUTLIERS = 0.2
/** Zones lie on quarter hours: of two clocks the right one is nearer to one. */
const ZONE_STEP = 900e9

/** A clock that is set more often is none that a log can be read by. */
const MOST_STEPS = 16

/** Lines, in their order, that one offset holds for. */
interface Stretch extends Pick<OffsetWindow, 'from' | 'to'> {
  readonly anchors: readonly Anchor[]
}

/** One that becomes longer. */
interface OpenStretch extends Stretch {
  from: number
  to: number
  readonly anchors: Anchor[]
}

/** A log's times with the steps of its clock taken out: from there on one offset holds for all of them. */
export interface Stepped {
  readonly times: LogTimes
  readonly steps: readonly ClockStep[]
}

/**
 * Finds steps of a log's clock from lines that name their connection: those before a step agree on one offset, those after it on
 * another. Null where all agree, or no two offsets part them. A line between the last of the ones and the first of the others
 * has no time unless only one place for the step leaves their order as it is in the log.
 */
export function steppedTimes(anchors: readonly Anchor[], events: readonly LogEvent[], times: LogTimes): Stepped | null {
  const sure = anchors
    .filter(({ certain, windows, bound }) => certain && windows.length === 1 && bound !== null)
    .sort((a, b) => a.event.order - b.event.order)
  const stretches = stretchesOf(sure)
  if (stretches.length < 2 || stretches.length > MOST_STEPS + 1 || !areSteps(stretches)) return null
  const right = stretches.reduce((best, each) => (farFromZone(each) <= farFromZone(best) ? each : best))
  const shifts = stretches.map((stretch) => middleOf(stretch) - middleOf(right))
  const edges = stretches.slice(1).map((stretch, i) => edgeOf(stretches[i]!, stretch, events, times))
  return {
    times: shifted(times, shifts, edges),
    steps: edges.map(({ last, first }, i) => ({ by: shifts[i]! - shifts[i + 1]!, after: last, before: first })),
  }
}

const middleOf = ({ from, to }: Pick<OffsetWindow, 'from' | 'to'>): number => (from + to) / 2

const farFromZone = (stretch: Stretch): number =>
  Math.abs(middleOf(stretch) - Math.round(middleOf(stretch) / ZONE_STEP) * ZONE_STEP)

/** Divides lines where no offset is left that they agree on; single ones that agree with neither side are left out. */
function stretchesOf(anchors: readonly Anchor[]): Stretch[] {
  const found: OpenStretch[] = []
  for (const anchor of anchors) goOn(found, anchor.windows[0]!, [anchor])
  const kept: OpenStretch[] = []
  for (const stretch of found) if (stretch.anchors.length >= SIDE_NEEDED) goOn(kept, stretch, stretch.anchors)
  const placed = kept.reduce((sum, each) => sum + each.anchors.length, 0)
  return placed >= anchors.length * (1 - OUTLIERS) ? kept : []
}

/** Adds lines to the last stretch where an offset is left for both, else begins another one with them. */
function goOn(
  stretches: OpenStretch[],
  { from, to }: Pick<OffsetWindow, 'from' | 'to'>,
  anchors: readonly Anchor[],
): void {
  const last = stretches.at(-1)
  if (last === undefined || from > last.to || to < last.from) {
    stretches.push({ from, to, anchors: [...anchors] })
    return
  }
  last.from = Math.max(last.from, from)
  last.to = Math.min(last.to, to)
  for (const anchor of anchors) last.anchors.push(anchor)
}

/** Lines that were written late look like a clock that was set, but they break no order: those of a clock do, on either side. */
const areSteps = (stretches: readonly Stretch[]): boolean =>
  stretches.slice(1).every((stretch, i) => {
    const before = stretches[i]!
    const isLong = Math.abs(middleOf(stretch) - middleOf(before)) >= LATE_ACCEPT
    return isLong && isForbidden(stretch, before) && isForbidden(before, stretch)
  })

/** Whether the offset of one stretch turns cause and effect round for a line of another. */
const isForbidden = ({ anchors }: Stretch, other: Stretch): boolean =>
  anchors.some(({ bound }) => bound !== null && (bound.to < other.from || bound.from > other.to))

/** Between which lines the clock was set: all that may be on either side. */
interface Edge {
  readonly last: LogEvent
  readonly first: LogEvent
}

function edgeOf(before: Stretch, after: Stretch, events: readonly LogEvent[], times: LogTimes): Edge {
  const from = before.anchors.at(-1)!.event
  const to = after.anchors[0]!.event
  const by = middleOf(before) - middleOf(after)
  const slack = times.tick + EARLY
  const between = events.filter(
    (event) => event.order >= from.order && event.order <= to.order && times.of(event) !== null,
  )
  // A step leaves the time between the two lines beside it: what the stamps are apart, less what the clock was set by.
  const gaps = between.slice(1).map((event, i) => times.of(event)! - times.of(between[i]!)!)
  const backwards = gaps.filter((gap) => gap < -slack).length
  const places = gaps.flatMap((gap, i) => {
    const othersKeepOrder = backwards === (gap < -slack ? 1 : 0)
    return gap - by >= -slack && othersKeepOrder ? [i] : []
  })
  const [first] = places
  const last = places.at(-1)
  return first === undefined || last === undefined
    ? { last: from, first: to }
    : { last: between[first]!, first: between[last + 1]! }
}

function shifted(times: LogTimes, shifts: readonly number[], edges: readonly Edge[]): LogTimes {
  const shiftOf = (event: LogEvent): number | null => {
    const next = edges.findIndex(({ first }) => event.order < first.order)
    if (next < 0) return shifts.at(-1)!
    return event.order <= edges[next]!.last.order ? shifts[next]! : null
  }
  return {
    tick: times.tick,
    from: times.from + shifts[0]!,
    to: times.to + shifts.at(-1)!,
    of: (event) => {
      const time = times.of(event)
      const shift = shiftOf(event)
      return time === null || shift === null ? null : time + shift
    },
  }
}

/** What a reader must know of a log's steps, in words. */
export function describeSteps(steps: readonly ClockStep[]): string[] {
  return steps.map(({ by, after, before }) => {
    const way = by < 0 ? 'back' : 'forward'
    return `its clock was set ${way} by ${formatDuration(Math.abs(by))} between lines ${after.line} and ${before.line}, as its lines and the packets show; this is taken out`
  })
}
