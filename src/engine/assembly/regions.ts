import {
  ANALYSIS_SIDE_WORDS,
  ANALYSIS_WORDS,
  HISTORY_WORDS,
  LIMITS,
  Limit,
  MOST_A_PACKET,
  MOST_SIGNALS,
  NODE_WORDS,
  OTHER_BEATS_WORDS,
  RARE_DOSSIER_WORDS,
  RARE_WORDS,
  REGION_WORDS,
  REGIONS,
  RegionNumber,
  RegionWord,
  SIGNAL_WORDS,
  STATISTICS_WORDS,
  SYN_SHAPE_WORDS,
} from './layout'

/** What is written down of a region, by `RegionWord`. */
function told(number: i32, place: i32): usize {
  return REGIONS + ((number * REGION_WORDS + place) << 2)
}
/** Where a region's records start. The program moves them when they need room: an address of one is not kept. */
function startOf(number: i32): usize {
  return load<u32>(told(number, RegionWord.AT))
}
/** Records of a region in use. */
export function used(number: i32): i32 {
  return load<i32>(told(number, RegionWord.USED))
}
/** How many there is room for. */
export function room(number: i32): i32 {
  return load<i32>(told(number, RegionWord.ROOM))
}
/** Says how many of its records are in use. */
export function setUsed(number: i32, count: i32): void {
  store<i32>(told(number, RegionWord.USED), count)
}
/** Takes the region's next record, for which there has to be room; returns its number. */
export function take(number: i32): i32 {
  const record = used(number)
  setUsed(number, record + 1)
  return record
}

/** Address of a row or dossier, by the offset in words that the program knows it by. */
export function rowAt(offset: i32): usize {
  return startOf(RegionNumber.ROWS) + ((<usize>offset) << 2)
}
export function dossierAt(offset: i32): usize {
  return startOf(RegionNumber.DOSSIERS) + ((<usize>offset) << 2)
}
/** Address of what the SYNs told, by the number of the dossier. */
export function synShapesAt(number: i32): usize {
  return startOf(RegionNumber.SYN_SHAPES) + <usize>number * (SYN_SHAPE_WORDS << 2)
}
/** Address of a dossier's rare words, of its other beats, of a signal or history, by its number. */
export function rareDossierAt(number: i32): usize {
  return startOf(RegionNumber.RARE_DOSSIERS) + <usize>number * (RARE_DOSSIER_WORDS << 2)
}
export function otherBeatsAt(number: i32): usize {
  return startOf(RegionNumber.OTHER_BEATS) + <usize>number * (OTHER_BEATS_WORDS << 2)
}
export function signalAt(number: i32): usize {
  return startOf(RegionNumber.SIGNALS) + <usize>number * (SIGNAL_WORDS << 2)
}
export function historyAt(number: i32): usize {
  return startOf(RegionNumber.HISTORIES) + <usize>number * (HISTORY_WORDS << 2)
}
/** Address of a flow's words of the analysis, of a side's, of its rare ones, and of an unacknowledged segment. */
export function analysisAt(flow: i32): usize {
  return startOf(RegionNumber.ANALYSIS) + <usize>flow * (ANALYSIS_WORDS << 2)
}
export function analysedSideAt(flow: i32, side: i32): usize {
  return analysisAt(flow) + <usize>side * (ANALYSIS_SIDE_WORDS << 2)
}
export function rareAnalysisAt(flow: i32, side: i32): usize {
  return startOf(RegionNumber.RARE_ANALYSIS) + <usize>(2 * flow + side) * ((RARE_WORDS / 2) << 2)
}
export function nodeAt(node: i32): usize {
  return startOf(RegionNumber.UNACKED) + <usize>node * (NODE_WORDS << 2)
}
/** Address of a flow's statistics. */
export function statisticsAt(flow: i32): usize {
  return startOf(RegionNumber.STATISTICS) + <usize>flow * (STATISTICS_WORDS << 2)
}
/** Address of the first slot of the hash table. */
export function slotsAt(): usize {
  return startOf(RegionNumber.SLOTS)
}

/** True where the next packet might need more records than there is room for, and the program can make room. */
export function needsRoom(): bool {
  if (load<i32>(LIMITS + Limit.IS_FULL) !== 0) return false
  if (isScarce(RegionNumber.ROWS) || isScarce(RegionNumber.DOSSIERS) || isScarce(RegionNumber.HISTORIES)) return true
  if (isScarce(RegionNumber.RARE_DOSSIERS) || isScarce(RegionNumber.OTHER_BEATS)) return true
  if (isScarce(RegionNumber.SYN_SHAPES)) return true
  if (2 * used(RegionNumber.ROWS) >= used(RegionNumber.SLOTS)) return true
  return isScarce(RegionNumber.SIGNALS) && room(RegionNumber.SIGNALS) < MOST_SIGNALS
}

/** True where there is room for one more record. */
export function hasRoom(number: i32): bool {
  return used(number) < room(number)
}

function isScarce(number: i32): bool {
  return used(number) + MOST_A_PACKET > room(number)
}

/** True where no further flow may begin. Those that have begun are followed to their end. */
export function isFull(): bool {
  if (!hasRoom(RegionNumber.ROWS) || !hasRoom(RegionNumber.HISTORIES)) return true
  return bytesUsed() >= load<f64>(LIMITS + Limit.MOST_BYTES)
}

function bytesUsed(): f64 {
  let bytes: f64 = 0
  for (let number = 0; number <= RegionNumber.SYN_SHAPES; number++)
    bytes += <f64>used(number) * <f64>load<i32>(told(number, RegionWord.RECORD_BYTES))
  return bytes
}

/** Counts something that the run tells at its end. */
export function count(total: i32): void {
  const at: usize = LIMITS + total
  store<f64>(at, load<f64>(at) + 1)
}
