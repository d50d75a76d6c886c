import type { Connection } from '../../diagnosis/connection.ts'
import type { Flows } from '../../flow/flows.ts'
import { type Moment, MomentKind } from './moment-log.ts'
import type { WireMoments } from './wire-moments.ts'

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
  /** How many these are. */
  readonly clientPushCount: number
  readonly serverPushCount: number
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

/** A connection that makes its lists where they are asked for: rules look closely at few of very many connections. */
class KeptConnection implements WireConnection {
  readonly connection: Connection
  readonly start: number
  readonly end: number
  readonly #client: number
  readonly #server: number
  readonly #moments: WireMoments
  /** By side and kind. */
  readonly #lists: (readonly Moment[] | undefined)[] = []
  #established: Moment | null | undefined
  #clientCloses: readonly Moment[] | undefined
  #serverCloses: readonly Moment[] | undefined

  constructor(connection: Connection, clientSide: number, moments: WireMoments) {
    this.connection = connection
    this.#client = clientSide
    this.#server = clientSide ^ 1
    this.#moments = moments
    const client = moments.spanOf(this.#client)
    const server = moments.spanOf(this.#server)
    this.start = Math.min(client.from, server.from)
    this.end = Math.max(client.to, server.to)
  }

  get syns(): readonly Moment[] {
    return this.#of(this.#client, MomentKind.SYN)
  }

  get synAcks(): readonly Moment[] {
    return this.#of(this.#server, MomentKind.SYN_ACK)
  }

  get established(): Moment | null {
    if (this.#established === undefined) this.#established = this.#establishedAt()
    return this.#established
  }

  get clientPushes(): readonly Moment[] {
    return this.#of(this.#client, MomentKind.PUSH)
  }

  get serverPushes(): readonly Moment[] {
    return this.#of(this.#server, MomentKind.PUSH)
  }

  get clientPushCount(): number {
    return this.#moments.pushesOf(this.#client)
  }

  get serverPushCount(): number {
    return this.#moments.pushesOf(this.#server)
  }

  get lastClientPush(): Moment | null {
    return this.#moments.lastPushOf(this.#client)
  }

  get lastServerPush(): Moment | null {
    return this.#moments.lastPushOf(this.#server)
  }

  get clientCloses(): readonly Moment[] {
    this.#clientCloses ??= this.#closesOf(this.#client)
    return this.#clientCloses
  }

  get serverCloses(): readonly Moment[] {
    this.#serverCloses ??= this.#isRefused ? NO_MOMENTS : this.#closesOf(this.#server)
    return this.#serverCloses
  }

  get refusals(): readonly Moment[] {
    return this.#isRefused ? this.#of(this.#server, MomentKind.RST) : NO_MOMENTS
  }

  get serverZeroWindows(): readonly Moment[] {
    return this.#of(this.#server, MomentKind.ZERO_WINDOW)
  }

  get #isRefused(): boolean {
    const isAnswered = this.#moments.countOf(this.#server, MomentKind.SYN_ACK) > 0
    return !isAnswered && this.#moments.countOf(this.#client, MomentKind.SYN) > 0
  }

  #establishedAt(): Moment | null {
    const synAck = this.synAcks[0]
    return synAck === undefined ? null : this.#moments.acknowledgedAfter(this.#client, synAck.frame)
  }

  #closesOf(side: number): readonly Moment[] {
    return this.#moments.momentsOf(side, MomentKind.FIN, MomentKind.RST)
  }

  #of(side: number, kind: MomentKind): readonly Moment[] {
    if (this.#moments.countOf(side, kind) === 0) return NO_MOMENTS
    const slot = (kind << 1) | (side & 1)
    this.#lists[slot] ??= this.#moments.momentsOf(side, kind)
    return this.#lists[slot]
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
    const clientSide = (connection.stream << 1) | flows.clientSide(connection.stream)
    joined.push(new KeptConnection(connection, clientSide, moments))
  }
  return joined
}
