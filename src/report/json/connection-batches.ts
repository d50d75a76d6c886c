import { checkpoint } from '../../checkpoint.ts'
import type { JudgedConnections } from '../../diagnosis/judged-connections.ts'
import type { Engine } from '../../engine/engine.ts'
import { BATCH, Column, LINE, LINE_BYTES, LINES, Line, LineField, MOST_CAPTURES } from '../../engine/memory-map.ts'
import type { Report } from '../report.ts'
import type { ByteWriter, Piece } from './byte-writer.ts'
import { type ConnectionBytes, passageText } from './connection-bytes.ts'
import { LineEnds } from './line-ends.ts'
import { LineManners } from './line-manners.ts'
import { LineTexts } from './line-texts.ts'

/** Whether a batch can be told of so many captures. */
export const hasBatches = ({ judged }: JudgedConnections): boolean => judged.frames.bases.length <= MOST_CAPTURES

/**
 * Writes connections a batch at a time: the engine writes the lines of those that are told as others are, with a finding at
 * most, which are nearly all. The others are written one by one, and a test holds the two ways together.
 */
export class ConnectionBatches {
  readonly #connections: JudgedConnections
  readonly #writer: ByteWriter
  readonly #bytes: ConnectionBytes
  readonly #next: Piece
  readonly #epochSeconds: number
  readonly #engine: Engine
  readonly #texts: LineTexts
  readonly #manners: LineManners
  readonly #ends: LineEnds
  readonly #mannerOf: Int32Array
  readonly #findingOf: Int32Array
  readonly #line: DataView
  readonly #lines: Uint8Array
  #row: number

  /** From a row on; `bytes` writes one connection, `next` stands before each. */
  constructor(report: Report, connections: JudgedConnections, writer: ByteWriter, bytes: ConnectionBytes, next: Piece) {
    const { frames, flow } = connections.judged
    const { engine } = flow.flows
    const captures = frames.bases.map((base, index) => ({ base, digits: report.captures[index]?.timeDigits ?? 9 }))
    this.#connections = connections
    this.#writer = writer
    this.#bytes = bytes
    this.#next = next
    this.#epochSeconds = report.epochSeconds
    this.#engine = engine
    this.#texts = new LineTexts(engine, next.bytes, captures)
    this.#manners = new LineManners(connections, this.#texts)
    this.#ends = new LineEnds(flow.flows)
    this.#mannerOf = new Int32Array(engine.memory.buffer, Column.MANNER, BATCH)
    this.#findingOf = new Int32Array(engine.memory.buffer, Column.FINDING, BATCH)
    this.#line = new DataView(engine.memory.buffer, LINE)
    this.#lines = new Uint8Array(engine.memory.buffer, LINES, (BATCH + 1) * LINE_BYTES)
    this.#row = flow.row + 1
  }

  /** Whether there are rows left. */
  get some(): boolean {
    return this.#row < this.#connections.judgements.rows
  }

  /** Writes the connections of the next batch of rows. */
  write(): void {
    const from = this.#row
    const to = Math.min((from | (BATCH - 1)) + 1, this.#connections.judgements.rows)
    this.#texts.handOver()
    this.#engine.touchFlows(from, to)
    for (let row = from; row < to; row++) {
      checkpoint()
      this.#ends.handOver(row)
      const findings = this.#connections.findingsOf(row)
      this.#findingOf[row & (BATCH - 1)] = findings[0] ?? -1
      this.#mannerOf[row & (BATCH - 1)] = findings.length > 1 ? Line.LEFT : this.#manners.of(row)
    }
    for (let row = from; row < to; row++) {
      row = this.#writeRun(row, to)
      if (row < to) this.#writeAlone(row)
    }
    this.#row = to
  }

  /** Has the engine write as many as it can, and returns the first that it leaves. */
  #writeRun(from: number, to: number): number {
    const writer = this.#writer
    const { offset } = writer
    const left = this.#engine.writeConnections(from, to, offset, this.#epochSeconds)
    writer.copyRun(this.#lines, offset, this.#line.getInt32(LineField.LAST, true) - LINES)
    return left
  }

  #writeAlone(row: number): void {
    const { judged } = this.#connections
    const { flow } = judged.at(row)
    this.#writer.put(this.#next)
    this.#bytes.write()
    const likeness = flow.flows.connStates.likeness(row, flow.client)
    if (likeness === null || this.#texts.hasPassage(likeness)) return
    this.#texts.addPassage(likeness, passageText(flow.connState, flow.history))
  }
}
