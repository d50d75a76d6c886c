import { PROMPT } from '../clocks/anchor.ts'
import { type LoggedProcess, slackOf, timeOf } from '../processes/logged-process.ts'
import type { PortLink } from '../sockets/port-link.ts'
import type { SocketLife } from '../sockets/socket-life.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import { sameAddress, type WireIndex } from '../wire/wire-index.ts'

/** An accept line that a connection was found for. */
export interface Accept {
  readonly process: LoggedProcess
  readonly life: SocketLife
}

/** Which accept line is of which connection: by the client that it names, else by the order of the accept queue. */
export function acceptsByConnection(
  wire: WireIndex,
  processes: readonly LoggedProcess[],
  links: readonly PortLink[],
): Map<WireConnection, Accept> {
  const accepts = new Map<WireConnection, Accept>()
  for (const process of processes) {
    if (!process.clock) continue
    const nameless: SocketLife[] = []
    for (const life of process.table.lives) {
      if (!life.accepted) continue
      const own = wire.ofPeer(life.accepted)
      const found = life.accepted.peerPort === null ? null : lastBefore(own, timeOf(process, life.accepted), process)
      if (found) accepts.set(found, { process, life })
      else if (life.accepted.peerPort === null) nameless.push(life)
    }
    for (const [found, life] of inQueueOrder(process, nameless, links, wire, accepts))
      accepts.set(found, { process, life })
  }
  return accepts
}

/** An accept line that fell to no connection of the capture. */
export interface Unplaced {
  readonly time: number
  /** The port of the listening socket, where the line names it. */
  readonly port: number | null
  /** The client's address in it, where it names a client. */
  readonly peerAddress: string | null
  readonly isNamed: boolean
}

/** Each process's accept lines that fell to no connection. */
export function unplacedAccepts(
  processes: readonly LoggedProcess[],
  accepts: ReadonlyMap<WireConnection, Accept>,
): ReadonlyMap<LoggedProcess, readonly Unplaced[]> {
  const placed = new Set([...accepts.values()].map(({ life }) => life))
  const unplaced = (process: LoggedProcess): Unplaced[] => {
    const own = process.table.lives.filter((life) => life.accepted !== null)
    // A log that names one client as the capture has it names all of them so.
    const knowsClients = own.some((life) => placed.has(life) && life.accepted!.peerPort !== null)
    return own
      .filter((life) => !placed.has(life) && (life.accepted!.peerPort === null || !knowsClients))
      .map(({ accepted }) => ({
        time: timeOf(process, accepted) ?? Number.POSITIVE_INFINITY,
        port: accepted!.port,
        peerAddress: accepted!.peerAddress,
        isNamed: accepted!.peerPort !== null,
      }))
  }
  return new Map(processes.map((process) => [process, unplaced(process)]))
}

/**
 * True where an accept that names nobody came after the handshake, or promptly after it one that names a client whom the capture
 * does not know, as behind a NAT or a proxy: it may have been this connection's.
 */
export function mayBeOneOf(
  unplaced: ReadonlyMap<LoggedProcess, readonly Unplaced[]>,
  process: LoggedProcess,
  found: WireConnection,
): boolean {
  const made = found.established?.time ?? found.start
  const { client, server } = found.connection
  return (unplaced.get(process) ?? []).some(({ time, port, peerAddress, isNamed }) => {
    if (port !== null && port !== server.port) return false
    if (!isNamed) return time >= made - slackOf(process) || found.established === null
    const isForeign = peerAddress !== null && !sameAddress(peerAddress, client.address)
    return isForeign && time >= made - slackOf(process) && time <= made + PROMPT + slackOf(process)
  })
}

/** Of several connections from one client port, the one that the line can speak of: the last made before it. */
export function lastBefore(
  own: readonly WireConnection[],
  time: number | null,
  process: LoggedProcess,
): WireConnection | null {
  if (own.length <= 1 || time === null) return own[0] ?? null
  const until = time + slackOf(process)
  return own.filter((found) => found.start <= until).at(-1) ?? null
}

/** The accept queue is first in, first out: the nth accept without a peer returned the nth handshake. */
function* inQueueOrder(
  process: LoggedProcess,
  nameless: readonly SocketLife[],
  links: readonly PortLink[],
  wire: WireIndex,
  accepts: ReadonlyMap<WireConnection, Accept>,
): Generator<[WireConnection, SocketLife]> {
  if (nameless.length === 0) return
  const own = links.filter((link) => link.process === process)
  // An accept took one connection: where a port was listened on again, what it took before is not there any more.
  const taken = new Set<SocketLife>()
  for (const link of own) {
    const left = nameless.filter((life) => !taken.has(life) && (own.length === 1 || isOfQueue(life, link)))
    for (const placed of emptied(process, left, link, wire, accepts)) {
      taken.add(placed[1])
      yield placed
    }
  }
}

/** With several listening sockets the log tells whose queue an accept emptied where it names the port. */
function isOfQueue({ accepted }: SocketLife, { port, address }: PortLink): boolean {
  const told = accepted!.address
  return accepted!.port === port && (told === null || sameAddress(address, told) || sameAddress(told, address ?? ''))
}

function* emptied(
  process: LoggedProcess,
  nameless: readonly SocketLife[],
  link: PortLink,
  wire: WireIndex,
  accepts: ReadonlyMap<WireConnection, Accept>,
): Generator<[WireConnection, SocketLife]> {
  if (nameless.length === 0) return
  const queue = wire
    .ofServerPort(link.port)
    .filter(
      (found) =>
        found.established !== null && !accepts.has(found) && sameAddress(link.address, found.connection.server.address),
    )
    .sort((a, b) => a.established!.time - b.established!.time)
  const slack = slackOf(process)
  for (const life of nameless) {
    const time = timeOf(process, life.accepted)
    const next = queue[0]
    if (!next || time === null || next.established!.time > time + slack) continue
    queue.shift()
    yield [next, life]
  }
}
