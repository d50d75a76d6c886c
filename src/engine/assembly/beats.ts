import { BEAT_BODY_WORDS, BEATS, Beat, Dossier, RegionNumber } from './layout'
import { add, double, float, setDouble, setFloat, setWord, word } from './memory'
import { dossierAt, otherBeatsAt, take } from './regions'

/** So often seen, a size is a beat: three times are two equal gaps, the least that can show a period. */
const ESTABLISHED = 3
/** A beat that has missed so many of its turns has ended. */
const MISSED_TURNS: f64 = 4
/** The number of the beat that was sent last, in its word. */
const NEWEST: i32 = (1 << Beat.ANSWERS_SHIFT) - 1
/** What was sent last is of a size that is not followed: its answers are no beat's. */
const NOT_FOLLOWED: i32 = BEATS

/** The client sent `size` new bytes in one segment. What is kept of beats, and why, is told in `flow/beats.ts`. */
export function noteBeat(offset: i32, size: i32, time: f64): void {
  const dossier = dossierAt(offset)
  settleAnswers(dossier)
  for (let beat = 0; beat < BEATS; beat++) {
    if (word(dossier, Dossier.BEAT_SIZES + beat) !== size) continue
    setWord(dossier, Dossier.NEWEST_BEAT, beat)
    const gaps = word(dossier, Dossier.BEAT_COUNTS + beat)
    setWord(dossier, Dossier.BEAT_COUNTS + beat, gaps + 1)
    noteGap(bodyOf(dossier, beat), gaps, time)
    return
  }
  replaceRarest(dossier, size, time)
}

/**
 * The server sent payload: the beat that was sent last is answered. Counted beside the beat's number until the client
 * sends again: a reply needs no look at the beats.
 */
export function noteBeatAnswered(offset: i32): void {
  add(dossierAt(offset), Dossier.NEWEST_BEAT, 1 << Beat.ANSWERS_SHIFT)
}

/** True where noting a size may open the record of the other beats, for which there has to be room. */
export function mayOpenBeats(offset: i32, size: i32): bool {
  const dossier = dossierAt(offset)
  return word(dossier, Dossier.OTHER_BEATS) === 0 && word(dossier, Dossier.BEAT_SIZES) !== size
}

/** Address of a beat's body; without a record the others read as zeros. */
export function bodyOf(dossier: usize, beat: i32): usize {
  if (beat === 0) return dossier + (Dossier.BEAT_BODY << 2)
  return otherBeatsAt(word(dossier, Dossier.OTHER_BEATS)) + (((beat - 1) * BEAT_BODY_WORDS) << 2)
}

/** The most frequent size: the first of those that came as often. */
export function strongestBeat(dossier: usize): i32 {
  let strongest = 0
  for (let beat = 1; beat < BEATS; beat++)
    if (word(dossier, Dossier.BEAT_COUNTS + beat) > word(dossier, Dossier.BEAT_COUNTS + strongest)) strongest = beat
  return strongest
}

/** How often a beat was answered since it was sent last, where that was the newest payload. */
export function unsettledAnswers(dossier: usize, beat: i32): i32 {
  const newest = word(dossier, Dossier.NEWEST_BEAT)
  return (newest & NEWEST) === beat ? newest >>> Beat.ANSWERS_SHIFT : 0
}

/** Hands the answers counted since to the beat that was sent last. */
function settleAnswers(dossier: usize): void {
  const newest = word(dossier, Dossier.NEWEST_BEAT)
  const answers = newest >>> Beat.ANSWERS_SHIFT
  const beat = newest & NEWEST
  if (answers > 0 && beat !== NOT_FOLLOWED) add(bodyOf(dossier, beat), Beat.ANSWERED, answers)
  setWord(dossier, Dossier.NEWEST_BEAT, beat)
}

/** Welford's update of the gaps' mean and squared deviations, with the `gaps`th of them. */
function noteGap(body: usize, gaps: i32, time: f64): void {
  const gap = (time - double(body, Beat.LAST)) / 1e6
  const before = gap - double(body, Beat.MEAN)
  const mean = double(body, Beat.MEAN) + before / <f64>gaps
  setDouble(body, Beat.MEAN, mean)
  setFloat(body, Beat.DEVIATIONS, float(body, Beat.DEVIATIONS) + before * (gap - mean))
  setDouble(body, Beat.LAST, time)
}

function replaceRarest(dossier: usize, size: i32, time: f64): void {
  let rarest = rarestBeat(dossier, -1)
  if (areOnce(dossier) && longestUnseenStays(dossier, size)) rarest = rarestBeat(dossier, rarest)
  if (word(dossier, Dossier.BEAT_COUNTS + rarest) >= ESTABLISHED && !hasEnded(bodyOf(dossier, rarest), time)) {
    setWord(dossier, Dossier.NEWEST_BEAT, NOT_FOLLOWED)
    return
  }
  if (rarest > 0 && word(dossier, Dossier.OTHER_BEATS) === 0)
    setWord(dossier, Dossier.OTHER_BEATS, take(RegionNumber.OTHER_BEATS))
  const body = bodyOf(dossier, rarest)
  setWord(dossier, Dossier.NEWEST_BEAT, rarest)
  setWord(dossier, Dossier.BEAT_SIZES + rarest, size)
  setWord(dossier, Dossier.BEAT_COUNTS + rarest, 1)
  setWord(body, Beat.ANSWERED, 0)
  setFloat(body, Beat.DEVIATIONS, 0)
  setDouble(body, Beat.LAST, time)
  setDouble(body, Beat.MEAN, 0)
}

/** Of those seen as rarely, the longest unseen; -1 without any. `but` is left out. */
function rarestBeat(dossier: usize, but: i32): i32 {
  let rarest = -1
  for (let beat = 0; beat < BEATS; beat++) {
    if (beat === but) continue
    const fewer =
      rarest < 0 ? -1 : word(dossier, Dossier.BEAT_COUNTS + beat) - word(dossier, Dossier.BEAT_COUNTS + rarest)
    if (fewer < 0 || (fewer === 0 && lastOf(dossier, beat) < lastOf(dossier, rarest))) rarest = beat
  }
  return rarest
}

function lastOf(dossier: usize, beat: i32): f64 {
  return double(bodyOf(dossier, beat), Beat.LAST)
}

/** True where all four sizes came once. */
function areOnce(dossier: usize): bool {
  for (let beat = 0; beat < BEATS; beat++) if (word(dossier, Dossier.BEAT_COUNTS + beat) !== 1) return false
  return true
}

/** Three times of four; by the sizes, because it has to depend on nothing but the flow, and to be in step with no beat. */
function longestUnseenStays(dossier: usize, size: i32): bool {
  let mixed = size
  for (let beat = 0; beat < BEATS; beat++) mixed = mixed * 31 + word(dossier, Dossier.BEAT_SIZES + beat)
  // Knuth's multiplicative hash: its upper bits depend on all of them.
  return (mixed * 0x9e3779b1) >>> 30 !== 0
}

function hasEnded(body: usize, time: f64): bool {
  const silence = (time - double(body, Beat.LAST)) / 1e6
  return silence > MISSED_TURNS * double(body, Beat.MEAN)
}
