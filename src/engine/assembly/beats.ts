import { BEAT_WORDS, BEATS, Beat, Dossier, RegionNumber } from './layout'
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
    const at = beatAt(dossier, beat)
    if (word(at, Beat.SIZE) !== size) continue
    setWord(dossier, Dossier.NEWEST_BEAT, beat)
    const gaps = word(at, Beat.COUNT)
    setWord(at, Beat.COUNT, gaps + 1)
    noteGap(at, gaps, time)
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
  return word(dossier, Dossier.OTHER_BEATS) === 0 && word(beatAt(dossier, 0), Beat.SIZE) !== size
}

/** Address of a beat; without a record the others read as zeros. */
export function beatAt(dossier: usize, beat: i32): usize {
  if (beat === 0) return dossier + (Dossier.BEAT << 2)
  return otherBeatsAt(word(dossier, Dossier.OTHER_BEATS)) + (((beat - 1) * BEAT_WORDS) << 2)
}

/** How often a beat was sent. */
export function countOf(dossier: usize, beat: i32): i32 {
  return word(beatAt(dossier, beat), Beat.COUNT)
}

/** The most frequent size: the first of those that came as often. */
export function strongestBeat(dossier: usize): i32 {
  let strongest = 0
  for (let beat = 1; beat < BEATS; beat++) if (countOf(dossier, beat) > countOf(dossier, strongest)) strongest = beat
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
  if (answers > 0 && beat !== NOT_FOLLOWED) add(beatAt(dossier, beat), Beat.ANSWERED, answers)
  setWord(dossier, Dossier.NEWEST_BEAT, beat)
}

/**
 * Welford's update of the gaps' mean and squared deviations, with the `gaps`th of them. Where the capture's clock was set back nobody
 * knows how long it was: it is taken for one like the others.
 */
function noteGap(beat: usize, gaps: i32, time: f64): void {
  const gap = (time - double(beat, Beat.LAST)) / 1e6
  if (gap < 0) {
    setDouble(beat, Beat.LAST, time)
    return
  }
  const before = gap - double(beat, Beat.MEAN)
  const mean = double(beat, Beat.MEAN) + before / <f64>gaps
  setDouble(beat, Beat.MEAN, mean)
  setFloat(beat, Beat.DEVIATIONS, float(beat, Beat.DEVIATIONS) + before * (gap - mean))
  setDouble(beat, Beat.LAST, time)
}

function replaceRarest(dossier: usize, size: i32, time: f64): void {
  let rarest = rarestBeat(dossier, -1)
  if (areOnce(dossier) && longestUnseenStays(dossier, size)) rarest = rarestBeat(dossier, rarest)
  if (countOf(dossier, rarest) >= ESTABLISHED && !hasEnded(beatAt(dossier, rarest), time)) {
    setWord(dossier, Dossier.NEWEST_BEAT, NOT_FOLLOWED)
    return
  }
  if (rarest > 0 && word(dossier, Dossier.OTHER_BEATS) === 0)
    setWord(dossier, Dossier.OTHER_BEATS, take(RegionNumber.OTHER_BEATS))
  setWord(dossier, Dossier.NEWEST_BEAT, rarest)
  const at = beatAt(dossier, rarest)
  setWord(at, Beat.SIZE, size)
  setWord(at, Beat.COUNT, 1)
  setWord(at, Beat.ANSWERED, 0)
  setFloat(at, Beat.DEVIATIONS, 0)
  setDouble(at, Beat.LAST, time)
  setDouble(at, Beat.MEAN, 0)
}

/** The beat seen least often, and of several the one not seen for longest; -1 without any. `but` is passed over. */
function rarestBeat(dossier: usize, but: i32): i32 {
  let rarest = -1
  for (let beat = 0; beat < BEATS; beat++) {
    if (beat === but) continue
    const fewer = rarest < 0 ? -1 : countOf(dossier, beat) - countOf(dossier, rarest)
    if (fewer < 0 || (fewer === 0 && lastOf(dossier, beat) < lastOf(dossier, rarest))) rarest = beat
  }
  return rarest
}

function lastOf(dossier: usize, beat: i32): f64 {
  return double(beatAt(dossier, beat), Beat.LAST)
}

/** True where all four sizes came once. */
function areOnce(dossier: usize): bool {
  for (let beat = 0; beat < BEATS; beat++) if (countOf(dossier, beat) !== 1) return false
  return true
}

/** Three times of four; by the sizes, because it has to depend on nothing but the flow, and to be in step with no beat. */
function longestUnseenStays(dossier: usize, size: i32): bool {
  let mixed = size
  for (let beat = 0; beat < BEATS; beat++) mixed = mixed * 31 + word(beatAt(dossier, beat), Beat.SIZE)
  // Knuth's multiplicative hash: its upper bits depend on all of them.
  return (mixed * 0x9e3779b1) >>> 30 !== 0
}

function hasEnded(beat: usize, time: f64): bool {
  const silence = (time - double(beat, Beat.LAST)) / 1e6
  return silence > MISSED_TURNS * double(beat, Beat.MEAN)
}
