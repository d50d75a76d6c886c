import { JudgedConnections } from '../diagnosis/judged-connections.ts'
import { type ByteWriter, type Piece, piece } from '../report/byte-writer.ts'
import { ConnectionBytes } from '../report/connection-bytes.ts'
import type { Report } from '../report/report.ts'
import { visibleJson } from '../text/visible-json.ts'
import { type FlowRow, flowJson } from './flow-row.ts'
import { StatisticsBytes } from './statistics-bytes.ts'
import { StreamRows } from './stream-rows.ts'

const FINDINGS_END = piece(']')

/** What stands before the first row and between two: an object is written from behind its `{`. */
interface Around {
  readonly first: Piece
  readonly next: Piece
}

/**
 * Writes the rows of a conversation table as JSON, handing out the writer's bytes whenever enough are written. Straight
 * from the flows where they are shown as they were judged, else from an object each. Returns whether there was one.
 */
export function* flowLines(
  writer: ByteWriter,
  report: Report,
  rows: Iterable<FlowRow>,
  around: Around,
): Generator<Uint8Array, boolean> {
  if (rows instanceof StreamRows) {
    const { connections } = rows
    if (connections instanceof JudgedConnections && !connections.judged.isMasked)
      return yield* fromFlows(writer, report, rows, connections, around)
  }
  return yield* fromObjects(writer, report, rows, around)
}

function* fromFlows(
  writer: ByteWriter,
  report: Report,
  { statistics, limit }: StreamRows,
  connections: JudgedConnections,
  { first, next }: Around,
): Generator<Uint8Array, boolean> {
  const bytes = new ConnectionBytes(report, connections, writer)
  const further = new StatisticsBytes(writer)
  const { flow } = connections.judged
  let opening = first
  for (let left = limit; left > 0 && connections.next(); left--) {
    writer.put(opening)
    opening = next
    bytes.write(FINDINGS_END)
    further.write(flow, statistics.of(flow.row, flow.client), statistics.of(flow.row, flow.server))
    if (writer.isFull) yield writer.take()
  }
  return opening === next
}

function* fromObjects(
  writer: ByteWriter,
  report: Report,
  rows: Iterable<FlowRow>,
  { first, next }: Around,
): Generator<Uint8Array, boolean> {
  let opening = first
  for (const row of rows) {
    writer.put(opening)
    opening = next
    writer.text(visibleJson(flowJson(report, row)).slice(1))
    if (writer.isFull) yield writer.take()
  }
  return opening === next
}
