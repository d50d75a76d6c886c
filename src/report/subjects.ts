import type { Connection } from '../diagnosis/connection.ts'
import type { Report } from './report.ts'

/** The connections of the given streams, by stream. Makes no more of the others than it must. */
export function connectionsOf(report: Report, streams: Iterable<number | null>): Map<number, Connection> {
  const wanted = new Set<number>()
  for (const stream of streams) if (stream !== null) wanted.add(stream)
  const found = new Map<number, Connection>()
  if (report.connectionOf !== undefined) {
    for (const stream of wanted) {
      const connection = report.connectionOf(stream)
      if (connection !== null) found.set(stream, connection)
    }
    return found
  }
  if (wanted.size === 0) return found
  for (const connection of report.connections()) {
    if (wanted.has(connection.stream)) found.set(connection.stream, connection)
    if (found.size === wanted.size) break
  }
  return found
}
