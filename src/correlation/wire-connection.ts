import type { Connection } from '../diagnosis/connection.ts'
import type { Flows } from '../flow/flows.ts'
import { MOMENT_KINDS, type Moment, MomentKind, type WireMoments } from './wire-moments.ts'

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

const NO_MOMENTS: readonly Moment[] = []

/** What one side did, by kind, each list in order. */
class SideMoments {
  readonly #byKind: Moment[][] = Array.from({ length: MOMENT_KINDS }, () => [])
  readonly closes: Moment[] = []
  start = Number.POSITIVE_INFINITY
  end = Number.NEGATIVE_INFINITY

  constructor(moments: readonly Moment[], lastPush: Moment | null) {
    for (const moment of moments) {
      this.#byKind[moment.kind]!.push(moment)
      if (moment.kind === MomentKind.FIN || moment.kind === MomentKind.RST) this.closes.push(moment)
      this.#reach(moment)
    }
    if (lastPush !== null) this.#reach(lastPush)
  }

  of(kind: MomentKind): readonly Moment[] {
    return this.#byKind[kind]!
  }

  #reach({ time }: Moment): void {
    this.start = Math.min(this.start, time)
    this.end = Math.max(this.end, time)
  }
}

function establishedAt(client: readonly Moment[], synAck: Moment | undefined): Moment | null {
  if (synAck === undefined) return null
  return (
    client.find(({ kind, frame }) => (kind === MomentKind.ACK || kind === MomentKind.PUSH) && frame > synAck.frame) ??
    null
  )
}

function wireConnection(connection: Connection, clientSide: number, moments: WireMoments): WireConnection {
  const clientMoments = moments.momentsOf(clientSide)
  const lastClientPush = moments.lastPushOf(clientSide)
  const lastServerPush = moments.lastPushOf(clientSide ^ 1)
  const client = new SideMoments(clientMoments, lastClientPush)
  const server = new SideMoments(moments.momentsOf(clientSide ^ 1), lastServerPush)
  const syns = client.of(MomentKind.SYN)
  const synAcks = server.of(MomentKind.SYN_ACK)
  const refused = synAcks.length === 0 && syns.length > 0
  return {
    connection,
    start: Math.min(client.start, server.start),
    end: Math.max(client.end, server.end),
    syns,
    synAcks,
    established: establishedAt(clientMoments, synAcks[0]),
    clientPushes: client.of(MomentKind.PUSH),
    serverPushes: server.of(MomentKind.PUSH),
    lastClientPush,
    lastServerPush,
    clientCloses: client.closes,
    serverCloses: refused ? NO_MOMENTS : server.closes,
    refusals: refused ? server.of(MomentKind.RST) : NO_MOMENTS,
    serverZeroWindows: server.of(MomentKind.ZERO_WINDOW),
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
