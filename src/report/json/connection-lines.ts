import { JudgedConnections } from '../../diagnosis/judged-connections.ts'
import type { Report } from '../report.ts'
import type { ByteWriter } from './byte-writer.ts'
import { ConnectionBatches, hasBatches } from './connection-batches.ts'
import { ConnectionBytes } from './connection-bytes.ts'
import { connectionJson } from './json-model.ts'
import { type Around, MadeObjects, objectLines } from './object-lines.ts'

/**
 * Writes the connections of a report as JSON: straight from the flows where they are shown as they were judged, else from
 * an object each.
 */
export function connectionLines(writer: ByteWriter, report: Report, around: Around): Generator<Uint8Array, boolean> {
  const connections = report.connections()
  if (!isStraight(connections))
    return objectLines(writer, new MadeObjects(writer, connections, (each) => connectionJson(report, each)), around)
  const bytes = new ConnectionBytes(report, connections, writer)
  if (hasBatches(connections)) return batchLines(writer, report, connections, bytes, around)
  return objectLines(writer, { next: () => connections.next(), write: () => bytes.write() }, around)
}

/** True for connections that are shown as their flows have them. */
export const isStraight = (connections: Iterable<unknown>): connections is JudgedConnections =>
  connections instanceof JudgedConnections && !connections.judged.isMasked

/** The first one by itself: it alone has something else before it. */
function* batchLines(
  writer: ByteWriter,
  report: Report,
  connections: JudgedConnections,
  bytes: ConnectionBytes,
  { first, next }: Around,
): Generator<Uint8Array, boolean> {
  if (!connections.next()) return false
  writer.put(first)
  bytes.write()
  const batches = new ConnectionBatches(report, connections, writer, bytes, next)
  while (batches.some) {
    batches.write()
    if (writer.isFull) yield writer.take()
  }
  return true
}
