import { heartbeatOf } from '../diagnosis/describe-connection.ts'
import type { JudgedConnections } from '../diagnosis/judged-connections.ts'
import type { FlowView } from '../flow/flow-view.ts'
import { State } from '../flow/row.ts'
import { type ByteWriter, type Piece, piece } from './byte-writer.ts'
import { CandidateBytes } from './candidate-bytes.ts'
import { rounded } from './json-model.ts'
import type { Report } from './report.ts'

/** IPv6 addresses that are kept as text. */
const MOST_ADDRESSES = 1 << 14

const STREAM = piece('"stream":')
const CAPTURE = piece(',"capture":')
const CLIENT = piece(',"client":{"address":"')
const SERVER = piece('},"server":{"address":"')
const PORT = piece('","port":')
const VERDICT = piece('},"verdict":"')
const CONFIDENCE = piece('","confidence":"')
const CANDIDATES = piece('","candidates":')
const STATE = piece(',"state":"')
const HISTORY = piece('","history":"')
const FIRST_FRAME = piece('","firstFrame":')
const LAST_FRAME = piece(',"lastFrame":')
const START = piece(',"start":"')
const END = piece('","end":"')
const TO_SERVER = piece('","clientToServer":{"packets":')
const TO_CLIENT = piece('},"serverToClient":{"packets":')
const BYTES = piece(',"bytes":')
const PAYLOAD_BYTES = piece(',"payloadBytes":')
const RETRANSMISSIONS = piece(',"retransmissions":')
const HEARTBEAT = piece('},"heartbeat":')
const NULL = piece('null')
const BEAT_PAYLOAD = piece('{"payloadBytes":')
const COUNT = piece(',"count":')
const PERIOD = piece(',"periodMs":')
const JITTER = piece(',"jitterMs":')
const ANSWERED = piece(',"answered":')
const BEAT_END = piece('}')
const FINDINGS = piece(',"findings":[')
const COMMA = piece(',')
const LINE_END = piece(']}')

/**
 * Writes connections as JSON straight from their flows: what `visibleJson(connectionJson(…))` gives, which a test holds
 * it to, without an object or a string for each.
 */
export class ConnectionBytes {
  readonly #report: Report
  readonly #connections: JudgedConnections
  readonly #writer: ByteWriter
  readonly #candidates: CandidateBytes
  readonly #words = new Map<string, Piece>()
  readonly #addresses = new Map<number, Piece>()

  constructor(report: Report, connections: JudgedConnections, writer: ByteWriter) {
    this.#report = report
    this.#connections = connections
    this.#writer = writer
    this.#candidates = new CandidateBytes(writer)
  }

  /** The connection that they are on, from behind its `{`. */
  write(): void {
    const { flow, frames } = this.#connections.judged
    const writer = this.#writer
    const capture = frames.captureOf(flow.firstFrame)
    writer.put(STREAM)
    writer.number(flow.row)
    writer.put(CAPTURE)
    writer.number(capture)
    writer.put(CLIENT)
    this.#end(flow, flow.client)
    writer.put(SERVER)
    this.#end(flow, flow.server)
    this.#judgement(flow)
    writer.put(FIRST_FRAME)
    writer.number(frames.numberOf(flow.firstFrame))
    writer.put(LAST_FRAME)
    writer.number(frames.numberOf(flow.lastFrame))
    this.#times(flow, this.#report.captures[capture]?.timeDigits ?? 9)
    writer.put(TO_SERVER)
    this.#traffic(flow, flow.client)
    writer.put(TO_CLIENT)
    this.#traffic(flow, flow.server)
    this.#heartbeat(flow)
    this.#findings()
  }

  #end(flow: FlowView, side: number): void {
    const writer = this.#writer
    if (flow.has(State.IPV6)) writer.put(this.#address(flow, side))
    else writer.ipv4(flow.addressWord(side))
    writer.put(PORT)
    writer.number(flow.port(side))
  }

  #address(flow: FlowView, side: number): Piece {
    const word = flow.addressWord(side)
    let known = this.#addresses.get(word)
    if (known === undefined) {
      if (this.#addresses.size >= MOST_ADDRESSES) this.#addresses.clear()
      known = piece(flow.address(side))
      this.#addresses.set(word, known)
    }
    return known
  }

  #judgement(flow: FlowView): void {
    const writer = this.#writer
    const { judged, judgements } = this.#connections
    writer.put(VERDICT)
    writer.put(this.#word(judgements.verdict(flow.row)))
    writer.put(CONFIDENCE)
    writer.put(this.#word(judgements.confidence(flow.row)))
    writer.put(CANDIDATES)
    this.#candidates.write(judgements.rule(flow.row), judgements.candidates(judged))
    writer.put(STATE)
    writer.put(this.#word(flow.connState))
    writer.put(HISTORY)
    writer.text(flow.history)
  }

  /** One of the few words that verdicts, confidences and states are. */
  #word(text: string): Piece {
    let known = this.#words.get(text)
    if (known === undefined) {
      known = piece(text)
      this.#words.set(text, known)
    }
    return known
  }

  #times(flow: FlowView, digits: number): void {
    const writer = this.#writer
    const { epochSeconds } = this.#report
    writer.put(START)
    writer.time(epochSeconds, flow.firstTime, digits)
    writer.put(END)
    writer.time(epochSeconds, flow.lastTime, digits)
  }

  #traffic(flow: FlowView, side: number): void {
    const writer = this.#writer
    writer.number(flow.packets(side))
    writer.put(BYTES)
    writer.number(flow.bytes(side))
    writer.put(PAYLOAD_BYTES)
    writer.number(flow.payload(side))
    writer.put(RETRANSMISSIONS)
    writer.number(flow.retransmissions(side))
  }

  #heartbeat(flow: FlowView): void {
    const writer = this.#writer
    const beat = heartbeatOf(flow)
    writer.put(HEARTBEAT)
    if (beat === null) {
      writer.put(NULL)
      return
    }
    writer.put(BEAT_PAYLOAD)
    writer.number(beat.payloadBytes)
    writer.put(COUNT)
    writer.number(beat.count)
    writer.put(PERIOD)
    writer.decimal(rounded(beat.periodMs))
    writer.put(JITTER)
    writer.decimal(rounded(beat.jitterMs))
    writer.put(ANSWERED)
    writer.number(beat.answered)
    writer.put(BEAT_END)
  }

  #findings(): void {
    const writer = this.#writer
    const { findings } = this.#connections
    writer.put(FINDINGS)
    for (let at = 0; at < findings.length; at++) {
      if (at > 0) writer.put(COMMA)
      writer.number(findings[at]!)
    }
    writer.put(LINE_END)
  }
}
