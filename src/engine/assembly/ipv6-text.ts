import { byte, ipv4 } from './json-text'
import { word } from './memory'

/** Writes IPv6 addresses as RFC 5952 has them, behind what was written last. */

const GROUPS = 8
const COLON: u8 = 58
const ZERO: u8 = 48
const LETTER_A: u8 = 97
/** The third word of an IPv4 address in IPv6, behind two of zeros. */
const MAPPED: i32 = 0xffff

/** An address of four words, the first byte highest. */
export function ipv6(at: usize): void {
  if (word(at, 0) === 0 && word(at, 1) === 0 && word(at, 2) === MAPPED) writeMapped(word(at, 3))
  else writeGroups(at)
}

function writeMapped(address: i32): void {
  colons()
  hex(MAPPED)
  byte(COLON)
  ipv4(address)
}

/** The first of the longest runs of zero groups is left out, if it has at least two. */
function writeGroups(at: usize): void {
  let longest = 1
  let from = GROUPS
  let run = 0
  for (let place = 0; place < GROUPS; place++) {
    run = group(at, place) === 0 ? run + 1 : 0
    if (run <= longest) continue
    longest = run
    from = place - run + 1
  }
  const to = from === GROUPS ? GROUPS : from + longest
  for (let place = 0; place < GROUPS; place++) {
    if (place === from) colons()
    if (place >= from && place < to) continue
    if (place > 0 && place !== to) byte(COLON)
    hex(group(at, place))
  }
}

function group(at: usize, place: i32): u32 {
  const pair = <u32>word(at, place >> 1)
  return (place & 1) === 0 ? pair >>> 16 : pair & 0xffff
}

function colons(): void {
  byte(COLON)
  byte(COLON)
}

/** Writes a group in hexadecimal, without leading zeros. */
function hex(value: u32): void {
  if (value > 0xfff) digit(value >>> 12)
  if (value > 0xff) digit((value >>> 8) & 15)
  if (value > 0xf) digit((value >>> 4) & 15)
  digit(value & 15)
}

function digit(value: u32): void {
  byte(value < 10 ? ZERO + <u8>value : LETTER_A + <u8>(value - 10))
}
