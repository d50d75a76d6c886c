import { FIVE_DIGIT_YEARS } from './layout'

/** Writes numbers as JSON has them, behind each other. */

const ZERO: u32 = 48
const DOT: u8 = 46
const COLON: u8 = 58
const HYPHEN: u8 = 45
const LETTER_T: u8 = 84
const LETTER_Z: u8 = 90
const STRIDE = 8
/** A tenth of a number below 100 is its product with this, shifted so far. */
const TENTH: u32 = 103
const TENTH_SHIFT = 10
const SECONDS_A_DAY = 86_400

/** Where the next byte goes. */
export let end: usize = 0

/** Begins to write at an address. */
export function begin(at: usize): void {
  end = at
}

/** Copies eight bytes at a time, up to seven too many: what comes next covers them. */
export function copy(from: usize, length: i32): void {
  for (let at: usize = 0; at < <usize>length; at += STRIDE) store<u64>(end + at, load<u64>(from + at))
  end += length
}

/** Writes a whole number. */
export function number(value: u64): void {
  if (value <= 0xffffffff) digits(<u32>value, digitsOf(<u32>value))
  else {
    number(value / 1_000_000_000)
    digits(<u32>(value % 1_000_000_000), 9)
  }
}

/** Writes thousandths as JSON writes their quotient. */
export function thousandths(value: u32): void {
  number(value / 1000)
  const rest = value % 1000
  if (rest === 0) return
  byte(DOT)
  if (rest % 100 === 0) digits(rest / 100, 1)
  else if (rest % 10 === 0) digits(rest / 10, 2)
  else digits(rest, 3)
}

/** Writes an IPv4 address in one word, the first byte highest. */
export function ipv4(word: u32): void {
  number(word >>> 24)
  byte(DOT)
  number((word >>> 16) & 255)
  byte(DOT)
  number((word >>> 8) & 255)
  byte(DOT)
  number(word & 255)
}

/** Writes a time as RFC 3339 has it, `places` digits after the second; its year has four digits. */
export function time(epochSeconds: f64, nanoseconds: f64, places: i32): void {
  const carried = floor(nanoseconds / 1e9)
  copy(secondText(epochSeconds + carried), SECOND_LENGTH)
  if (places > 0) {
    byte(DOT)
    digits(<u32>floor((nanoseconds - carried * 1e9) / unit(places)), places)
  }
  byte(LETTER_Z)
}

/** Whether a time is of a year from 1970 to 9999. */
export function hasFourDigitYear(epochSeconds: f64, nanoseconds: f64): bool {
  const second = epochSeconds + floor(nanoseconds / 1e9)
  return second >= 0 && second < FIVE_DIGIT_YEARS
}

/** Rounds as `Math.round` does: a half goes up. */
export function rounded(value: f64): f64 {
  const whole = floor(value)
  return value - whole >= 0.5 ? whole + 1 : whole
}

/** Nanoseconds of the last of so many digits after the second. */
function unit(places: i32): f64 {
  let value: f64 = 1
  for (let n = places; n < 9; n++) value *= 10
  return value
}

/** Seconds whose text is kept, by their last bits: connections that begin together end within a few of each other. */
const KNOWN_SECONDS: i32 = 8
/** A float64 of the second + 1, 0 where there is none, and the text. */
const KNOWN_BYTES: i32 = 32
const KNOWN: usize = memory.data(KNOWN_SECONDS * KNOWN_BYTES)
/** `yyyy-mm-ddThh:mm:ss` */
const SECOND_LENGTH: i32 = 19

/** Where the text of a second since 1970 is. */
function secondText(second: f64): usize {
  const known = KNOWN + (<i32>(<i64>second) & (KNOWN_SECONDS - 1)) * KNOWN_BYTES
  const text = known + sizeof<f64>()
  if (load<f64>(known) === second + 1) return text
  store<f64>(known, second + 1)
  const before = end
  end = text
  const days = floor(second / SECONDS_A_DAY)
  date(<i32>days)
  clock(<i32>(second - days * SECONDS_A_DAY))
  end = before
  return text
}

let knownDay: i32 = -1
let year: i32 = 0
let month: i32 = 0
let dayOfMonth: i32 = 0

/** The date of a day since 1970, by the calendar's arithmetic. Years begin in March, so that the leap day is their last. */
function findDay(day: i32): void {
  if (day === knownDay) return
  knownDay = day
  const shifted = day + 719_468
  const era = shifted / 146_097
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  const shiftedMonth = (5 * dayOfYear + 2) / 153
  month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
}

/** `yyyy-mm-ddT` */
function date(day: i32): void {
  findDay(day)
  digits(year, 4)
  byte(HYPHEN)
  digits(month, 2)
  byte(HYPHEN)
  digits(dayOfMonth, 2)
  byte(LETTER_T)
}

/** `hh:mm:ss` */
function clock(second: i32): void {
  const minute = second / 60
  digits(minute / 60, 2)
  byte(COLON)
  digits(minute % 60, 2)
  byte(COLON)
  digits(second % 60, 2)
}

export function byte(value: u8): void {
  store<u8>(end++, value)
}

/** So many digits of a number, with zeros in front. */
function digits(value: u32, count: i32): void {
  let left = value
  let at = end + count
  for (; at >= end + 2; left /= 100) {
    at -= 2
    store<u16>(at, pair(left % 100))
  }
  if (at > end) store<u8>(end, ZERO + left)
  end += count
}

/** Two digits of a number below 100, the first one lowest. */
function pair(value: u32): u16 {
  const tens = (value * TENTH) >>> TENTH_SHIFT
  return <u16>((ZERO + tens) | ((ZERO + value - tens * 10) << 8))
}

function digitsOf(value: u32): i32 {
  if (value < 100) return value < 10 ? 1 : 2
  if (value < 1e5) return value < 1e3 ? 3 : value < 1e4 ? 4 : 5
  if (value < 1e8) return value < 1e6 ? 6 : value < 1e7 ? 7 : 8
  return value < 1e9 ? 9 : 10
}
