import { least } from '../../extremes.ts'
import type { LogEvent } from '../../log/event.ts'
import { EARLY, PROMPT, STARTING } from '../clocks/anchor.ts'
import { couldShow, type LoggedProcess, listenersOf, slackOf, timeOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import { sameAddress, type WireIndex } from '../wire/wire-index.ts'
import { listeningAddress, listeningPort, type SocketLife, toldEnd } from './socket-life.ts'

/** How it is known which port a listening socket has. The last two are inferred. */
export type PortGround = 'stated' | 'accepts' | 'poll' | 'client-log' | 'elimination'

/** A port of the capture that a process listens on. */
export interface PortLink {
  readonly process: LoggedProcess
  readonly port: number | string
  readonly address: string | null
  /** Null where it is one of several listening sockets, and the log does not tell which. */
  readonly listener: SocketLife | null
  readonly ground: PortGround
  /** Run time from which it listens and until which; null where the log does not tell. */
  readonly from: number | null
  readonly to: number | null
}

/** More ports and addresses than one process listens on; a log that names others each time is not compared with all packets. */
const MOST_PLACES = 64

/** Finds which ports of the capture a log's listening sockets have: by what lines state, else by what they must be. */
export function portLinks(process: LoggedProcess, wire: WireIndex, clientPorts: ReadonlySet<number>): PortLink[] {
  if (!process.clock) return []
  const listeners = listenersOf(process)
  if (listeners.length === 0) return unsaidLinks(process, wire)
  const links = statedLinks(process, listeners, wire)
  const portless = listeners.filter((life) => listeningPort(life) === null)
  if (portless.length === 0) return links
  const taken = new Set(links.map((link) => link.port))
  const free = wire.serverPorts().filter((port) => !taken.has(port))
  return [...links, ...linkPortless(process, portless, free, wire, clientPorts)]
}

/**
 * A log that begins after the process started to listen: it listens where it accepts, and a socket whose readiness
 * follows a handshake, and that no accept made, is the listening one.
 */
function unsaidLinks(process: LoggedProcess, wire: WireIndex): PortLink[] {
  const unsaid = (port: number | string, listener: SocketLife | null, ground: PortGround): PortLink => ({
    process,
    port,
    address: null,
    listener,
    ground,
    from: null,
    to: null,
  })
  const accepting = [...new Set(acceptedPorts(process, wire))]
  if (accepting.length > 0) return accepting.map((port) => unsaid(port, null, 'accepts'))
  const polled = process.table.lives.filter(
    (life) => life.accepted === null && life.name === null && life.readable.length > 0,
  )
  return polled.flatMap((life) => {
    const ports = polledPorts(process, life, wire.serverPorts(), wire)
    return ports.length === 1 ? [unsaid(ports[0]!, life, 'poll')] : []
  })
}

/**
 * Those that lines state, in the order in which the sockets came to be; of one port and address each until the next one
 * listens. A process may listen on one port of several addresses at a time.
 */
function statedLinks(process: LoggedProcess, listeners: readonly SocketLife[], wire: WireIndex): PortLink[] {
  const byPlace = new Map<string, SocketLife[]>()
  for (const life of listeners) {
    const port = listeningPort(life)
    if (port === null) continue
    const place = `${port} ${listeningAddress(life) ?? ''}`
    byPlace.get(place)?.push(life) ?? byPlace.set(place, [life])
  }
  const links = new Map<SocketLife, PortLink>()
  let places = 0
  for (const lives of byPlace.values()) {
    places++
    lives.sort((a, b) => a.listening!.order - b.listening!.order)
    lives.forEach((life, index) => {
      const neighbours = { isFirst: index === 0 && places <= MOST_PLACES, next: lives[index + 1] ?? null }
      links.set(life, linkOf(process, life, listeningPort(life)!, 'stated', neighbours, wire))
    })
  }
  return listeners.flatMap((life) => links.get(life) ?? [])
}

/** Where a socket stands among those that a process listened on, one after the other, on one port and address. */
interface Neighbours {
  readonly isFirst: boolean
  readonly next: SocketLife | null
}

function linkOf(
  process: LoggedProcess,
  life: SocketLife,
  port: number | string,
  ground: PortGround,
  { isFirst, next }: Neighbours,
  wire: WireIndex,
): PortLink {
  return {
    process,
    port,
    address: listeningAddress(life),
    listener: life,
    ground,
    from: listensFrom(process, life, port, isFirst, wire),
    to: timeOf(process, toldEnd(life)) ?? timeOf(process, next?.listening ?? null),
  }
}

/**
 * When a socket began to listen: its line may be written when the process has started, and the port answer before. What
 * was answered then is still there when the line comes; what another process had before is not.
 */
function listensFrom(
  process: LoggedProcess,
  life: SocketLife,
  port: number | string,
  isFirst: boolean,
  wire: WireIndex,
): number | null {
  const told = timeOf(process, life.listening)
  if (told === null || !isFirst) return told
  const address = listeningAddress(life)
  const own = wire.ofServerPort(port).filter(({ connection }) => sameAddress(address, connection.server.address))
  let from = told
  for (const { synAcks, end } of own) {
    const answered = synAcks[0]?.time ?? told
    if (answered < from && told - answered <= STARTING && end > told) from = answered
  }
  const isRefused = own.some(({ refusals }) => refusals.some(({ time }) => time > from && time < told))
  return isRefused ? told : from
}

function linkPortless(
  process: LoggedProcess,
  portless: readonly SocketLife[],
  free: readonly (number | string)[],
  wire: WireIndex,
  clientPorts: ReadonlySet<number>,
): PortLink[] {
  const named = acceptedPorts(process, wire)
  const accepting = new Set(named.length > 0 ? named : promptlyAccepted(process, free, wire))
  const only = portless.length === 1 ? portless[0]! : null
  const group = (port: number | string, ground: PortGround): PortLink =>
    groupLink(process, portless, port, ground, wire)
  const links = [...accepting].map((port) => group(port, 'accepts'))
  // Sockets of one process that listen one after another on one port are one listener, restarted.
  if (only && links.length > 0) return links
  const left = free.filter((port) => !accepting.has(port) && mayBelong(process, portless, wire.ofServerPort(port)))
  for (const life of portless) {
    const polled = polledPorts(process, life, left, wire)
    if (polled.length === 1) links.push({ ...group(polled[0]!, 'poll'), listener: life })
  }
  if (links.some((link) => link.ground === 'poll')) return links
  const told = left.filter((port) => typeof port === 'number' && clientPorts.has(port))
  const missing = Math.max(1, portless.length - accepting.size)
  if (told.length > 0 && told.length <= missing) return [...links, ...told.map((port) => group(port, 'client-log'))]
  if (left.length > 0 && left.length <= missing) links.push(...left.map((port) => group(port, 'elimination')))
  return links
}

function groupLink(
  process: LoggedProcess,
  portless: readonly SocketLife[],
  port: number | string,
  ground: PortGround,
  wire: WireIndex,
): PortLink {
  const first = portless[0]!
  return {
    ...linkOf(process, first, port, ground, { isFirst: true, next: null }, wire),
    listener: portless.length === 1 ? first : null,
    to: null,
  }
}

/** Server ports of the connections that the log's accept lines name by their peers. */
function acceptedPorts(process: LoggedProcess, wire: WireIndex): (number | string)[] {
  return process.table.lives
    .filter((life) => life.accepted !== null)
    .flatMap((life) => wire.ofPeer(life.accepted!).map((found) => found.connection.server.port))
}

/** Without peers in its accept lines: the one port that had a handshake just before each of them. */
function promptlyAccepted(
  process: LoggedProcess,
  ports: readonly (number | string)[],
  wire: WireIndex,
): (number | string)[] {
  const accepts = process.table.lives.flatMap((life) => life.accepted ?? [])
  if (accepts.length === 0) return []
  const fitting = ports.filter((port) => accepts.every((event) => handshakeBefore(process, event, port, wire)))
  return fitting.length === 1 ? fitting : []
}

/**
 * False for a port that answered before the process listened, and for one that serves connections of which the log,
 * which would show them, shows no accept.
 */
function mayBelong(process: LoggedProcess, portless: readonly SocketLife[], own: readonly WireConnection[]): boolean {
  const since = least(portless.map((life) => timeOf(process, life.listening) ?? Number.NEGATIVE_INFINITY))
  const uncertainty = process.clock?.uncertainty ?? 0
  const answeredBefore = own.some((found) => (found.synAcks[0]?.time ?? Number.POSITIVE_INFINITY) < since - EARLY)
  if (answeredBefore && !own.some((found) => found.refusals.some((refusal) => refusal.time > since - uncertainty)))
    return false
  const served = own.some((found) => found.serverPushes.length > 0)
  const nameless = process.table.lives.some((life) => life.accepted !== null && life.accepted.peerPort === null)
  return !served || nameless || couldShow(process, 'accept') === null
}

/** Ports on which a handshake was completed just before each poll result that names the listening socket. */
function polledPorts(
  process: LoggedProcess,
  life: SocketLife,
  ports: readonly (number | string)[],
  wire: WireIndex,
): (number | string)[] {
  if (life.readable.length === 0) return []
  return ports.filter((port) => life.readable.every((event) => handshakeBefore(process, event, port, wire)))
}

/** True where a handshake of that port was completed no longer before a line than a process that is not held up takes. */
function handshakeBefore(process: LoggedProcess, event: LogEvent, port: number | string, wire: WireIndex): boolean {
  const time = timeOf(process, event)
  if (time === null) return false
  return wire.wasEstablished(port, time - PROMPT, time + slackOf(process))
}
