import type { Connection } from '../diagnosis/connection.ts'
import { Completeness, completenessNames, completenessText } from '../flow/completeness.ts'
import type { SideStatistics, Spread } from '../flow/flow-statistics.ts'
import { connectionJson, rounded } from '../report/json/json-model.ts'
import type { Report } from '../report/report.ts'

/** One line of the conversation table. */
export interface FlowRow {
  readonly connection: Connection
  readonly client: SideStatistics
  readonly server: SideStatistics
}

/**
 * Wireshark's completeness of the whole conversation. A conversation's first packet counts for it once a second one
 * comes, unless it is a SYN: one packet alone that is none leaves 0.
 */
export function completeness({ connection, client, server }: FlowRow): number {
  return conversationBits(connection.clientToServer.packets + connection.serverToClient.packets, client, server)
}

/** The same, of a conversation of so many packets. */
export function conversationBits(packets: number, client: SideStatistics, server: SideStatistics): number {
  const bits = client.completeness | server.completeness
  return packets === 1 && (bits & Completeness.SYN) === 0 ? 0 : bits
}

/** Payload bytes a second over the connection's life, as tcptrace reckons throughput; null where it took no time. */
export function throughput(nanoseconds: number, payloadBytes: number): number | null {
  return nanoseconds > 0 ? payloadBytes / (nanoseconds / 1e9) : null
}

/** The row as JSON: the fields of a connection, and the statistics of both directions. */
export function flowJson(report: Report, row: FlowRow): object {
  const { connection, client, server } = row
  const bits = completeness(row)
  const nanoseconds = connection.end - connection.start
  return {
    ...connectionJson(report, connection),
    completeness: {
      value: bits,
      text: completenessText(bits),
      client: completenessNames(client.completeness),
      server: completenessNames(server.completeness),
    },
    durationMs: milliseconds(nanoseconds),
    clientStatistics: sideJson(nanoseconds, client, connection.clientToServer.payloadBytes),
    serverStatistics: sideJson(nanoseconds, server, connection.serverToClient.payloadBytes),
  }
}

function sideJson(nanoseconds: number, side: SideStatistics, payloadBytes: number): object {
  const bytesPerSecond = throughput(nanoseconds, payloadBytes)
  return {
    roundTripMs: side.roundTrip === null ? null : spreadJson(side.roundTrip, 1e6),
    windowBytes: side.window === null ? null : spreadJson(side.window, 1),
    retransmittedBytes: side.retransmittedBytes,
    idleMaxMs: side.idleMax === null ? null : milliseconds(side.idleMax),
    throughputBytesPerSecond: bytesPerSecond === null ? null : Math.round(bytesPerSecond * 1000) / 1000,
  }
}

const spreadJson = ({ min, mean, max, samples }: Spread, unit: number): object => ({
  min: rounded(min / unit),
  mean: rounded(mean / unit),
  max: rounded(max / unit),
  samples,
})

const milliseconds = (nanoseconds: number): number => Math.round(nanoseconds) / 1e6
