import { type ByteWriter, piece } from '../report/json/byte-writer.ts'
import { ConnectionBytes } from '../report/json/connection-bytes.ts'
import { isStraight } from '../report/json/connection-lines.ts'
import { type Around, MadeObjects, type ObjectWriter, objectLines } from '../report/json/object-lines.ts'
import type { Report } from '../report/report.ts'
import { type FlowRow, flowJson } from './flow-row.ts'
import { StatisticsBytes } from './statistics-bytes.ts'
import { StreamRows } from './stream-rows.ts'

const FINDINGS_END = piece(']')

/**
 * Writes the rows of a conversation table as JSON: straight from the flows where they are shown as they were judged, else
 * from an object each.
 */
export function flowLines(
  writer: ByteWriter,
  report: Report,
  rows: Iterable<FlowRow>,
  around: Around,
): Generator<Uint8Array, boolean> {
  const straight = rows instanceof StreamRows ? straightRows(writer, report, rows) : null
  return objectLines(writer, straight ?? new MadeObjects(writer, rows, (row) => flowJson(report, row)), around)
}

/** Null where they are shown otherwise than their flows have them. */
function straightRows(writer: ByteWriter, report: Report, rows: StreamRows): ObjectWriter | null {
  const { connections, statistics } = rows
  if (!isStraight(connections)) return null
  const bytes = new ConnectionBytes(report, connections, writer)
  const further = new StatisticsBytes(writer)
  const { flow } = connections.judged
  let left = rows.limit
  return {
    next: () => left-- > 0 && connections.next(),
    write: () => {
      bytes.write(FINDINGS_END)
      further.write(flow, statistics.of(flow.row, flow.client), statistics.of(flow.row, flow.server))
    },
  }
}
