import type { Engine } from '../engine/engine.ts'
import { RegionNumber } from '../engine/memory-map.ts'
import { BEATS, Dossier, type Dossiers } from './dossier.ts'
import { Region } from './region.ts'

/**
 * Beats: payloads of one size that the client sends again and again. Four sizes are followed at once; a new size takes
 * the place of the rarest and, among equals, of the longest unseen, if that one has not become a beat or has ended. Where
 * all four came once, the longest unseen mostly stays and the next goes: a beat is found for certain with up to two other
 * sizes between its turns, and with more of them sooner or later, when it is the one that stays.
 * Sizes and counts lie side by side; a beat's body holds when it was LAST sent and the MEAN gap (float64, milliseconds),
 * the sum of the gaps' squared DEVIATIONS (float32) and how many beats were ANSWERED. The first body is in the dossier, the
 * others are in a record of their own: most clients send payload of one size, or little.
 */
export const Beat = { LAST: 0, MEAN: 2, DEVIATIONS: 4, ANSWERED: 5, ANSWERS_SHIFT: 3 } as const
export const BODY_WORDS = 6
/** Takes the newest beat's number out of its word: `BEATS` where what was sent last is followed as none. */
const NEWEST = (1 << Beat.ANSWERS_SHIFT) - 1

export const OTHER_BEATS_WORDS = (BEATS - 1) * BODY_WORDS

/** Bodies of all beats but the flows' first, in records. Number 0 is nobody's. */
export class OtherBeats extends Region {
  constructor(engine: Engine) {
    super(engine, RegionNumber.OTHER_BEATS, OTHER_BEATS_WORDS * 4)
    this.count = 1
  }
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
export function strongestBeat(dossiers: Dossiers, others: OtherBeats, dossier: number): BeatView | null {
  const words = dossiers.words
  const counts = dossier + Dossier.BEAT_COUNTS
  let strongest = 0
  for (let beat = 1; beat < BEATS; beat++) if (words[counts + beat]! > words[counts + strongest]!) strongest = beat
  const count = words[counts + strongest]!
  if (count < 2) return null
  const bodies = strongest === 0 ? dossiers : others
  const body =
    strongest === 0
      ? dossier + Dossier.BEAT_BODY
      : words[dossier + Dossier.OTHER_BEATS]! * OTHER_BEATS_WORDS + (strongest - 1) * BODY_WORDS
  const newest = words[dossier + Dossier.NEWEST_BEAT]!
  return {
    size: words[dossier + Dossier.BEAT_SIZES + strongest]!,
    count,
    answered:
      bodies.words[body + Beat.ANSWERED]! + ((newest & NEWEST) === strongest ? newest >>> Beat.ANSWERS_SHIFT : 0),
    periodMs: bodies.doubles[(body + Beat.MEAN) >> 1]!,
    jitterMs: Math.sqrt(Math.max(0, bodies.floats[body + Beat.DEVIATIONS]!) / (count - 1)),
  }
}
