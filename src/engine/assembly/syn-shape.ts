import { DOSSIER_WORDS, Dossier, NO_SCALE, SynShapeWord } from './layout'
import { setWord, word, word16 } from './memory'
import { optionsAt, optionsEnd, ttl, window } from './packet'
import { dossierAt, synShapesAt } from './regions'

/** Kinds of options (RFC 9293 §3.2, RFC 7323 §2). */
const END: i32 = 0
const NOP: i32 = 1
const MSS: i32 = 2
const WINDOW_SCALE: i32 = 3
/** RFC 7323 §2.3: a shift above 14 counts as 14. */
const MOST_SHIFT: i32 = 14

/** A side's SYN in `Dossier.WINDOW_SHIFTS`: it had no such option, or one with this shift more. */
const UNSHIFTED: i32 = 1
const SHIFTED: i32 = 2
const SHIFT_BITS: i32 = 127
/** Beside it: the SYN told a window of zero. */
const SHUT: i32 = 128

/** Keeps what a side's SYN told, by the offset of the flow's dossier. */
export function keepSynShape(offset: i32, side: i32, shape: i32, options: i32): void {
  const at = synShapesAt(offset / DOSSIER_WORDS)
  setWord(at, SynShapeWord.SHAPE + side, shape)
  setWord(at, SynShapeWord.OPTIONS + side, options)
  const dossier = dossierAt(offset)
  const others = word(dossier, Dossier.WINDOW_SHIFTS) & ~(255 << (side << 3))
  setWord(dossier, Dossier.WINDOW_SHIFTS, others | (shiftIn(shape) << (side << 3)))
}

/** The shift that applies to what `side` tells of its window: 0 where either SYN had none, -1 where one is unknown. */
export function windowShift(offset: i32, side: i32): i32 {
  const both = word(dossierAt(offset), Dossier.WINDOW_SHIFTS)
  const own = (both >>> (side << 3)) & SHIFT_BITS
  const other = (both >>> ((side ^ 1) << 3)) & SHIFT_BITS
  if (own === 0 || other === 0) return -1
  return own === UNSHIFTED || other === UNSHIFTED ? 0 : own - SHIFTED
}

/** True where a side's SYN told a window of zero, by the flow's dossier. */
export function beganShut(dossier: usize, side: i32): bool {
  return (word(dossier, Dossier.WINDOW_SHIFTS) & (SHUT << (side << 3))) !== 0
}

function shiftIn(shape: i32): i32 {
  if (shape === 0) return 0
  const scale = (shape >>> 16) & 255
  const shut = (shape & 0xffff) === 0 ? SHUT : 0
  return (scale === NO_SCALE ? UNSHIFTED : scale + SHIFTED) | shut
}

/** TTL, window scale (or NO_SCALE) and window of the current SYN in one word. */
export function shapeOfSyn(): i32 {
  return (ttl << 24) | (scale() << 16) | window
}

/** MSS (0 without) and a hash of the options' order of the current SYN in one word. */
export function optionsOfSyn(): i32 {
  let mss = 0
  let order = 0
  for (let at = optionsAt; at < optionsEnd; ) {
    const kind = <i32>load<u8>(at)
    order = (order * 31 + kind + 1) & 0xffff
    const length = lengthOf(at, kind)
    if (length === 0) break
    if (kind === MSS && length === 4) mss = word16(at + 2)
    at += length
  }
  return (mss << 16) | order
}

function scale(): i32 {
  for (let at = optionsAt; at < optionsEnd; ) {
    const kind = <i32>load<u8>(at)
    const length = lengthOf(at, kind)
    if (length === 0) break
    if (kind === WINDOW_SCALE && length === 3) return min(MOST_SHIFT, <i32>load<u8>(at + 2))
    at += length
  }
  return NO_SCALE
}

/** Bytes of the option at `at`; 0 where the list ends there or makes no sense from there on. */
function lengthOf(at: usize, kind: i32): i32 {
  if (kind === END) return 0
  if (kind === NOP) return 1
  const length = at + 1 < optionsEnd ? <i32>load<u8>(at + 1) : 0
  return length < 2 || at + length > optionsEnd ? 0 : length
}
