import type { LogEvent, LogFile } from '../log/event.ts'
import type { Anchor } from './anchor.ts'
import type { BeatClock } from './beat-clock.ts'
import type { ClockOffset } from './chain.ts'
import { type CaptureSpan, DAY, type LogTimes, SECOND } from './nominal-time.ts'
import { type Fit, fitOf, peaks } from './offset-vote.ts'

/** Zones lie on quarter hours (Nepal: +05:45), from -12:00 to +14:00. */
const ZONE_STEP = 900 * SECOND
const WEST = -12 * 3600 * SECOND
const EAST = 14 * 3600 * SECOND
/**
 * How far from the capture a log may lie and still be taken for the same run, where nothing else tells: the distance
 * within which fewer than one log in a hundred of another run would fall by chance. Zones repeat each quarter hour, whole
 * hours being the usual ones; equal clocks repeat each day.
 */
const NEAR_QUARTER = 4.5 * SECOND
const NEAR_HOUR = 18 * SECOND
const NEAR_EQUAL = 432 * SECOND
/** A free offset (no whole zone) must be carried by this many lines that name their connection, or that many that do not. */
const CERTAIN_NEEDED = 2
const LOOSE_NEEDED = 4
/** Fewer are enough where each line of the log that speaks of a packet finds one of its own, and at no other offset. */
const WHOLE_NEEDED = 3
/** Of the lines that name their connection, the share that a free offset must place: a constant lag misses none but outliers. */
const CERTAIN_SHARE = 0.8
const PEAKS = 64
/**
 * Days around the capture's first packet that a stamp without a date may be of. Times are exact to the nanosecond for
 * so long; a damaged time stamp makes a capture of a thousand years, whose days are not all tried.
 */
const MOST_DAYS = 104

/** A log on the run's clock. */
export interface LogClock extends ClockOffset {
  /** Nanoseconds since the run's epoch at the earliest; the event lies within `uncertainty` after. Null without a stamp. */
  readonly of: (event: LogEvent) => number | null
  readonly from: number
  readonly to: number
}

/** Why a log could not be put on the capture's clock. */
export interface Refusal {
  readonly reason: string
}

/** What the user said of a log's clock: nanoseconds to add for its zone, and for its clock's error. */
export interface GivenClock {
  readonly zone: number | null
  readonly offset: number | null
  /** True where the day of stamps without date was given. */
  readonly dated: boolean
}

/** Finds the offset that puts a log on the capture's clock, or says why there is none. */
export function clockOf(
  file: LogFile,
  times: LogTimes,
  anchors: readonly Anchor[],
  capture: CaptureSpan,
  given: GivenClock,
  preferred: number | null,
  beats: () => BeatClock | null = () => null,
): LogClock | Refusal {
  const place = (offset: number, method: string, pairs: number): LogClock =>
    clockAt(times, offset, method, pairs, file.tick)
  if (given.offset !== null) {
    const offset = (given.zone ?? 0) + given.offset
    return place(offset, 'given', pairsOf(fitOf(anchors, offset)))
  }
  const zones = zoneOffsets(file, times, capture, given, anchors)
  const zone = bestZone(zones, anchors, preferred)
  // Lines that recur with the client's own timer lag behind its packets by design: they say nothing of the clock.
  const ownWords = anchors.filter((anchor) => anchor.event.kind !== 'status')
  const free = freeFit(ownWords)
  const contradicted = zone !== null && liesAmongSilence(zone, times, anchors, capture)
  if (free && (contradicted || !explains(zone, free))) return placed(file, times, free, pairsOf(free))
  const isPaired = zone !== null && pairsOf(fitOf(ownWords, zone.offset)) > 0
  const beat = isPaired ? null : beats()
  if (beat !== null && 'pairs' in beat) {
    const holds = zone !== null && zone.offset >= beat.from && zone.offset <= beat.to
    return holds ? place(zone.offset, BEATS, beat.pairs) : { ...placed(file, times, beat, beat.pairs), method: BEATS }
  }
  if (zone) return place(zone.offset, methodOf(file, given, zone), pairsOf(zone))
  return { reason: refusalReason(file, times, capture, anchors) + ambiguity(beat) }
}

const BEATS = 'matched beats'

/** Why beats that both show say nothing. */
const ambiguity = (beat: Exclude<BeatClock, { pairs: number }> | null): string =>
  beat === null
    ? ''
    : beat.fits === 1
      ? '; its beats fit the packets’, no better than those of another run would'
      : `; its beats fit the packets’ at ${beat.fits} offsets, ${spanOf(beat.period / SECOND)} apart, none better than chance makes the others`

/**
 * The offset that logs of one host share, found from all their lines together: puts a log there that alone is on no
 * clock, or on one that none of its lines agrees with. Null where its own lines do not bear it out.
 */
export function sharedClock(
  file: LogFile,
  times: LogTimes,
  own: readonly Anchor[],
  all: readonly Anchor[],
): LogClock | null {
  const shared = freeFit(all.filter((anchor) => anchor.event.kind !== 'status'))
  if (shared === null) return null
  const fit = fitOf(own, (shared.from + shared.to) / 2)
  if (fit.certainMatched < fit.certain * CERTAIN_SHARE || isTurnedRound(fit)) return null
  if (pairsOf(fit) > 0) return placed(file, times, shared, pairsOf(fit))
  // None of its lines speaks of a packet; the order that its lines demand is kept.
  const isBorneOut = fit.bounded > 0 && fit.certain + fit.loose === 0
  return isBorneOut ? { ...placed(file, times, shared, pairsOf(shared)), method: 'clock of its host' } : null
}

function clockAt(times: LogTimes, offset: number, method: string, pairs: number, uncertainty: number): LogClock {
  return {
    offset,
    uncertainty,
    method,
    pairs,
    drift: null,
    of: (event) => addTo(times.of(event), offset),
    from: times.from + offset,
    to: times.to + offset,
  }
}

const placed = (file: LogFile, times: LogTimes, fit: Pick<Fit, 'from' | 'to'>, pairs: number): LogClock =>
  clockAt(times, (fit.from + fit.to) / 2, 'matched pairs', pairs, Math.max(file.tick, (fit.to - fit.from) / 2))

/** The offset as it is told: without a date in the stamps it is what zone and clock error make of it; the day is the capture's. */
export const statedOffset = (file: LogFile, clock: ClockOffset): number =>
  file.dated ? clock.offset : clock.offset - Math.round(clock.offset / DAY) * DAY

const addTo = (time: number | null, offset: number): number | null => (time === null ? null : time + offset)
const pairsOf = (fit: Fit): number => fit.certainMatched + fit.looseMatched

function methodOf(file: LogFile, given: GivenClock, fit: Fit): string {
  if (given.zone !== null) return 'given zone'
  if (file.zoned) return 'stamp zone'
  if (pairsOf(fit) > 0) return 'matched pairs'
  return fit.offset === 0 ? 'assumed equal' : 'zone from capture'
}

/** Offsets that a zone (and, without a date, a day) can account for, and at which the log comes near the capture. */
function zoneOffsets(
  file: LogFile,
  times: LogTimes,
  capture: CaptureSpan,
  given: GivenClock,
  anchors: readonly Anchor[],
): number[] {
  if (file.sinceStart) return []
  // A process may have said hours ago, and nothing since, that it listens on the very port.
  const namesPort = (file.zoned || given.zone !== null) && anchors.some((anchor) => anchor.event.kind === 'listening')
  const dayless = (!file.dated && !given.dated) || !capture.dated
  const found: number[] = []
  const zones: number[] = []
  if (given.zone !== null || file.zoned) zones.push(given.zone ?? 0)
  else for (let zone = -EAST; zone <= -WEST; zone += ZONE_STEP) zones.push(zone)
  const middle = Math.round(-times.from / DAY)
  const first = dayless ? Math.max(middle - MOST_DAYS, Math.floor((capture.from - times.to - EAST) / DAY)) : 0
  const last = dayless ? Math.min(middle + MOST_DAYS, Math.ceil((capture.to - times.from - WEST) / DAY)) : 0
  for (const zone of zones)
    for (let day = first; day <= last; day++) {
      const offset = zone + day * DAY
      if (comesNear(times, offset, capture, namesPort ? DAY : nearness(file, given, zone))) found.push(offset)
    }
  return [...new Set(found)].sort((a, b) => Math.abs(a) - Math.abs(b))
}

function nearness(file: LogFile, given: GivenClock, zone: number): number {
  if (file.zoned || given.zone !== null || zone === 0) return NEAR_EQUAL
  return zone % (4 * ZONE_STEP) === 0 ? NEAR_HOUR : NEAR_QUARTER
}

/** A log that ends just before the capture may tell how it began; one that begins just after, how it ended. */
const comesNear = (times: LogTimes, offset: number, capture: CaptureSpan, near: number): boolean =>
  times.from + offset <= capture.to + near && times.to + offset >= capture.from - near

/** One line in five may be an outlier: written late, or about a connection before the one that was captured. */
const isTurnedRound = (fit: Fit): boolean => fit.violations > fit.bounded * 0.2

/**
 * True where a zone puts lines that speak of packets between the capture's packets, and not one of them meets a packet
 * that it could speak of: then the clock is off by something else than a zone.
 */
function liesAmongSilence(zone: Fit, times: LogTimes, anchors: readonly Anchor[], capture: CaptureSpan): boolean {
  if (pairsOf(zone) > 0 || zone.certain > 0) return false
  const during = anchors.filter((anchor) => {
    const time = addTo(times.of(anchor.event), zone.offset)
    return anchor.event.kind !== 'status' && time !== null && time >= capture.from && time <= capture.to
  })
  return during.length >= WHOLE_NEEDED
}

const weightOf = (fit: Fit): number => 2 * fit.certainMatched + fit.looseMatched - 3 * fit.violations

function bestZone(offsets: readonly number[], anchors: readonly Anchor[], preferred: number | null): Fit | null {
  let best: Fit | null = null
  for (const offset of offsets) {
    const fit = fitOf(anchors, offset)
    if (isTurnedRound(fit)) continue
    const better = best === null || weightOf(fit) > weightOf(best)
    const preferredTie = best !== null && weightOf(fit) === weightOf(best) && offset === preferred
    if (better || preferredTie) best = fit
  }
  return best
}

function freeFit(anchors: readonly Anchor[]): Fit | null {
  const fits = peaks(anchors, PEAKS)
    .map((offset) => fitOf(anchors, offset))
    .filter((fit) => !isTurnedRound(fit))
    .sort((a, b) => weightOf(b) - weightOf(a) || Math.abs(a.offset) - Math.abs(b.offset))
  const best = fits[0]
  if (!best || best.frames < CERTAIN_NEEDED) return null
  if (best.certainMatched >= CERTAIN_NEEDED && best.certainMatched >= best.certain * CERTAIN_SHARE) return best
  const apart = fits.find((fit) => fit.from > best.to || fit.to < best.from)
  if (isWhole(best) && !(apart && isWhole(apart))) return best
  if (best.certain > best.certainMatched || pairsOf(best) < LOOSE_NEEDED || best.frames < LOOSE_NEEDED) return null
  // Recurring lines fit recurring packets at many offsets: only one that stands out by two says anything.
  return apart && pairsOf(apart) > pairsOf(best) - 2 ? null : best
}

/** Every line has a packet, and no two the same. */
const isWhole = (fit: Fit): boolean =>
  pairsOf(fit) === fit.certain + fit.loose && fit.frames === pairsOf(fit) && fit.frames >= WHOLE_NEEDED

/**
 * A whole zone is taken before a free offset wherever it is consistent: clocks of one host agree, while lines written
 * late look like a clock that is behind. Only a lag that is the same for three connections or more is the clock's, or
 * one that twice as many lines agree on as a loose fit needs.
 */
function explains(zone: Fit | null, free: Fit): boolean {
  if (zone === null) return false
  if (pairsOf(free) >= pairsOf(zone) + 2 * LOOSE_NEEDED && zone.certainMatched === 0) return false
  if (pairsOf(zone) > 0 || zone.certain === 0) return true
  return free.certainMatched < 3 || free.frames < 3
}

function refusalReason(file: LogFile, times: LogTimes, capture: CaptureSpan, anchors: readonly Anchor[]): string {
  const before = (capture.from - times.to) / SECOND
  const after = (times.from - capture.to) / SECOND
  const where =
    file.dated && capture.dated && before > 0
      ? `it ends ${spanOf(before)} before the capture begins`
      : file.dated && capture.dated && after > 0
        ? `it begins ${spanOf(after)} after the capture ends`
        : file.sinceStart
          ? 'its times count from a start that it does not tell'
          : 'no time zone puts its lines into the time of the capture'
  const turned = anchors.find(
    ({ event, bound }) => event.kind === 'listening' && bound !== null && bound.to < 0 && -bound.to < NEAR_EQUAL,
  )
  if (turned && file.dated)
    return `line ${turned.event.line} says that it listens ${spanOf(-turned.bound!.to / SECOND)} after port ${turned.event.port} had answered: another process had the port then, or the log’s clock is ahead`
  const pairs =
    anchors.length === 0
      ? 'no line of it can be matched with a packet'
      : 'no one offset puts its lines on the packets that they would speak of'
  return `${where}, and ${pairs}`
}

function spanOf(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(2))} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}
