import { isHeartbeat } from '../diagnosis/describe-connection.ts'
import type { JudgedConnections } from '../diagnosis/judged-connections.ts'
import type { Confidence, Verdict } from '../diagnosis/verdict.ts'
import type { FlowView } from '../flow/flow-view.ts'
import { State } from '../flow/row.ts'
import { type ByteWriter, type Piece, piece } from './byte-writer.ts'
import { CandidateBytes } from './candidate-bytes.ts'
import { rounded } from './json-model.ts'
import type { Report } from './report.ts'

/** IPv6 addresses that are kept as text. */
const MOST_ADDRESSES = 1 << 14
/** Histories that are kept as text. */
const MOST_HISTORIES = 1 << 12

const STREAM = piece('"stream":')
const SERVER = piece('},"server":{"address":"')
const PORT = piece('","port":')
const LAST_FRAME = piece(',"lastFrame":')
const START = piece(',"start":"')
const END = piece('","end":"')
const TO_SERVER = piece('","clientToServer":{"packets":')
const TO_CLIENT = piece('},"serverToClient":{"packets":')
const BYTES = piece(',"bytes":')
const PAYLOAD_BYTES = piece(',"payloadBytes":')
const RETRANSMISSIONS = piece(',"retransmissions":')
const NO_HEARTBEAT = piece('},"heartbeat":null,"findings":[')
const HEARTBEAT = piece('},"heartbeat":{"payloadBytes":')
const COUNT = piece(',"count":')
const PERIOD = piece(',"periodMs":')
const JITTER = piece(',"jitterMs":')
const ANSWERED = piece(',"answered":')
const FINDINGS = piece('},"findings":[')
const COMMA = piece(',')
const LINE_END = piece(']}')

/** What stands between the list of causes and the first frame, and what is in it. */
interface Passage {
  readonly state: string
  readonly history: string
  readonly json: Piece
}

/**
 * Writes connections as JSON straight from their flows: what `visibleJson(connectionJson(…))` gives, which a test holds
 * it to, without an object or a string for each.
 */
export class ConnectionBytes {
  readonly #report: Report
  readonly #connections: JudgedConnections
  readonly #writer: ByteWriter
  readonly #candidates: CandidateBytes
  /** By capture: what stands between the stream and the client's address. */
  readonly #captures: Piece[] = []
  /** By how flows were judged: what stands between the server's port and the list of causes. */
  readonly #judged: Piece[] = []
  readonly #passages = new Map<string, Passage>()
  /** The last one: most flows of a capture went the same way. */
  #passed: Passage = { state: '', history: '', json: piece('') }
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
    const { client, server } = flow
    const writer = this.#writer
    const capture = frames.captureOf(flow.firstFrame)
    writer.field(STREAM, flow.row)
    this.#captures[capture] ??= piece(`,"capture":${capture},"client":{"address":"`)
    writer.put(this.#captures[capture])
    this.#end(flow, client)
    writer.put(SERVER)
    this.#end(flow, server)
    this.#judgement(flow)
    writer.number(frames.numberOf(flow.firstFrame))
    writer.field(LAST_FRAME, frames.numberOf(flow.lastFrame))
    this.#times(flow, this.#report.captures[capture]?.timeDigits ?? 9)
    writer.field(TO_SERVER, flow.packets(client))
    this.#traffic(flow, client)
    writer.field(TO_CLIENT, flow.packets(server))
    this.#traffic(flow, server)
    this.#heartbeat(flow)
    this.#findings()
  }

  #end(flow: FlowView, side: number): void {
    const writer = this.#writer
    if (flow.has(State.IPV6)) writer.put(this.#address(flow, side))
    else writer.ipv4(flow.addressWord(side))
    writer.field(PORT, flow.port(side))
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

  /** As far as the number of the first frame. */
  #judgement(flow: FlowView): void {
    const writer = this.#writer
    const { judged, judgements } = this.#connections
    const { row } = flow
    const kind = judgements.kind(row)
    this.#judged[kind] ??= judgedPiece(judgements.verdict(row), judgements.confidence(row))
    writer.put(this.#judged[kind])
    this.#candidates.write(judgements.rule(row), judgements.candidates(judged))
    writer.put(this.#passage(flow.connState, flow.history))
  }

  #passage(state: string, history: string): Piece {
    const last = this.#passed
    if (last.history === history && last.state === state) return last.json
    let passage = this.#passages.get(history)
    if (passage?.state !== state) {
      if (this.#passages.size >= MOST_HISTORIES) this.#passages.clear()
      passage = { state, history, json: piece(`,"state":"${state}","history":"${history}","firstFrame":`) }
      this.#passages.set(history, passage)
    }
    this.#passed = passage
    return passage.json
  }

  #times(flow: FlowView, digits: number): void {
    const writer = this.#writer
    const { epochSeconds } = this.#report
    writer.put(START)
    writer.time(epochSeconds, flow.firstTime, digits)
    writer.put(END)
    writer.time(epochSeconds, flow.lastTime, digits)
  }

  /** But for the packets. */
  #traffic(flow: FlowView, side: number): void {
    const writer = this.#writer
    writer.field(BYTES, flow.bytes(side))
    writer.field(PAYLOAD_BYTES, flow.payload(side))
    writer.field(RETRANSMISSIONS, flow.retransmissions(side))
  }

  /** As far as the list of findings. */
  #heartbeat(flow: FlowView): void {
    const writer = this.#writer
    const { beat } = flow
    if (!isHeartbeat(beat)) {
      writer.put(NO_HEARTBEAT)
      return
    }
    writer.field(HEARTBEAT, beat.size)
    writer.field(COUNT, beat.count)
    writer.put(PERIOD)
    this.#milliseconds(beat.periodMs)
    writer.put(JITTER)
    this.#milliseconds(beat.jitterMs)
    writer.field(ANSWERED, beat.answered)
    writer.put(FINDINGS)
  }

  #milliseconds(value: number): void {
    const thousandths = Math.round(value * 1000)
    if (thousandths >= 0 && thousandths <= 0x7fffffff) this.#writer.thousandths(thousandths)
    else this.#writer.number(rounded(thousandths / 1000))
  }

  #findings(): void {
    const writer = this.#writer
    const { findings } = this.#connections
    for (let at = 0; at < findings.length; at++) {
      if (at > 0) writer.put(COMMA)
      writer.number(findings[at]!)
    }
    writer.put(LINE_END)
  }
}

const judgedPiece = (verdict: Verdict, confidence: Confidence): Piece =>
  piece(`},"verdict":"${verdict}","confidence":"${confidence}","candidates":`)
