import { setFlow } from './current'
import {
  ANALYSIS_SIDE_WORDS,
  ANALYSIS_WORDS,
  Column,
  DOSSIER_WORDS,
  Dossier,
  RegionNumber,
  ROW_WORDS,
  Row,
  STATISTICS_SIDE_WORDS,
  STATISTICS_WORDS,
  State,
} from './layout'
import { column, setColumn, setDouble, setWord, word } from './memory'
import { frameId, from, ports, time, to, version } from './packet'
import { ports as portsOf } from './plain-segment'
import { analysisAt, dossierAt, room, rowAt, slotsAt, statisticsAt, take, used } from './regions'

/** A slot: a hash, and a row's number plus 1. */
const SLOT_BYTES: u32 = 8
/** Where a dossier keeps, beyond its first line, what payload of the client and a mute server's acknowledgment need. */
const SECOND_LINE: i32 = Dossier.BEAT

/** Sum of what was only touched: exported, so that no compiler finds the reading useless. */
export let warmth: i32 = 0

/** Spreads an endpoint over 32 bits, so that the sum of two is a hash that is the same in both directions. */
function spread(address: i32, port: i32): i32 {
  const mixed = (address ^ (port * 0x9e3779b1)) * 0x85ebca6b
  return mixed ^ (mixed >>> 15)
}

/** Hash of two ends, the same in both directions. IPv6 addresses are hashed by their numbers in the program's table. */
export function hashOf(a: i32, portA: i32, b: i32, portB: i32): i32 {
  const sum = spread(a, portA) + spread(b, portB)
  return (sum ^ (sum >>> 16)) * 0x27d4eb2f
}

/** Takes a byte's offset in the slots, of which a power of two is in use, back to their beginning. */
function slotMask(): u32 {
  return <u32>used(RegionNumber.SLOTS) * SLOT_BYTES - 1
}

function slotOf(hash: i32): u32 {
  return ((<u32>hash >> 7) * SLOT_BYTES) & slotMask()
}

/** The first row whose flow has this hash, or -1: a guess that does not look at rows. */
function guess(hash: i32): i32 {
  const slots = slotsAt()
  let slot = slotOf(hash)
  for (let entry = load<i32>(slots + slot, 4); entry !== 0; entry = load<i32>(slots + slot, 4)) {
    if (load<i32>(slots + slot) === hash) return entry - 1
    slot = (slot + SLOT_BYTES) & slotMask()
  }
  return -1
}

/** Hash of the current packet's ends. */
function hashOfPacket(): i32 {
  return hashOf(from, ports >>> 16, to, ports & 0xffff)
}

/** The slot that `find` ended at. */
let found: usize = 0

/** Finds the current packet's flow, and makes it the current one. False where it has none. */
export function find(): bool {
  const hash = hashOfPacket()
  const reversed = (ports << 16) | (ports >>> 16)
  const slots = slotsAt()
  let slot = slotOf(hash)
  for (let entry = load<i32>(slots + slot, 4); entry !== 0; entry = load<i32>(slots + slot, 4)) {
    found = slots + slot
    const row = rowAt((entry - 1) * ROW_WORDS)
    if (load<i32>(found) === hash && (word(row, Row.STATE) & State.IPV6) === version) {
      const a = word(row, Row.ADDRESS_A)
      const b = word(row, Row.ADDRESS_B)
      const known = word(row, Row.PORTS)
      const forward = a === from && b === to && known === ports
      if (forward || (a === to && b === from && known === reversed)) {
        setFlow(entry - 1, forward ? 0 : 1)
        return true
      }
    }
    slot = (slot + SLOT_BYTES) & slotMask()
  }
  found = slots + slot
  return false
}

/**
 * Begins a flow with the current packet, which `find` has just been asked for, and makes it the current one. One of the
 * same ends, if there was, is no longer found.
 */
export function begin(): void {
  const number = take(RegionNumber.ROWS)
  const before = load<i32>(found, 4)
  store<i32>(found, hashOfPacket())
  store<i32>(found, number + 1, 4)
  if (before !== 0) replace(before - 1)
  setFlow(number, 0)
  const row = rowAt(number * ROW_WORDS)
  setWord(row, Row.ADDRESS_A, from)
  setWord(row, Row.ADDRESS_B, to)
  setWord(row, Row.PORTS, ports)
  setWord(row, Row.STATE, version)
  setDouble(row, Row.FIRST_TIME, time)
  setDouble(row, Row.LAST_TIME, time)
  setWord(row, Row.FIRST_FRAME, frameId)
}

function replace(number: i32): void {
  const row = rowAt(number * ROW_WORDS)
  setWord(row, Row.STATE, word(row, Row.STATE) | State.REPLACED)
}

/** Puts a flow into the first free slot of its hash. */
export function insert(hash: i32, row: i32): void {
  const slots = slotsAt()
  let slot = slotOf(hash)
  while (load<i32>(slots + slot, 4) !== 0) slot = (slot + SLOT_BYTES) & slotMask()
  store<i32>(slots + slot, hash)
  store<i32>(slots + slot, row + 1, 4)
}

/**
 * Puts what is in the slots between two where it belongs now that twice as many are in use. Before `from` there is nothing, so
 * that no flow between stands before its first slot, and none finds its new one taken by another that is to move yet: it is
 * one that was passed already, or lies in the new half. Both are walked over in order, which the cache foresees.
 */
export function spreadSlots(from: i32, to: i32): void {
  const end = slotsAt() + <usize>to * SLOT_BYTES
  for (let slot = slotsAt() + <usize>from * SLOT_BYTES; slot < end; slot += SLOT_BYTES) {
    const entry = load<i32>(slot, 4)
    if (entry === 0) continue
    const hash = load<i32>(slot)
    store<u64>(slot, 0)
    insert(hash, entry - 1)
  }
}

/**
 * Touches the memory of the flows that the frames from `from` to `to` are likely to belong to, before they are followed.
 * Cache misses of independent packets overlap in loops as short as these, which hold nothing but loads and hardly a
 * branch; while following, each would be waited for. A loop per kind of memory, because each finds where the next has to
 * look. Hashes of what is TCP and no plain segment are in their column already, 0 for what is none.
 */
export function warm(from: i32, to: i32): void {
  hashSegments(from, to)
  guessRows(from, to)
  touchRows(from, to)
  touchDossiers(from, to)
}

/**
 * The same for what the analysis and the statistics keep of the flows in the frames' columns, where there are any. Once they
 * are followed their rows are known, those of new flows, too, and what following them needed is needed no more.
 */
export function warmAnalysis(from: i32, to: i32): void {
  if (room(RegionNumber.ANALYSIS) > 0) touchAnalysis(from, to)
  if (room(RegionNumber.STATISTICS) > 0) touchStatistics(from, to)
}

function hashSegments(from: i32, to: i32): void {
  for (let index = from; index < to; index++) {
    const segment = column(Column.SEGMENT, index)
    if (segment < 0) continue
    const both = portsOf(segment)
    const hash = hashOf(column(Column.FROM, index), both >>> 16, column(Column.TO, index), both & 0xffff)
    setColumn(Column.HASH, index, hash)
  }
  let sum = 0
  for (let index = from; index < to; index++) sum ^= load<i32>(slotsAt() + slotOf(column(Column.HASH, index)))
  warmth ^= sum
}

function guessRows(from: i32, to: i32): void {
  for (let index = from; index < to; index++) setColumn(Column.ROW, index, guess(column(Column.HASH, index)))
}

/** The row's words, those of row 0 where there is none: touched, not believed. */
function likelyRow(index: i32): usize {
  return rowAt(max(column(Column.ROW, index), 0) * ROW_WORDS)
}

function touchRows(from: i32, to: i32): void {
  let sum = 0
  for (let index = from; index < to; index++) {
    const row = likelyRow(index)
    sum ^= word(row, 0) ^ word(row, Row.SIDES)
  }
  warmth ^= sum
}

/** Both lines of each: to choose those that its frame will need takes longer than the lines that it will not. */
function touchDossiers(from: i32, to: i32): void {
  let sum = 0
  for (let index = from; index < to; index++) {
    const dossier = likelyDossier(likelyRow(index))
    sum ^= word(dossier, 0) ^ word(dossier, SECOND_LINE)
  }
  warmth ^= sum
}

/** Room for a flow is here wherever there is a row for it. */
function touchAnalysis(from: i32, to: i32): void {
  const analysis = analysisAt(0)
  let sum = 0
  for (let index = from; index < to; index++) {
    const flow = analysis + ((max(column(Column.ROW, index), 0) * ANALYSIS_WORDS) << 2)
    sum ^= word(flow, 0) ^ word(flow, ANALYSIS_SIDE_WORDS)
  }
  warmth ^= sum
}

function touchStatistics(from: i32, to: i32): void {
  const statistics = statisticsAt(0)
  let sum = 0
  for (let index = from; index < to; index++) {
    const flow = statistics + ((max(column(Column.ROW, index), 0) * STATISTICS_WORDS) << 2)
    sum ^= word(flow, 0) ^ word(flow, STATISTICS_SIDE_WORDS)
  }
  warmth ^= sum
}

function likelyDossier(row: usize): usize {
  return dossierAt(word(row, Row.DOSSIER) * DOSSIER_WORDS)
}
