import { isHeartbeat } from '../../diagnosis/describe-connection.ts'
import type { JudgedConnections } from '../../diagnosis/judged-connections.ts'
import type { Confidence, Verdict } from '../../diagnosis/verdict.ts'
import type { Engine } from '../../engine/engine.ts'
import { LINE, LineField } from '../../engine/memory-map.ts'
import type { FlowView } from '../../flow/flow-view.ts'
import { formatTime, hasFourDigitYear } from '../../text/time.ts'
import type { Report } from '../report.ts'
import { type ByteWriter, type Piece, piece } from './byte-writer.ts'
import { CandidateBytes } from './candidate-bytes.ts'
import { CONNECTION_LABELS } from './connection-labels.ts'
import { rounded } from './json-model.ts'
import { LineEnds } from './line-ends.ts'

/** Histories that are kept as text. */
const MOST_HISTORIES = 1 << 12
const LINE_BYTES = 4096
const FIRST = LINE + LineField.OUTPUT

const TEXT_LENGTHS = [LineField.START_LENGTH, LineField.END_LENGTH]

const COMMA = piece(',')
const LINE_END = piece(']}')

/** What stands between the list of causes and the first frame, and the state in it. */
interface Passage {
  readonly state: string
  readonly history: string
  readonly json: Piece
}

/**
 * Writes connections as JSON straight from their flows: what `visibleJson(connectionJson(…))` gives, which a test holds
 * it to, without an object or a string for each. The engine writes what is in numbers.
 */
export class ConnectionBytes {
  readonly #report: Report
  readonly #connections: JudgedConnections
  readonly #writer: ByteWriter
  readonly #candidates: CandidateBytes
  readonly #engine: Engine
  readonly #ends: LineEnds
  /** The line's part of the engine's memory. */
  readonly #line: DataView
  /** True where a text stands for a number. */
  #hasTexts = false
  /** By how flows were judged: what stands between the server's port and the list of causes. */
  readonly #judged: Piece[] = []
  readonly #passages = new Map<string, Passage>()
  /** The last one: most flows of a capture went the same way. */
  #passed: Passage = { state: '', history: '', json: piece('') }

  constructor(report: Report, connections: JudgedConnections, writer: ByteWriter) {
    this.#report = report
    this.#connections = connections
    this.#writer = writer
    this.#candidates = new CandidateBytes(writer)
    const { flows } = connections.judged.flow
    this.#engine = flows.engine
    this.#ends = new LineEnds(flows)
    this.#line = new DataView(this.#engine.memory.buffer, 0, LINE + LINE_BYTES)
    this.#putText(LineField.LABELS, Object.values(CONNECTION_LABELS).join(''))
  }

  /** The connection that they are on, from behind its `{`; `end` closes the list of findings and what is around it. */
  write(end = LINE_END): void {
    const { flow, frames } = this.#connections.judged
    const { captures, epochSeconds } = this.#report
    const capture = frames.captureOf(flow.firstFrame)
    const digits = captures[capture]?.timeDigits ?? 9
    this.#ends.handOver(flow.row)
    this.#standIn(flow, digits)
    const isWhole = this.#engine.writeConnection(
      flow.row,
      capture,
      frames.numberOf(flow.firstFrame),
      frames.numberOf(flow.lastFrame),
      epochSeconds,
      digits,
    )
    const second = this.#line.getInt32(LINE + LineField.SECOND, true)
    this.#writer.copy(this.#line, FIRST, second)
    this.#judgement(flow, capture)
    this.#writer.copy(this.#line, second, this.#line.getInt32(LINE + LineField.LAST, true))
    if (isWhole === 0) this.#heartbeat(flow)
    this.#findings(this.#connections.findingsOf(flow.row))
    this.#writer.put(end)
    if (this.#hasTexts) this.#takeBack()
  }

  /** Gives the engine as texts what it does not write: times beyond its calendar. */
  #standIn(flow: FlowView, digits: number): void {
    const { epochSeconds } = this.#report
    if (!hasFourDigitYear(epochSeconds, flow.firstTime))
      this.#standInText(LineField.START_LENGTH, LineField.START, formatTime(epochSeconds, flow.firstTime, digits))
    if (!hasFourDigitYear(epochSeconds, flow.lastTime))
      this.#standInText(LineField.END_LENGTH, LineField.END, formatTime(epochSeconds, flow.lastTime, digits))
  }

  #standInText(length: number, place: number, text: string): void {
    this.#line.setInt32(LINE + length, text.length, true)
    this.#putText(place, text)
    this.#hasTexts = true
  }

  /** For who else writes connections of this run. */
  #takeBack(): void {
    for (const length of TEXT_LENGTHS) this.#line.setInt32(LINE + length, 0, true)
    this.#hasTexts = false
  }

  /** The text must be ASCII. */
  #putText(place: number, text: string): void {
    for (let at = 0; at < text.length; at++) this.#line.setUint8(LINE + place + at, text.charCodeAt(at))
  }

  /** Writes a connection up to the number of its first frame. */
  #judgement(flow: FlowView, capture: number): void {
    const writer = this.#writer
    const { judged, judgements } = this.#connections
    const lastCapture = judged.frames.captureOf(flow.lastFrame)
    const { row } = flow
    const kind = judgements.kinds[row]!
    this.#judged[kind] ??= piece(judgedText(judgements.verdict(row), judgements.confidence(row)))
    writer.put(this.#judged[kind])
    this.#candidates.write(judgements.rule(row), judgements.candidates(judged))
    if (lastCapture !== capture) writer.text(`,"lastCapture":${lastCapture}`)
    writer.put(this.#passage(flow.connState, flow.history))
  }

  #passage(state: string, history: string): Piece {
    const last = this.#passed
    if (last.history === history && last.state === state) return last.json
    let passage = this.#passages.get(history)
    if (passage?.state !== state) {
      if (this.#passages.size >= MOST_HISTORIES) this.#passages.clear()
      passage = { state, history, json: piece(passageText(state, history)) }
      this.#passages.set(history, passage)
    }
    this.#passed = passage
    return passage.json
  }

  /** What the engine has left: as far as the list of findings. */
  #heartbeat(flow: FlowView): void {
    const { beat } = flow
    if (!isHeartbeat(beat)) return
    const numbers = { payloadBytes: beat.size, count: beat.count, periodMs: 0, jitterMs: 0, answered: beat.answered }
    numbers.periodMs = rounded(Math.round(beat.periodMs * 1000) / 1000)
    numbers.jitterMs = rounded(Math.round(beat.jitterMs * 1000) / 1000)
    this.#writer.text(`},"heartbeat":${JSON.stringify(numbers)},"findings":[`)
  }

  #findings(findings: readonly number[]): void {
    const writer = this.#writer
    for (let at = 0; at < findings.length; at++) {
      if (at > 0) writer.put(COMMA)
      writer.number(findings[at]!)
    }
  }
}

/** What stands between the server's port and the list of causes. */
export const judgedText = (verdict: Verdict, confidence: Confidence): string =>
  `},"verdict":"${verdict}","confidence":"${confidence}","candidates":`

/** What stands between the list of causes and the number of the first frame. */
export const passageText = (state: string, history: string): string =>
  `,"state":"${state}","history":"${history}","firstFrame":`
