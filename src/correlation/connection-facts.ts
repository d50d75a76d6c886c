import type { EventKind, LogEvent } from '../log/event.ts'
import { ConnectionCounts } from './connection-counts.ts'
import { Hearing, leavesOut } from './hearing.ts'
import { LATE_ACCEPT } from './late-accept.ts'
import { wasCut } from './log-end.ts'
import {
  type Coverage,
  couldShow,
  coverageAt,
  type Ground,
  type LoggedProcess,
  slackOf,
  timeOf,
} from './logged-process.ts'
import { type Accept, acceptsByConnection, lastBefore, mayBeOneOf, unplacedAccepts } from './placed-accepts.ts'
import { linkFor, type PortLink } from './port-link.ts'
import type { SocketLife } from './socket-life.ts'
import type { WireConnection } from './wire-connection.ts'
import type { WireIndex } from './wire-index.ts'

/** What the logs say of one connection, seen from the process that listens. */
export interface ConnectionFacts {
  readonly wire: WireConnection
  /** The listening socket that it came to; null where no log tells of it. */
  readonly link: PortLink | null
  /** The accepted socket, where a line shows the accept. */
  readonly accepted: SocketLife | null
  readonly process: LoggedProcess | null
  /** Nanoseconds from handshake to accept line, at least and by their stamps; null where either is not known. */
  readonly acceptDelay: { readonly least: number; readonly measured: number } | null
  /** Why a missing accept means something; null where it does not. */
  readonly acceptGround: Ground | null
  readonly readGround: Ground | null
  readonly coverage: Coverage
  /** After the accept was due, lines of that kind may have been left out: a late one would not be seen. */
  readonly isHeardInPart: boolean
}

/** Streams of the clients that lines name which tell of no event, by log. */
export type NamedClients = ReadonlyMap<number, ReadonlySet<number>>

/**
 * Gives each connection its listening socket and its accept line, by port and peer; by the accept queue's order else. Clients
 * that are `named` somehow were accepted, too, though it is not known which line says so.
 */
export function factsOf(
  wire: WireIndex,
  processes: readonly LoggedProcess[],
  links: readonly PortLink[],
  named: NamedClients,
): ConnectionFacts[] {
  const accepts = acceptsByConnection(wire, processes, links)
  const unplaced = unplacedAccepts(processes, accepts)
  const grounds = new Map<LoggedProcess, Ground | null>()
  const held = new Map<LoggedProcess, ReadonlySet<WireConnection>>()
  const isHeld = (process: LoggedProcess, found: WireConnection): boolean => {
    if (!held.has(process)) held.set(process, heldBy(process, wire))
    return held.get(process)!.has(found) || (named.get(process.log)?.has(found.connection.stream) ?? false)
  }
  const linksOf = new Map(processes.map((process) => [process, links.filter((each) => each.process === process)]))
  const groundOf = (process: LoggedProcess): Ground | null => {
    if (!grounds.has(process)) grounds.set(process, acceptGroundOf(process, linksOf.get(process)!, wire, accepts))
    return grounds.get(process) ?? null
  }
  const readGrounds = new Map(processes.map((process) => [process, couldShow(process, 'recv')]))
  const untold = new Map(processes.map((process) => [process, lastUntold(process)]))
  const hearings = new Hearings()
  const counts = new Map(processes.map((process) => [process, new ConnectionCounts(process)]))
  const countsOf = (process: LoggedProcess): ConnectionCounts => counts.get(process)!
  const cut = new Set(processes.filter((process) => wasCut(process, accepts, links, wire)))
  return wire.all.map((found) => {
    const accepted = accepts.get(found) ?? null
    const link = linkFor(accepted ? (linksOf.get(accepted.process) ?? []) : links, found)
    const process = accepted?.process ?? link?.process ?? null
    const acceptGround =
      process && !mayBeOneOf(unplaced, process, found) && !isHeld(process, found)
        ? counted(groundAgainst(groundOf(process), found, untold.get(process)!), countsOf(process), found, wire)
        : null
    const readGround = process ? (readGrounds.get(process) ?? null) : null
    const acceptsHeard = process && hearings.untilOf(process, 'accept', acceptGround, found)
    const readsHeard = process && hearings.untilOf(process, 'recv', readGround, found)
    return {
      wire: found,
      link,
      accepted: accepted?.life ?? null,
      process,
      acceptDelay: accepted ? delayOf(accepted.process, accepted.life.accepted!, found) : null,
      acceptGround: isHeardOf('accept', found, acceptsHeard) ? acceptGround : null,
      readGround: isHeardOf('recv', found, readsHeard) ? readGround : null,
      isHeardInPart: acceptsHeard !== null && acceptsHeard < found.end,
      coverage: process ? coverageOf(process, found, cut.has(process)) : 'outside',
    }
  })
}

/** What counts of connections add: one that rises with this one may be its accept, which the log then tells in no other way. */
function counted(
  ground: Ground | null,
  counts: ConnectionCounts,
  found: WireConnection,
  wire: WireIndex,
): Ground | null {
  if (ground?.sameKind === true) return ground
  if (counts.risesWith(found)) return null
  return ground ?? counts.withoutIt(found, wire)
}

/** From when on a line of an accept, or of the first read, is due. */
const dueFrom = (kind: 'accept' | 'recv', found: WireConnection): number =>
  (kind === 'recv' ? found.clientPushes[0]?.time : undefined) ?? madeAt(found)

/** Whether a log would have shown what was due, heard as it is until some time. */
const isHeardOf = (kind: 'accept' | 'recv', found: WireConnection, until: number | null): boolean =>
  until === null || until > dueFrom(kind, found) + LATE_ACCEPT

const madeAt = ({ established, start }: WireConnection): number => established?.time ?? start

/** What the logs leave out, by process and kind of line. */
class Hearings {
  readonly #known = new Map<LoggedProcess, Map<EventKind, Hearing>>()

  /** From when on a line that is due may have been left out; null in a log that leaves out nothing. */
  untilOf(
    process: LoggedProcess,
    kind: 'accept' | 'recv',
    ground: Ground | null,
    found: WireConnection,
  ): number | null {
    if (ground === null || !leavesOut(process)) return null
    const ofProcess = this.#known.get(process) ?? new Map<EventKind, Hearing>()
    this.#known.set(process, ofProcess)
    const hearing = ofProcess.get(kind) ?? new Hearing(process, kind, ground)
    ofProcess.set(kind, hearing)
    return hearing.until(dueFrom(kind, found) - slackOf(process))
  }
}

/** Where a log was cut, its silence after its last line says nothing. */
function coverageOf(process: LoggedProcess, found: WireConnection, wasCutOff: boolean): Coverage {
  const coverage = coverageAt(process, found.established?.time ?? found.start)
  return coverage === 'silent' && wasCutOff ? 'outside' : coverage
}

/** What a process may write of a client whose connection it does not have. */
export const OF_NO_SOCKET: ReadonlySet<EventKind> = new Set(['accept-failed', 'not-matched', 'connect-failed'])

/**
 * Connections whose client a line names as the other end, be it of a read or of a complaint: only accept() tells a process of
 * a client, so that it had them in hand, though it did not tell of the accept.
 */
function heldBy(process: LoggedProcess, wire: WireIndex): ReadonlySet<WireConnection> {
  const held = new Set<WireConnection>()
  for (const event of process.file.events) {
    if (event.peerPort === null || event.kind === 'accept' || OF_NO_SOCKET.has(event.kind)) continue
    const time = timeOf(process, event)
    const found = lastBefore(wire.ofPeer(event), time, process)
    // A line of an earlier day is of an earlier connection from that port.
    if (found && (time === null || time >= found.start - slackOf(process))) held.add(found)
  }
  return held
}

/**
 * The system may hand a connection over later than the client completed it. TCP_DEFER_ACCEPT and accept filters wait for the
 * client's first word; so does a system that the handshake's last acknowledgment did not reach, and it repeats its SYN-ACK
 * meanwhile. The least delay counts from the last of these before the accept.
 */
function delayOf(process: LoggedProcess, event: LogEvent, found: WireConnection): ConnectionFacts['acceptDelay'] {
  const time = timeOf(process, event)
  if (time === null || found.established === null || !process.clock) return null
  const { uncertainty } = process.clock
  // What the server answered it had accepted: a line that stands after that was written late, or its clock was set meanwhile.
  const answered = found.serverPushes[0]?.time ?? Number.POSITIVE_INFINITY
  if (time - slackOf(process) > answered) return null
  const since = found.established.time
  const handedOver = [...found.synAcks, ...found.clientPushes.slice(0, 1)].map((moment) => moment.time)
  const ready = Math.max(since, ...handedOver.filter((moment) => moment <= time + slackOf(process)))
  return { least: time - ready - uncertainty, measured: time - since }
}

/** A process that serves without ever writing an accept line does not write them: then their absence means nothing. */
function acceptGroundOf(
  process: LoggedProcess,
  links: readonly PortLink[],
  wire: WireIndex,
  accepts: ReadonlyMap<WireConnection, Accept>,
): Ground | null {
  const ground = couldShow(process, 'accept')
  if (ground === null || ground.sameKind) return ground
  return links.some((link) => servesUnsaid(link, wire, accepts)) ? null : ground
}

/**
 * Where no accept is shown at all, a read or a write after the handshake that says of which socket as little may be this
 * connection's: one that the log never told the accept of. `untold` is when the last of them may have been, at the latest.
 */
function groundAgainst(ground: Ground | null, found: WireConnection, untold: number): Ground | null {
  if (ground === null || ground.sameKind) return ground
  return untold >= madeAt(found) ? null : ground
}

/** When the last read or write is that no line tells the accept of, later by what the clock leaves open. */
function lastUntold(process: LoggedProcess): number {
  let last = Number.NEGATIVE_INFINITY
  const take = (event: LogEvent): void => {
    last = Math.max(last, timeOf(process, event) ?? last)
  }
  for (const event of process.table.others)
    if ((event.kind === 'recv' || event.kind === 'send') && event.peerPort === null) take(event)
  for (const life of process.table.lives) if (isOfUntoldOrigin(life)) take(life.first)
  return last + slackOf(process)
}

/** A socket that is read from or written to, and no line tells where it came from. */
const isOfUntoldOrigin = (life: SocketLife): boolean =>
  life.accepted === null &&
  life.created === null &&
  life.listening === null &&
  life.bind === null &&
  life.name === null &&
  life.received.length + life.sent.length > 0

const servesUnsaid = (link: PortLink, wire: WireIndex, accepts: ReadonlyMap<WireConnection, Accept>): boolean =>
  wire
    .ofServerPort(link.port)
    .some(
      (found) =>
        found.serverPushes.length > 0 &&
        !accepts.has(found) &&
        coverageAt(link.process, found.start) === 'covered' &&
        linkFor([link], found) !== null,
    )
