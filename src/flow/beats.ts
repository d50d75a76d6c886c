import { Dossier, type Dossiers } from './dossier.ts'

/**
 * Beats: payloads of one size that the client sends again and again. Four sizes are followed at once; a new size takes
 * the place of the rarest and, among equals, of the longest unseen, if that one has not become a beat or has ended.
 * A beat's words: SIZE, COUNT, ANSWERED, sum of squared gap deviations (float32, ms²), LAST (float64), MEAN gap (float64).
 */
const Beat = { SIZE: 0, COUNT: 1, ANSWERED: 2, DEVIATIONS: 3, LAST: 4, MEAN: 6 } as const
const BEAT_WORDS = 8
const BEATS = 4
/** So often seen, a size is a beat: three times are two equal gaps, the least that can show a period. */
const ESTABLISHED = 3
/** A beat that has missed so many of its turns has ended. */
const MISSED_TURNS = 4

/** The client sent `size` new bytes in one segment. */
export function noteBeat(dossiers: Dossiers, dossier: number, size: number, time: number): void {
  const words = dossiers.words
  const doubles = dossiers.doubles
  const first = dossier + Dossier.BEATS
  let rarest = first
  for (let beat = first; beat < first + BEATS * BEAT_WORDS; beat += BEAT_WORDS) {
    if (words[beat + Beat.SIZE] === size) {
      noteGap(dossiers, beat, time)
      return
    }
    const fewer = words[beat + Beat.COUNT]! - words[rarest + Beat.COUNT]!
    if (fewer < 0 || (fewer === 0 && doubles[(beat + Beat.LAST) >> 1]! < doubles[(rarest + Beat.LAST) >> 1]!))
      rarest = beat
  }
  if (words[rarest + Beat.COUNT]! >= ESTABLISHED && !hasEnded(dossiers, rarest, time)) return
  words[rarest + Beat.SIZE] = size
  words[rarest + Beat.COUNT] = 1
  words[rarest + Beat.ANSWERED] = 0
  dossiers.floats[rarest + Beat.DEVIATIONS] = 0
  doubles[(rarest + Beat.LAST) >> 1] = time
  doubles[(rarest + Beat.MEAN) >> 1] = 0
}

function hasEnded(dossiers: Dossiers, beat: number, time: number): boolean {
  const silence = (time - dossiers.doubles[(beat + Beat.LAST) >> 1]!) / 1e6
  return silence > MISSED_TURNS * dossiers.doubles[(beat + Beat.MEAN) >> 1]!
}

/** Welford's update of the gaps' mean and squared deviations. */
function noteGap(dossiers: Dossiers, beat: number, time: number): void {
  const doubles = dossiers.doubles
  const gap = (time - doubles[(beat + Beat.LAST) >> 1]!) / 1e6
  const gaps = dossiers.words[beat + Beat.COUNT]!++
  const before = gap - doubles[(beat + Beat.MEAN) >> 1]!
  const mean = doubles[(beat + Beat.MEAN) >> 1]! + before / gaps
  doubles[(beat + Beat.MEAN) >> 1] = mean
  dossiers.floats[beat + Beat.DEVIATIONS] = dossiers.floats[beat + Beat.DEVIATIONS]! + before * (gap - mean)
  doubles[(beat + Beat.LAST) >> 1] = time
}

/** The server sent payload: the beat that was sent last is answered. */
export function noteBeatAnswered(dossiers: Dossiers, dossier: number): void {
  const words = dossiers.words
  const doubles = dossiers.doubles
  const first = dossier + Dossier.BEATS
  let newest = first
  for (let beat = first + BEAT_WORDS; beat < first + BEATS * BEAT_WORDS; beat += BEAT_WORDS)
    if (words[beat + Beat.COUNT] !== 0 && doubles[(beat + Beat.LAST) >> 1]! > doubles[(newest + Beat.LAST) >> 1]!)
      newest = beat
  if (words[newest + Beat.COUNT] !== 0) words[newest + Beat.ANSWERED]!++
}

/** A beat, copied out. */
export interface BeatView {
  readonly size: number
  readonly count: number
  readonly answered: number
  /** Mean and (population) standard deviation of the gaps in milliseconds; 0 with one beat. */
  readonly periodMs: number
  readonly jitterMs: number
}

/** The most frequent size, if it came at least twice. */
export function strongestBeat(dossiers: Dossiers, dossier: number): BeatView | null {
  const words = dossiers.words
  const first = dossier + Dossier.BEATS
  let beat = first
  for (let other = first + BEAT_WORDS; other < first + BEATS * BEAT_WORDS; other += BEAT_WORDS)
    if (words[other + Beat.COUNT]! > words[beat + Beat.COUNT]!) beat = other
  const count = words[beat + Beat.COUNT]!
  if (count < 2) return null
  return {
    size: words[beat + Beat.SIZE]!,
    count,
    answered: words[beat + Beat.ANSWERED]!,
    periodMs: dossiers.doubles[(beat + Beat.MEAN) >> 1]!,
    jitterMs: Math.sqrt(Math.max(0, dossiers.floats[beat + Beat.DEVIATIONS]!) / (count - 1)),
  }
}
