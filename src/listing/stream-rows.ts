import type { Connection } from '../diagnosis/connection.ts'
import type { FlowStatistics } from '../flow/flow-statistics.ts'
import { FlowView } from '../flow/flow-view.ts'
import type { Flows } from '../flow/flows.ts'
import type { FlowRow } from './flow-row.ts'

/** Rows of the conversation table in the order of their streams, made one by one. */
export class StreamRows implements Iterable<FlowRow> {
  readonly connections: Iterable<Connection>
  readonly statistics: FlowStatistics
  /** The most that are shown. */
  readonly limit: number
  readonly #flow: FlowView

  constructor(flows: Flows, statistics: FlowStatistics, connections: Iterable<Connection>, limit: number) {
    this.#flow = new FlowView(flows)
    this.statistics = statistics
    this.connections = connections
    this.limit = limit
  }

  /** The row of a connection. */
  of(connection: Connection): FlowRow {
    const { stream } = connection
    const { client, server } = this.#flow.at(stream)
    return { connection, client: this.statistics.of(stream, client), server: this.statistics.of(stream, server) }
  }

  *[Symbol.iterator](): Generator<FlowRow> {
    let left = this.limit
    for (const connection of this.connections) {
      if (left-- <= 0) return
      yield this.of(connection)
    }
  }
}
