import type { Connection } from '../diagnosis/connection.ts'
import { JudgedConnections } from '../diagnosis/judged-connections.ts'
import { visibleJson } from '../text/visible-json.ts'
import type { ByteWriter, Piece } from './byte-writer.ts'
import { ConnectionBytes } from './connection-bytes.ts'
import { connectionJson } from './json-model.ts'
import type { Report } from './report.ts'

/** What stands around the lines of connections: an object is written from behind its `{`. */
interface Around {
  readonly first: Piece
  readonly next: Piece
}

/**
 * Writes the connections of a report as JSON, handing out the writer's bytes whenever enough are written. Straight from
 * the flows where they are shown as they were judged, else from an object each. Returns whether there was one.
 */
export function* connectionLines(writer: ByteWriter, report: Report, around: Around): Generator<Uint8Array, boolean> {
  const connections = report.connections()
  return connections instanceof JudgedConnections && !connections.judged.isMasked
    ? yield* fromFlows(writer, report, connections, around)
    : yield* fromObjects(writer, report, connections, around)
}

function* fromFlows(
  writer: ByteWriter,
  report: Report,
  connections: JudgedConnections,
  { first, next }: Around,
): Generator<Uint8Array, boolean> {
  const bytes = new ConnectionBytes(report, connections, writer)
  let opening = first
  while (connections.next()) {
    writer.put(opening)
    opening = next
    bytes.write()
    if (writer.isFull) yield writer.take()
  }
  return opening === next
}

function* fromObjects(
  writer: ByteWriter,
  report: Report,
  connections: Iterable<Connection>,
  { first, next }: Around,
): Generator<Uint8Array, boolean> {
  let opening = first
  for (const connection of connections) {
    writer.put(opening)
    opening = next
    writer.text(visibleJson(connectionJson(report, connection)).slice(1))
    if (writer.isFull) yield writer.take()
  }
  return opening === next
}
