import { beatAt, strongestBeat, unsettledAnswers } from './beats'
import { ipv6 } from './ipv6-text'
import { begin, copy, end, ipv4, number, rounded, thousandths, time } from './json-text'
import { BATCH, Beat, ENDS, ENDS_WORDS, Label, LINE, LineField, RECURRENCES, Row, State } from './layout'
import { double, float, word } from './memory'
import { bytes, dossier, isBare, packets, payload, readFlow, retransmissions, row } from './read-flow'

/** The numbers of a connection's line in a report: what `flow/flow-view.ts` reads of rows and dossiers, as JSON. */

const MOST_THOUSANDTHS: f64 = 0x7fffffff

/**
 * Writes the two stretches of a flow's line. Frames are numbers in their capture, `places` the digits after the second.
 * Returns false where the second one is left without its end, from the heartbeat on: its numbers are out of the ordinary.
 */
export function writeConnection(
  flow: i32,
  capture: i32,
  firstFrame: f64,
  lastFrame: f64,
  epochSeconds: f64,
  places: i32,
): bool {
  readFlow(flow)
  const client = (word(row, Row.STATE) & State.CLIENT_B) === 0 ? 0 : 1
  begin(LINE + LineField.OUTPUT)
  writeEnds(flow, capture, client)
  store<u32>(LINE + LineField.SECOND, end)
  const isWhole = writeNumbers(client, <u64>firstFrame, <u64>lastFrame, epochSeconds, places)
  store<u32>(LINE + LineField.LAST, end)
  return isWhole
}

/** From behind the name of the first frame to the list of findings. Returns false where it ends before the heartbeat. */
export function writeNumbers(client: i32, firstFrame: u64, lastFrame: u64, epochSeconds: f64, places: i32): bool {
  number(firstFrame)
  label(Label.LAST_FRAME, Label.LAST_FRAME_LENGTH)
  number(lastFrame)
  writeTimes(epochSeconds, places)
  label(Label.TO_SERVER, Label.TO_SERVER_LENGTH)
  writeTraffic(client)
  label(Label.TO_CLIENT, Label.TO_CLIENT_LENGTH)
  writeTraffic(client ^ 1)
  return writeHeartbeat()
}

/** From the stream to the server's port. */
export function writeEnds(flow: i32, capture: i32, client: i32): void {
  label(Label.STREAM, Label.STREAM_LENGTH)
  number(flow)
  label(Label.CAPTURE, Label.CAPTURE_LENGTH)
  number(capture)
  const addresses = ENDS + (((flow & (BATCH - 1)) * ENDS_WORDS) << 2)
  label(Label.CLIENT, Label.CLIENT_LENGTH)
  writeEnd(client, addresses)
  label(Label.SERVER, Label.SERVER_LENGTH)
  writeEnd(client ^ 1, addresses)
}

function writeEnd(side: i32, addresses: usize): void {
  if ((word(row, Row.STATE) & State.IPV6) === 0) ipv4(word(row, Row.ADDRESS_A + side))
  else ipv6(addresses + ((side * (ENDS_WORDS >> 1)) << 2))
  label(Label.PORT, Label.PORT_LENGTH)
  const ports = word(row, Row.PORTS)
  number(side === 0 ? ports >>> 16 : ports & 0xffff)
}

function writeTimes(epochSeconds: f64, places: i32): void {
  label(Label.START, Label.START_LENGTH)
  if (!wroteText(LineField.START_LENGTH, LineField.START)) time(epochSeconds, double(row, Row.FIRST_TIME), places)
  label(Label.END, Label.END_LENGTH)
  if (!wroteText(LineField.END_LENGTH, LineField.END)) time(epochSeconds, double(row, Row.LAST_TIME), places)
}

function writeTraffic(side: i32): void {
  number(packets(side))
  label(Label.BYTES, Label.BYTES_LENGTH)
  number(bytes(side))
  label(Label.PAYLOAD_BYTES, Label.PAYLOAD_BYTES_LENGTH)
  number(payload(side))
  label(Label.RETRANSMISSIONS, Label.RETRANSMISSIONS_LENGTH)
  number(retransmissions(side))
}

function writeHeartbeat(): bool {
  const strongest = strongestBeat(dossier)
  const beat = beatAt(dossier, strongest)
  const count = word(beat, Beat.COUNT)
  if (isBare || count < RECURRENCES) {
    label(Label.NO_HEARTBEAT, Label.NO_HEARTBEAT_LENGTH)
    return true
  }
  const period = rounded(double(beat, Beat.MEAN) * 1000)
  const deviations = max<f64>(0, float(beat, Beat.DEVIATIONS))
  const jitter = rounded(sqrt(deviations / <f64>(count - 1)) * 1000)
  if (!isOrdinary(period) || !isOrdinary(jitter)) return false
  const unsettled = unsettledAnswers(dossier, strongest)
  label(Label.HEARTBEAT, Label.HEARTBEAT_LENGTH)
  number(word(beat, Beat.SIZE))
  label(Label.COUNT, Label.COUNT_LENGTH)
  number(count)
  label(Label.PERIOD, Label.PERIOD_LENGTH)
  thousandths(<u32>period)
  label(Label.JITTER, Label.JITTER_LENGTH)
  thousandths(<u32>jitter)
  label(Label.ANSWERED, Label.ANSWERED_LENGTH)
  number(word(beat, Beat.ANSWERED) + unsettled)
  // Closes the heartbeat as it closes the traffic where there is none.
  label(Label.FINDINGS, Label.FINDINGS_LENGTH)
  return true
}

function isOrdinary(value: f64): bool {
  return value >= 0 && value <= MOST_THOUSANDTHS
}

/** Writes a constant text. */
export function label(at: i32, length: i32): void {
  copy(LINE + LineField.LABELS + at, length)
}

/** Writes the text that stands for a value, if there is one. */
function wroteText(length: i32, text: i32): bool {
  const bytes = load<i32>(LINE + length)
  if (bytes > 0) copy(LINE + text, bytes)
  return bytes > 0
}
