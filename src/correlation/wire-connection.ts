import type { Connection } from '../diagnosis/connection.ts'
import type { Flows } from '../flow/flows.ts'
import { type Moment, MomentKind, type WireMoments } from './wire-moments.ts'

/** What the packets say of one connection, in the terms that log lines are compared with. */
export interface WireConnection {
  readonly connection: Connection
  /** First and last moment that is known of it, in nanoseconds on the run's clock with the capture clock's steps taken out. */
  readonly start: number
  readonly end: number
  /** The client's SYNs, the first and its repetitions. */
  readonly syns: readonly Moment[]
  readonly synAcks: readonly Moment[]
  /** When the client acknowledged the SYN-ACK: from here on accept() can return it. Null where that was not captured. */
  readonly established: Moment | null
  /** New payload of either end, oldest first; capped. */
  readonly clientPushes: readonly Moment[]
  readonly serverPushes: readonly Moment[]
  readonly lastClientPush: Moment | null
  readonly lastServerPush: Moment | null
  readonly clientCloses: readonly Moment[]
  readonly serverCloses: readonly Moment[]
  /** The server's RSTs in answer to a SYN. */
  readonly refusals: readonly Moment[]
  readonly serverZeroWindows: readonly Moment[]
}

/** Connections beyond this many are not compared with log lines: their evidence would not fit into memory. */
export const MOST_CONNECTIONS = 50_000

const of = (moments: readonly Moment[], kind: MomentKind): Moment[] => moments.filter((moment) => moment.kind === kind)
const closesOf = (moments: readonly Moment[]): Moment[] =>
  moments.filter((moment) => moment.kind === MomentKind.FIN || moment.kind === MomentKind.RST)

function establishedAt(client: readonly Moment[], synAcks: readonly Moment[]): Moment | null {
  const synAck = synAcks[0]
  if (synAck === undefined) return null
  const after = client.filter(
    (moment) => (moment.kind === MomentKind.ACK || moment.kind === MomentKind.PUSH) && moment.frame > synAck.frame,
  )
  return after[0] ?? null
}

function wireConnection(connection: Connection, clientSide: number, moments: WireMoments): WireConnection {
  const client = moments.momentsOf(clientSide)
  const server = moments.momentsOf(clientSide ^ 1)
  const synAcks = of(server, MomentKind.SYN_ACK)
  const refused = synAcks.length === 0 && of(client, MomentKind.SYN).length > 0
  const serverCloses = closesOf(server)
  const lastPushes = [moments.lastPushOf(clientSide), moments.lastPushOf(clientSide ^ 1)]
  const times = [...client, ...server, ...lastPushes].flatMap((moment) => (moment ? [moment.time] : []))
  return {
    connection,
    start: times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY),
    end: times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY),
    syns: of(client, MomentKind.SYN),
    synAcks,
    established: establishedAt(client, synAcks),
    clientPushes: of(client, MomentKind.PUSH),
    serverPushes: of(server, MomentKind.PUSH),
    lastClientPush: lastPushes[0] ?? null,
    lastServerPush: lastPushes[1] ?? null,
    clientCloses: closesOf(client),
    serverCloses: refused ? [] : serverCloses,
    refusals: refused ? of(server, MomentKind.RST) : [],
    serverZeroWindows: of(server, MomentKind.ZERO_WINDOW),
  }
}

/** Joins what a scan collected with the connections that the analysis made of it. */
export function wireConnections(
  connections: Iterable<Connection>,
  flows: Pick<Flows, 'clientSide'>,
  moments: WireMoments,
): WireConnection[] {
  const joined: WireConnection[] = []
  for (const connection of connections) {
    if (joined.length === MOST_CONNECTIONS) break
    joined.push(wireConnection(connection, (connection.stream << 1) | flows.clientSide(connection.stream), moments))
  }
  return joined
}
