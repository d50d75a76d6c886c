import { greatest, least } from '../../extremes.ts'
import type { EventKind, LogEvent } from '../../log/event.ts'
import type { SocketLife } from '../sockets/socket-life.ts'
import type { Moment } from '../wire/moment-log.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import type { WireIndex } from '../wire/wire-index.ts'
import { type Anchor, EARLY, MOST_WINDOWS, PROMPT, windowOf } from './anchor.ts'

/** A send line may be written before or after its packet leaves. */
const SEND_EARLY = 20e6
const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** A line, and what it is compared with. */
export interface DatableLine {
  readonly event: LogEvent
  /** When it was written by the log's own clock, in nanoseconds of the run's epoch, and that clock's step. */
  readonly nominal: number
  readonly tick: number
  /** The socket that it speaks of; null where none is known. */
  readonly life: SocketLife | null
  readonly wire: WireIndex
  readonly all: FirstOfAll
}

/** What packets say of the time of a line; null where they say nothing. */
export const anchorOf = (line: DatableLine): Anchor | null => ANCHORS[line.event.kind]?.(line) ?? null

/** True for the kinds of lines that packets can date. */
export const isDatable = (kind: EventKind): boolean => ANCHORS[kind] !== undefined

const ANCHORS: Readonly<Partial<Record<EventKind, (line: DatableLine) => Anchor | null>>> = {
  accept: acceptAnchor,
  listening: listeningAnchor,
  recv: receivedAnchor,
  readable: (line) =>
    receivedAnchor(line) ?? (line.life?.listening ? at(line, line.all.of(establishedOf), false) : null),
  send: (line) => at(line, ofBytes(connectionsOf(line).flatMap(serverPushesOf), line.event.bytes), true, SEND_EARLY),
  connected: (line) => at(line, first(line.wire.ofServerPort(line.event.peerPort), establishedOf), false),
  'connect-failed': (line) => at(line, first(line.wire.ofServerPort(line.event.peerPort), refusalsOf), false),
  close: closeAnchor,
  'idle-close': closeAnchor,
  'peer-close': closeAnchor,
  status: (line) => at(line, line.all.of(clientPushesOf), false),
}

/** An anchor to these moments; `certain` where they are of the connection that the line names. */
function at(
  { event, nominal, tick }: DatableLine,
  moments: readonly Moment[],
  certain: boolean,
  early = EARLY,
): Anchor {
  const windows = moments.slice(0, MOST_WINDOWS).map((moment) => windowOf(nominal, tick, moment, early, PROMPT))
  return { event, windows, bound: null, certain }
}

/** Connections of the peer whose socket the line speaks of. */
const connectionsOf = ({ life, wire }: DatableLine): readonly WireConnection[] =>
  life?.accepted ? wire.ofPeer(life.accepted) : []

/** accept() returns after the handshake, and before the accepted socket's first payload leaves. */
function acceptAnchor({ event, nominal, wire, tick }: DatableLine): Anchor | null {
  const own = wire.ofPeer(event)
  const windows = own.flatMap(establishedOf).map((moment) => windowOf(nominal, tick, moment))
  const only = own.length === 1 ? own[0] : undefined
  if (!only) return { event, windows, bound: null, certain: true }
  const reply = only.serverPushes[0]
  const bound = {
    from: only.established ? only.established.time - EARLY - nominal - tick : ALWAYS.from,
    to: reply ? reply.time + EARLY - nominal : ALWAYS.to,
  }
  const possible = windows.map((window) => ({ ...window, to: Math.min(window.to, bound.to) }))
  return { event, windows: possible.filter((window) => window.from <= window.to), bound, certain: true }
}

/** A port that refuses has no listener yet; one that answers has one. */
function listeningAnchor({ event, nominal, wire, tick }: DatableLine): Anchor | null {
  if (event.port === null) return null
  const own = wire.ofServerPort(event.port)
  const answered = least(own.flatMap((connection) => connection.synAcks.slice(0, 1).map((moment) => moment.time)))
  const refused = own.flatMap((connection) => connection.refusals).map((moment) => moment.time)
  // Refused after it was answered: a process before this one had the port, and the line need not precede its answers.
  if (!Number.isFinite(answered) || refused.some((time) => time > answered)) return null
  const from = refused.length > 0 ? greatest(refused) - nominal - tick - EARLY : ALWAYS.from
  return { event, windows: [], bound: { from, to: answered + PROMPT - nominal }, certain: true }
}

/** Bytes that came, where the line's socket is a connection that is known. */
function receivedAnchor(line: DatableLine): Anchor | null {
  const connections = connectionsOf(line)
  return connections.length === 0
    ? null
    : at(line, ofBytes(connections.flatMap(clientPushesOf), line.event.bytes), true)
}

function closeAnchor(line: DatableLine): Anchor {
  return line.life?.accepted
    ? at(line, first(connectionsOf(line), closesOf), true)
    : at(line, line.all.of(closesOf), false)
}

type MomentsOf = (connection: WireConnection) => readonly Moment[]

/** The first moments of connections: more than a line is compared with are not gathered. */
function first(connections: readonly WireConnection[], momentsOf: MomentsOf): Moment[] {
  const moments: Moment[] = []
  for (const connection of connections) {
    for (const moment of momentsOf(connection)) moments.push(moment)
    if (moments.length >= MOST_WINDOWS) break
  }
  return moments
}

/** The first moments of all connections, found once: there may be thousands without any, and hundreds of lines that ask. */
export class FirstOfAll {
  readonly #all: readonly WireConnection[]
  readonly #found = new Map<MomentsOf, Moment[]>()

  constructor({ all }: WireIndex) {
    this.#all = all
  }

  of(momentsOf: MomentsOf): Moment[] {
    const known = this.#found.get(momentsOf)
    if (known !== undefined) return known
    const found = first(this.#all, momentsOf)
    this.#found.set(momentsOf, found)
    return found
  }
}

const establishedOf = ({ established }: WireConnection): readonly Moment[] => (established ? [established] : [])

const closesOf = (connection: WireConnection): readonly Moment[] => [
  ...connection.serverCloses,
  ...connection.clientCloses,
]

const refusalsOf = ({ refusals }: WireConnection): readonly Moment[] => refusals

const serverPushesOf = ({ serverPushes }: WireConnection): readonly Moment[] => serverPushes

const clientPushesOf = ({ clientPushes }: WireConnection): readonly Moment[] => clientPushes

/** Pushes of exactly that size; all where one read or write spans several segments. */
function ofBytes(pushes: readonly Moment[], bytes: number | null): readonly Moment[] {
  const same = bytes === null ? pushes : pushes.filter((push) => push.bytes === bytes)
  return same.length > 0 ? same : pushes
}
