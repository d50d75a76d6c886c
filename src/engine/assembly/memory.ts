// Words and numbers in memory, as the program's tables of offsets and packets have them.

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
/** The most that a counter of 32 bits holds. */
export const MOST_COUNTED: u64 = 0xffffffff

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
