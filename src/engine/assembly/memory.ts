import {
  ANALYSIS_WORDS,
  NODE_WORDS,
  RARE_WORDS,
  REGION_WORDS,
  REGIONS,
  RegionNumber,
  RegionWord,
  STATISTICS_WORDS,
} from './layout'

/** What is written down of a region, by `RegionWord`. */
function region(number: i32, place: i32): usize {
  return REGIONS + ((number * REGION_WORDS + place) << 2)
}
/** Where a region's records start. The program moves them when they need room: an address of one is not kept. */
function startOf(number: i32): usize {
  return load<u32>(region(number, RegionWord.AT))
}
/** Records of a region in use. */
export function used(number: i32): i32 {
  return load<i32>(region(number, RegionWord.USED))
}
export function setUsed(number: i32, count: i32): void {
  store<i32>(region(number, RegionWord.USED), count)
}

/** Address of a row or dossier, by the offset in words that the program knows it by. */
export function rowAt(offset: i32): usize {
  return startOf(RegionNumber.ROWS) + ((<usize>offset) << 2)
}
export function dossierAt(offset: i32): usize {
  return startOf(RegionNumber.DOSSIERS) + ((<usize>offset) << 2)
}
/** Records of a region that there is room for. */
export function roomOf(number: i32): i32 {
  return load<i32>(region(number, RegionWord.ROOM))
}

/** Address of a flow's words of the analysis, of a side's rare ones, of a flow's statistics, and of an unacknowledged segment. */
export function analysisAt(flow: i32): usize {
  return startOf(RegionNumber.ANALYSIS) + ((<usize>flow * ANALYSIS_WORDS) << 2)
}
export function rareAnalysisAt(flow: i32, side: i32): usize {
  return startOf(RegionNumber.RARE_ANALYSIS) + ((<usize>(2 * flow + side) * (RARE_WORDS / 2)) << 2)
}
export function statisticsAt(flow: i32): usize {
  return startOf(RegionNumber.STATISTICS) + ((<usize>flow * STATISTICS_WORDS) << 2)
}
export function nodeAt(node: i32): usize {
  return startOf(RegionNumber.UNACKED) + ((<usize>node * NODE_WORDS) << 2)
}
/** Address of the first slot of the hash table. */
export function slotsAt(): usize {
  return startOf(RegionNumber.SLOTS)
}

/** A word of a record, `place` in words as in the program's tables of offsets. */
export function word(record: usize, place: i32): i32 {
  return load<i32>(record + ((<usize>place) << 2))
}
export function setWord(record: usize, place: i32, value: i32): void {
  store<i32>(record + ((<usize>place) << 2), value)
}
export function add(record: usize, place: i32, value: i32): void {
  setWord(record, place, word(record, place) + value)
}
/** A word that counts up to 2^32. */
export function counter(record: usize, place: i32): u64 {
  return load<u32>(record + ((<usize>place) << 2))
}
export function double(record: usize, place: i32): f64 {
  return load<f64>(record + ((<usize>place) << 2))
}
export function setDouble(record: usize, place: i32, value: f64): void {
  store<f64>(record + ((<usize>place) << 2), value)
}
export function float(record: usize, place: i32): f64 {
  return <f64>load<f32>(record + ((<usize>place) << 2))
}
export function setFloat(record: usize, place: i32, value: f64): void {
  store<f32>(record + ((<usize>place) << 2), <f32>value)
}

/** The number of a batch's column. */
export function column(start: usize, index: i32): i32 {
  return load<i32>(start + ((<usize>index) << 2))
}
export function setColumn(start: usize, index: i32, value: i32): void {
  store<i32>(start + ((<usize>index) << 2), value)
}

/** Numbers of a packet, in network byte order. */
export function word32(at: usize): i32 {
  return bswap<i32>(load<i32>(at))
}
export function word16(at: usize): i32 {
  return <i32>bswap<u16>(load<u16>(at))
}

/** How far `later` is behind `earlier` in the sequence space (RFC 9293 §3.4). */
export function distance(later: i32, earlier: i32): i32 {
  return later - earlier
}
