import type { EventKind } from '../../log/event.ts'
import { PROMPT } from '../clocks/anchor.ts'
import { couldShow, coverageAt, type Ground, type LoggedProcess, slackOf, timeOf } from '../processes/logged-process.ts'
import type { LinkFinder, LinkFinders } from '../sockets/link-finder.ts'
import type { PortLink } from '../sockets/port-link.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import type { WireIndex } from '../wire/wire-index.ts'
import { ConnectionCounts } from './connection-counts.ts'
import { type Hearings, isHeardOf } from './hearings.ts'
import { type Accept, lastBefore, mayBeOneOf, type Unplaced, unplacedAccepts } from './placed-accepts.ts'
import { QueueOrder } from './queue-order.ts'
import { UntoldAccepts } from './untold-accepts.ts'
import { UntoldReads } from './untold-reads.ts'

/** Streams of the clients that lines name which tell of no event, by log. */
export type NamedClients = ReadonlyMap<number, ReadonlySet<number>>

/** What is known of accepts when it is asked which of them are missing. */
export interface AcceptScene {
  readonly wire: WireIndex
  readonly processes: readonly LoggedProcess[]
  readonly links: readonly PortLink[]
  readonly finders: LinkFinders
  /** Accept lines, by the connection that each is of. */
  readonly accepts: ReadonlyMap<WireConnection, Accept>
  readonly named: NamedClients
  readonly hearings: Hearings
}

/** What is found once for each process. */
interface OfProcess {
  readonly ground: Ground | null
  readonly untold: UntoldReads
  readonly counts: ConnectionCounts
  readonly held: ReadonlySet<WireConnection>
}

/** Why a missing accept means something, connection by connection. */
export class AcceptGrounds {
  readonly #scene: AcceptScene
  readonly #unplaced: ReadonlyMap<LoggedProcess, readonly Unplaced[]>
  readonly #ofProcess = new Map<LoggedProcess, OfProcess>()
  readonly #untold: UntoldAccepts
  readonly #order: QueueOrder

  constructor(scene: AcceptScene) {
    this.#scene = scene
    this.#unplaced = unplacedAccepts(scene.processes, scene.accepts)
    this.#order = new QueueOrder(scene.wire, scene.links, scene.finders, scene.accepts)
    this.#untold = new UntoldAccepts(scene.finders.ofAll, scene.wire, {
      accepts: scene.accepts,
      mayBeTold: (process, found) => this.#isToldElsehow(process, found) || !this.#isHeard(process, found),
    })
  }

  /** Null where it means nothing that the log shows no accept of this connection. */
  of(process: LoggedProcess, found: WireConnection): Ground | null {
    if (this.#isToldElsehow(process, found) || this.#order.isOvertaken(found)) return null
    const { ground, untold, counts } = this.#knownOf(process)
    if (ground?.sameKind === true && this.#untold.has(process, found.connection.server.port)) return null
    if (ground?.sameKind === false && this.#isNotMatched(process, found)) return ground
    return counted(groundAgainst(ground, found, untold), counts, found, this.#scene.wire)
  }

  /** An accept that names nobody may be this one's, or a line tells of the client in another way. */
  #isToldElsehow(process: LoggedProcess, found: WireConnection): boolean {
    if (mayBeOneOf(this.#unplaced, process, found) || this.#knownOf(process).held.has(found)) return true
    return this.#scene.named.get(process.log)?.has(found.connection.stream) ?? false
  }

  /** The poll reported this connection, and the listening socket was not found: reads are others'. */
  #isNotMatched(process: LoggedProcess, found: WireConnection): boolean {
    const made = found.established?.time ?? null
    const lines = this.#scene.finders.of(process).of(found)?.listener?.notMatched ?? []
    if (made === null) return false
    return lines.some((event) => {
      const time = timeOf(process, event)
      return time !== null && time >= made - slackOf(process) && time <= made + PROMPT + slackOf(process)
    })
  }

  #isHeard(process: LoggedProcess, found: WireConnection): boolean {
    const { ground } = this.#knownOf(process)
    return isHeardOf('accept', found, this.#scene.hearings.untilOf(process, 'accept', ground, found))
  }

  #knownOf(process: LoggedProcess): OfProcess {
    const known = this.#ofProcess.get(process)
    if (known !== undefined) return known
    const { wire, finders, accepts } = this.#scene
    const made = {
      ground: acceptGroundOf(process, finders.of(process), wire, accepts),
      untold: new UntoldReads(process),
      counts: new ConnectionCounts(process),
      held: heldBy(process, wire),
    }
    this.#ofProcess.set(process, made)
    return made
  }
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

/** What a process may write of a client whose connection it does not have, and what the system lists of any. */
export const OF_NO_SOCKET: ReadonlySet<EventKind> = new Set([
  'accept-failed',
  'not-matched',
  'connect-failed',
  'connection-listed',
])

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

/** A process that serves without ever writing an accept line does not write them: then their absence means nothing. */
function acceptGroundOf(
  process: LoggedProcess,
  finder: LinkFinder,
  wire: WireIndex,
  accepts: ReadonlyMap<WireConnection, Accept>,
): Ground | null {
  const ground = couldShow(process, 'accept')
  if (ground === null || ground.sameKind) return ground
  return wire.all.some((found) => isServedUnsaid(process, found, finder, accepts)) ? null : ground
}

/**
 * Where no accept is shown at all, a read or a write after the handshake that says of which socket as little may be this
 * connection's: one that the log never told the accept of.
 */
function groundAgainst(ground: Ground | null, found: WireConnection, untold: UntoldReads): Ground | null {
  if (ground === null || ground.sameKind) return ground
  return untold.mayBeOf(found.established?.time ?? found.start) ? null : ground
}

/** A connection is served, and no line tells that it was accepted. */
const isServedUnsaid = (
  process: LoggedProcess,
  found: WireConnection,
  finder: LinkFinder,
  accepts: ReadonlyMap<WireConnection, Accept>,
): boolean =>
  found.serverPushes.length > 0 &&
  !accepts.has(found) &&
  coverageAt(process, found.start) === 'covered' &&
  finder.of(found) !== null
