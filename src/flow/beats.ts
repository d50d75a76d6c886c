import type { Engine } from '../engine/engine.ts'
import { RegionNumber } from '../engine/memory-map.ts'
import { BEATS, Dossier, type Dossiers } from './dossier.ts'
import { Region } from './region.ts'

/**
 * Beats: payloads of one size that the client sends again and again. Four sizes are followed at once; a new size takes
 * the place of the rarest and, among equals, of the longest unseen, if that one has not become a beat or has ended. Where
 * all four came once, the longest unseen mostly stays and the next goes: a beat is found for certain with up to two other
 * sizes between its turns, and with more of them sooner or later, when it is the one that stays.
 * Of a beat is kept when it was LAST sent and the MEAN gap (float64, milliseconds), the sum of the gaps' squared DEVIATIONS
 * (float32), how many were ANSWERED, its SIZE, and how often it was sent. The first beat is in the dossier, the others are in
 * a record of their own: most clients send payload of one size, or little.
 */
export const Beat = { LAST: 0, MEAN: 2, DEVIATIONS: 4, ANSWERED: 5, SIZE: 6, COUNT: 7, ANSWERS_SHIFT: 3 } as const
export const BEAT_WORDS = 8
/** Takes the newest beat's number out of its word: `BEATS` where what was sent last is followed as none. */
const NEWEST = (1 << Beat.ANSWERS_SHIFT) - 1

export const OTHER_BEATS_WORDS = (BEATS - 1) * BEAT_WORDS

/** All beats but the flows' first, in records. Number 0 is nobody's. */
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
  const first = dossier + Dossier.BEAT
  const record = dossiers.words[dossier + Dossier.OTHER_BEATS]! * OTHER_BEATS_WORDS
  let strongest = 0
  let count = dossiers.words[first + Beat.COUNT]!
  for (let beat = 1; beat < BEATS; beat++) {
    const often = others.words[record + (beat - 1) * BEAT_WORDS + Beat.COUNT]!
    if (often <= count) continue
    strongest = beat
    count = often
  }
  return count < 2 ? null : viewOf(dossiers, others, dossier, strongest)
}

/** The size that was sent last, where it is followed. */
export function newestBeat(dossiers: Dossiers, others: OtherBeats, dossier: number): BeatView | null {
  const newest = dossiers.words[dossier + Dossier.NEWEST_BEAT]! & NEWEST
  return newest === BEATS ? null : viewOf(dossiers, others, dossier, newest)
}

function viewOf(dossiers: Dossiers, others: OtherBeats, dossier: number, beat: number): BeatView {
  const { words, doubles, floats } = beat === 0 ? dossiers : others
  const record = dossiers.words[dossier + Dossier.OTHER_BEATS]! * OTHER_BEATS_WORDS
  const at = beat === 0 ? dossier + Dossier.BEAT : record + (beat - 1) * BEAT_WORDS
  const newest = dossiers.words[dossier + Dossier.NEWEST_BEAT]!
  const count = words[at + Beat.COUNT]!
  return {
    size: words[at + Beat.SIZE]!,
    count,
    answered: words[at + Beat.ANSWERED]! + ((newest & NEWEST) === beat ? newest >>> Beat.ANSWERS_SHIFT : 0),
    periodMs: doubles[(at + Beat.MEAN) >> 1]!,
    jitterMs: count > 1 ? Math.sqrt(Math.max(0, floats[at + Beat.DEVIATIONS]!) / (count - 1)) : 0,
  }
}
