import type { Frame } from '../capture/frame.ts'
import { BEATS, Dossier, type Dossiers } from './dossier.ts'

/**
 * Beats: payloads of one size that the client sends again and again. Four sizes are followed at once; a new size takes
 * the place of the rarest and, among equals, of the longest unseen, if that one has not become a beat or has ended. Where
 * all four came once, the longest unseen mostly stays and the next goes: a beat is found for certain with up to two other
 * sizes between its turns, and with more of them sooner or later, when it is the one that stays.
 * Sizes and counts lie side by side; a beat's body holds when it was LAST sent and the MEAN gap (float64, milliseconds),
 * the sum of the gaps' squared DEVIATIONS (float32) and how many beats were ANSWERED.
 */
const Body = { LAST: 0, MEAN: 2, DEVIATIONS: 4, ANSWERED: 5 } as const
const BODY_WORDS = 6
/** So often seen, a size is a beat: three times are two equal gaps, the least that can show a period. */
const ESTABLISHED = 3
/** A beat that has missed so many of its turns has ended. */
const MISSED_TURNS = 4
/** The newest beat's number, and above it how often it was answered since. */
const BEAT = BEATS - 1
const ANSWERS_SHIFT = 2

const bodyOf = (dossier: number, beat: number): number =>
  dossier + (beat === 0 ? Dossier.BEAT_BODY : Dossier.OTHER_BEATS + (beat - 1) * BODY_WORDS)

/** The client sent `size` new bytes in one segment of `frame`. The frame is passed, because a time passed is a double boxed. */
export function noteBeat(dossiers: Dossiers, dossier: number, size: number, frame: Frame): void {
  const words = dossiers.words
  const sizes = dossier + Dossier.BEAT_SIZES
  settleAnswers(words, dossier)
  for (let beat = 0; beat < BEATS; beat++) {
    if (words[sizes + beat] !== size) continue
    words[dossier + Dossier.NEWEST_BEAT] = beat
    noteGap(dossiers, bodyOf(dossier, beat), words[dossier + Dossier.BEAT_COUNTS + beat]!++, frame)
    return
  }
  replaceRarest(dossiers, dossier, size, frame)
}

/** Of those seen as rarely, the longest unseen; -1 without any. `but` is left out. */
function rarestBeat(dossiers: Dossiers, dossier: number, but: number): number {
  const counts = dossier + Dossier.BEAT_COUNTS
  const words = dossiers.words
  const last = (beat: number) => dossiers.doubles[(bodyOf(dossier, beat) + Body.LAST) >> 1]!
  let rarest = -1
  for (let beat = 0; beat < BEATS; beat++) {
    if (beat === but) continue
    const fewer = rarest < 0 ? -1 : words[counts + beat]! - words[counts + rarest]!
    if (fewer < 0 || (fewer === 0 && last(beat) < last(rarest))) rarest = beat
  }
  return rarest
}

/** True where all four sizes came once. */
function areOnce(words: Int32Array, counts: number): boolean {
  for (let beat = 0; beat < BEATS; beat++) if (words[counts + beat] !== 1) return false
  return true
}

/** Three times of four; by the sizes, because it has to depend on nothing but the flow, and to be in step with no beat. */
function longestUnseenStays(words: Int32Array, sizes: number, size: number): boolean {
  let mixed = size
  for (let beat = 0; beat < BEATS; beat++) mixed = (Math.imul(mixed, 31) + words[sizes + beat]!) | 0
  // Knuth's multiplicative hash: its upper bits depend on all of them.
  return Math.imul(mixed, 0x9e3779b1) >>> 30 !== 0
}

function replaceRarest(dossiers: Dossiers, dossier: number, size: number, frame: Frame): void {
  const words = dossiers.words
  const doubles = dossiers.doubles
  const counts = dossier + Dossier.BEAT_COUNTS
  let rarest = rarestBeat(dossiers, dossier, -1)
  if (areOnce(words, counts) && longestUnseenStays(words, dossier + Dossier.BEAT_SIZES, size))
    rarest = rarestBeat(dossiers, dossier, rarest)
  const body = bodyOf(dossier, rarest)
  if (words[counts + rarest]! >= ESTABLISHED && !hasEnded(dossiers, body, frame)) return
  words[dossier + Dossier.NEWEST_BEAT] = rarest
  words[dossier + Dossier.BEAT_SIZES + rarest] = size
  words[counts + rarest] = 1
  words[body + Body.ANSWERED] = 0
  dossiers.floats[body + Body.DEVIATIONS] = 0
  doubles[(body + Body.LAST) >> 1] = frame.time
  doubles[(body + Body.MEAN) >> 1] = 0
}

function hasEnded(dossiers: Dossiers, body: number, frame: Frame): boolean {
  const silence = (frame.time - dossiers.doubles[(body + Body.LAST) >> 1]!) / 1e6
  return silence > MISSED_TURNS * dossiers.doubles[(body + Body.MEAN) >> 1]!
}

/** Welford's update of the gaps' mean and squared deviations, with the `gaps`th of them. */
function noteGap(dossiers: Dossiers, body: number, gaps: number, frame: Frame): void {
  const time = frame.time
  const doubles = dossiers.doubles
  const gap = (time - doubles[(body + Body.LAST) >> 1]!) / 1e6
  const before = gap - doubles[(body + Body.MEAN) >> 1]!
  const mean = doubles[(body + Body.MEAN) >> 1]! + before / gaps
  doubles[(body + Body.MEAN) >> 1] = mean
  dossiers.floats[body + Body.DEVIATIONS] = dossiers.floats[body + Body.DEVIATIONS]! + before * (gap - mean)
  doubles[(body + Body.LAST) >> 1] = time
}

/**
 * The server sent payload: the beat that was sent last is answered. Counted beside the beat's number until the client
 * sends again: a reply needs no look at the beats.
 */
export function noteBeatAnswered(dossiers: Dossiers, dossier: number): void {
  dossiers.words[dossier + Dossier.NEWEST_BEAT]! += 1 << ANSWERS_SHIFT
}

/** Hands the answers counted since to the beat that was sent last. */
function settleAnswers(words: Int32Array, dossier: number): void {
  const newest = words[dossier + Dossier.NEWEST_BEAT]!
  const answers = newest >>> ANSWERS_SHIFT
  if (answers > 0) words[bodyOf(dossier, newest & BEAT) + Body.ANSWERED]! += answers
  words[dossier + Dossier.NEWEST_BEAT] = newest & BEAT
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
  const counts = dossier + Dossier.BEAT_COUNTS
  let strongest = 0
  for (let beat = 1; beat < BEATS; beat++) if (words[counts + beat]! > words[counts + strongest]!) strongest = beat
  const count = words[counts + strongest]!
  if (count < 2) return null
  const body = bodyOf(dossier, strongest)
  const newest = words[dossier + Dossier.NEWEST_BEAT]!
  return {
    size: words[dossier + Dossier.BEAT_SIZES + strongest]!,
    count,
    answered: words[body + Body.ANSWERED]! + ((newest & BEAT) === strongest ? newest >>> ANSWERS_SHIFT : 0),
    periodMs: dossiers.doubles[(body + Body.MEAN) >> 1]!,
    jitterMs: Math.sqrt(Math.max(0, dossiers.floats[body + Body.DEVIATIONS]!) / (count - 1)),
  }
}
