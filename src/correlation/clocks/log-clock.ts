import type { LogEvent, LogFile } from '../../log/event.ts'
import type { ClockOffset } from '../chain.ts'
import type { Anchor } from './anchor.ts'
import type { BeatClock } from './beat-clock.ts'
import {
  bestZone,
  explains,
  freeFit,
  isOneOfMany,
  isTurnedRound,
  pairsOf,
  placesCertain,
  WHOLE_NEEDED,
} from './best-fit.ts'
import { ambiguity, refusalReason } from './clock-refusal.ts'
import type { ClockStep } from './clock-steps.ts'
import type { DatedLog } from './dated-log.ts'
import { DAY, type LogTimes } from './nominal-time.ts'
import { type Fit, fitOf } from './offset-vote.ts'
import { type GivenClock, zoneOffsets } from './zone-offsets.ts'

/** A log on the run's clock. */
export interface LogClock extends ClockOffset {
  /** Nanoseconds since the run's epoch at the earliest; the event lies within `uncertainty` after. Null without a stamp. */
  readonly of: (event: LogEvent) => number | null
  readonly from: number
  readonly to: number
  /** Where it was set while the process wrote; taken out of its times already. */
  readonly steps: readonly ClockStep[]
}

/** Why a log could not be put on the capture's clock. */
export interface Refusal {
  readonly reason: string
}

/**
 * Finds the offset that puts a log on the capture's clock, or says why there is none. Of zones that fit equally well the
 * `preferred` one is taken; `beats` is asked where no line is paired.
 */
export function clockOf(
  log: DatedLog,
  given: GivenClock,
  preferred: number | null,
  beats: () => BeatClock | null,
): LogClock | Refusal {
  const { file, times, anchors } = log
  const place = (offset: number, method: string, pairs: number): LogClock =>
    clockAt(times, offset, method, pairs, file.tick)
  if (given.offset !== null) {
    const offset = (given.zone ?? 0) + given.offset
    return place(offset, 'given', pairsOf(fitOf(anchors, offset)))
  }
  const zones = zoneOffsets(log, given)
  const best = bestZone(zones, anchors, preferred)
  const isBelieved = best !== null && (best.offset === preferred || !isOneOfMany(best, zones, anchors))
  const zone = isBelieved ? best : null
  // Lines that recur with the client's own timer lag behind its packets by design: they say nothing of the clock.
  const ownWords = anchors.filter((anchor) => anchor.event.kind !== 'status')
  const free = freeFit(ownWords)
  const contradicted = zone !== null && liesAmongSilence(zone, log)
  if (free && (contradicted || !explains(zone, free))) return placed(log, free, pairsOf(free))
  const isPaired = zone !== null && pairsOf(fitOf(ownWords, zone.offset)) > 0
  const beat = isPaired ? null : beats()
  if (beat !== null && 'pairs' in beat) {
    const holds = zone !== null && zone.offset >= beat.from && zone.offset <= beat.to
    return holds ? place(zone.offset, BEATS, beat.pairs) : { ...placed(log, beat, beat.pairs), method: BEATS }
  }
  if (zone) return place(zone.offset, methodOf(file, given, zone), pairsOf(zone))
  return { reason: refusalReason(log) + ambiguity(beat) }
}

const BEATS = 'matched beats'

/**
 * The offset that logs of one host share, found from all their lines together: puts a log there that alone is on no
 * clock, or on one that none of its lines agrees with. Null where its own lines do not bear it out.
 */
export function sharedClock(log: Omit<DatedLog, 'capture'>, all: readonly Anchor[]): LogClock | null {
  const shared = freeFit(all.filter((anchor) => anchor.event.kind !== 'status'))
  if (shared === null) return null
  const fit = fitOf(log.anchors, (shared.from + shared.to) / 2)
  if (!placesCertain(fit) || isTurnedRound(fit)) return null
  if (pairsOf(fit) > 0) return placed(log, shared, pairsOf(fit))
  // None of its lines speaks of a packet; the order that its lines demand is kept.
  const isBorneOut = fit.bounded > 0 && fit.certain + fit.loose === 0
  return isBorneOut ? { ...placed(log, shared, pairsOf(shared)), method: 'clock of its host' } : null
}

function clockAt(times: LogTimes, offset: number, method: string, pairs: number, uncertainty: number): LogClock {
  return {
    offset,
    uncertainty,
    method,
    pairs,
    drift: null,
    steps: [],
    of: (event) => addTo(times.of(event), offset),
    from: times.from + offset,
    to: times.to + offset,
  }
}

type Stamped = Pick<DatedLog, 'file' | 'times'>

const placed = ({ file, times }: Stamped, fit: Pick<Fit, 'from' | 'to'>, pairs: number): LogClock =>
  clockAt(times, (fit.from + fit.to) / 2, 'matched pairs', pairs, Math.max(file.tick, (fit.to - fit.from) / 2))

/** The offset as it is told: without a date in the stamps it is what zone and clock error make of it; the day is the capture's. */
export const statedOffset = (file: LogFile, clock: ClockOffset): number =>
  file.dated ? clock.offset : clock.offset - Math.round(clock.offset / DAY) * DAY

const addTo = (time: number | null, offset: number): number | null => (time === null ? null : time + offset)

function methodOf(file: LogFile, given: GivenClock, fit: Fit): string {
  if (given.zone !== null) return 'given zone'
  if (file.zoned) return 'stamp zone'
  if (pairsOf(fit) > 0) return 'matched pairs'
  return fit.offset === 0 ? 'assumed equal' : 'zone from capture'
}

/**
 * True where a zone puts lines that speak of packets between the capture's packets, and not one of them meets a packet
 * that it could speak of: then the clock is off by something else than a zone.
 */
function liesAmongSilence(zone: Fit, { times, anchors, capture }: DatedLog): boolean {
  if (pairsOf(zone) > 0 || zone.certain > 0) return false
  const during = anchors.filter((anchor) => {
    const time = addTo(times.of(anchor.event), zone.offset)
    return anchor.event.kind !== 'status' && time !== null && time >= capture.from && time <= capture.to
  })
  return during.length >= WHOLE_NEEDED
}
