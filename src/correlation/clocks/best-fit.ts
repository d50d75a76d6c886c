import type { Anchor } from './anchor.ts'
import { type Fit, fitOf, peaks } from './offset-vote.ts'

/** A free offset (no whole zone) must be carried by this many lines that name their connection, or that many that do not. */
const CERTAIN_NEEDED = 2
const LOOSE_NEEDED = 4
/** Fewer are enough where each line of the log that speaks of a packet finds one of its own, and at no other offset. */
export const WHOLE_NEEDED = 3
/** The share of lines naming their connection that a free offset must place: a constant lag misses nothing but outliers. */
const CERTAIN_SHARE = 0.8
/** Offsets that lines are counted at. */
const PEAKS = 64

/** Lines that agree with an offset. */
export const pairsOf = (fit: Fit): number => fit.certainMatched + fit.looseMatched

/** It places nearly all lines that name their connection. */
export const placesCertain = (fit: Fit): boolean => fit.certainMatched >= fit.certain * CERTAIN_SHARE

/**
 * It puts effects before their causes. One line in five may be an outlier: written late, or about a connection before the one
 * that was captured. That a line tells late of listening is known where the others agree.
 */
export function isTurnedRound(fit: Fit): boolean {
  const late = fit.certainMatched > 0 && placesCertain(fit) ? 0 : fit.late
  return fit.violations + late > fit.bounded * 0.2
}

const weightOf = (fit: Fit): number => 2 * fit.certainMatched + fit.looseMatched - 3 * (fit.violations + fit.late)

/** The offset among these that explains the anchors best, with how well it does; null where each turns their order round. */
export function bestZone(offsets: readonly number[], anchors: readonly Anchor[], preferred: number | null): Fit | null {
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

/**
 * True where a zone is none that one may believe: it pairs no line, clocks would not be equal, and others would do as well.
 * That a line must not come before its cause then picks the nearest of many.
 */
export function isOneOfMany(zone: Fit, offsets: readonly number[], anchors: readonly Anchor[]): boolean {
  if (pairsOf(zone) > 0 || zone.offset === 0) return false
  return offsets.some((offset) => {
    if (offset === zone.offset) return false
    const other = fitOf(anchors, offset)
    return !isTurnedRound(other) && weightOf(other) >= weightOf(zone)
  })
}

/** The offset that the anchors themselves agree on, whatever it is; null where too few do, or where others do as well. */
export function freeFit(anchors: readonly Anchor[]): Fit | null {
  const fits = peaks(anchors, PEAKS)
    .map((offset) => fitOf(anchors, offset))
    .filter((fit) => !isTurnedRound(fit))
    .sort((a, b) => weightOf(b) - weightOf(a) || Math.abs(a.offset) - Math.abs(b.offset))
  const best = fits[0]
  if (!best || best.frames < CERTAIN_NEEDED) return null
  if (best.certainMatched >= CERTAIN_NEEDED && placesCertain(best)) return best
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
export function explains(zone: Fit | null, free: Fit): boolean {
  if (zone === null) return false
  if (pairsOf(free) >= pairsOf(zone) + 2 * LOOSE_NEEDED && zone.certainMatched === 0) return false
  if (pairsOf(zone) > 0 || zone.certain === 0) return true
  return free.certainMatched < 3 || free.frames < 3
}
