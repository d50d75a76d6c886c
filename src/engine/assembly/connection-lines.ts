import { label, writeEnds, writeNumbers } from './connection-line'
import { writeDuration } from './duration-text'
import { isPath } from './history-path'
import { begin, copy, end, hasFourDigitYear, number } from './json-text'
import {
  BATCH,
  Column,
  Dossier,
  History,
  Label,
  LINE,
  LINES,
  Line,
  LineField,
  MANNER_WORDS,
  Manner,
  PASSAGE_BITS,
  PASSAGE_WORDS,
  PassageWord,
  Row,
  State,
  TEXTS,
  TextField,
} from './layout'
import { column, counter, double, word } from './memory'
import { dossier, readFlow, row } from './read-flow'
import { meanWait } from './turn-facts'

/** Whole lines of a report, one after the other, of flows that are told as others are: with a finding at most. */

const MANNERS: usize = TEXTS + TextField.MANNERS
const CAPTURES: usize = TEXTS + TextField.CAPTURES
/** Knuth's multiplicative hash: its upper bits depend on all of them. */
const MIX: u32 = 0x9e3779b1
const HASH_SHIFT = 32 - PASSAGE_BITS

/**
 * Writes the lines of flows as long as they are such, from `offset` bytes behind LINES on. Returns the first that is none,
 * `to` where all are.
 */
export function writeConnections(from: i32, to: i32, offset: i32, epochSeconds: f64): i32 {
  begin(LINES + offset)
  let flow = from
  for (; flow < to; flow++) {
    const manner = column(Column.MANNER, flow & (BATCH - 1))
    if (manner === Line.NONE) continue
    const start = end
    if (manner === Line.LEFT || !wroteLine(flow, manner, epochSeconds)) {
      begin(start)
      break
    }
  }
  store<u32>(LINE + LineField.LAST, end)
  return flow
}

function wroteLine(flow: i32, manner: i32, epochSeconds: f64): bool {
  readFlow(flow)
  const client = (word(row, Row.STATE) & State.CLIENT_B) === 0 ? 0 : 1
  const passage = passageOf(client)
  if (passage === 0 || !isWritable(epochSeconds)) return false
  const first = counter(row, Row.FIRST_FRAME)
  const last = counter(row, Row.LAST_FRAME)
  const capture = captureOf(first)
  // It has a field more.
  if (captureOf(last) !== capture) return false
  text(TEXTS + TextField.NEXT)
  writeEnds(flow, capture, client)
  if (!wroteJudgement(MANNERS + ((manner * MANNER_WORDS) << 2))) return false
  text(passage)
  const places = column(CAPTURES, 2 * capture + 1)
  if (!writeNumbers(client, numberOf(first), numberOf(last), epochSeconds, places)) return false
  const finding = column(Column.FINDING, flow & (BATCH - 1))
  if (finding >= 0) number(finding)
  label(Label.LINE_END, Label.LINE_END_LENGTH)
  return true
}

/** Years of five digits are the program's. */
function isWritable(epochSeconds: f64): bool {
  if (!hasFourDigitYear(epochSeconds, double(row, Row.FIRST_TIME))) return false
  return hasFourDigitYear(epochSeconds, double(row, Row.LAST_TIME))
}

function wroteJudgement(manner: usize): bool {
  text(manner)
  if (word(manner, Manner.TELLS_TIMES) === 0) return true
  const answered = word(dossier, Dossier.ANSWERED)
  number(answered)
  if (answered === 1) label(Label.ANSWER, Label.ANSWER_LENGTH)
  else label(Label.ANSWERS, Label.ANSWERS_LENGTH)
  if (!writeDuration(meanWait())) return false
  if (answered > 1) label(Label.ON_AVERAGE, Label.ON_AVERAGE_LENGTH)
  text(manner + (Manner.TAIL << 2))
  return true
}

/** Writes what the two words at an address say: where a text starts, and how many bytes it has. */
function text(at: usize): void {
  copy(load<u32>(at), load<i32>(at + 4))
}

/** Where it is said what the flow's passage is; 0 where it is not known. */
function passageOf(client: i32): usize {
  const slot = word(row, Row.HISTORY)
  // A record's history is its own.
  if (slot >> History.RECORD_SHIFT > 0) return 0
  const told = isPath(slot) ? (slot >> History.RECORD_SHIFT) << History.RECORD_SHIFT : slot
  const key = told | (client << History.ORIGINATOR_SHIFT)
  const at: usize = TEXTS + TextField.PASSAGES + ((((<u32>key * MIX) >>> HASH_SHIFT) * PASSAGE_WORDS) << 2)
  const isKnown = word(at, PassageWord.KEY) === key && word(at, PassageWord.LENGTH) > 0
  return isKnown ? at + (PassageWord.TEXT << 2) : 0
}

function captureOf(frame: u64): i32 {
  let capture = load<i32>(TEXTS + TextField.CAPTURE_COUNT) - 1
  while (capture > 0 && baseOf(capture) >= frame) capture--
  return capture
}

/** The frame's number in its own capture. */
function numberOf(frame: u64): u64 {
  return frame - baseOf(captureOf(frame))
}

/** The id before the first frame of a capture. */
function baseOf(capture: i32): u64 {
  return counter(CAPTURES, 2 * capture)
}
