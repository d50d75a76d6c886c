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
export function* connectionLines(
  writer: ByteWriter,
  report: Report,
  { first, next }: Around,
): Generator<Uint8Array, boolean> {
  let opening = first
  for (const write of writes(writer, report)) {
    writer.put(opening)
    opening = next
    write()
    if (writer.isFull) yield writer.take()
  }
  return opening === next
}

/** For each connection in turn, what writes it. */
function* writes(writer: ByteWriter, report: Report): Generator<() => void> {
  const connections = report.connections()
  if (connections instanceof JudgedConnections && !connections.judged.isMasked) {
    const bytes = new ConnectionBytes(report, connections, writer)
    const write = () => bytes.write()
    while (connections.next()) yield write
  } else
    for (const connection of connections)
      yield () => writer.text(visibleJson(connectionJson(report, connection)).slice(1))
}
