import type { LogEvent } from '../log/event.ts'
import { AcceptGrounds, type NamedClients } from './accepts/accept-grounds.ts'
import { Hearings, isHeardOf } from './accepts/hearings.ts'
import { lagsBehind } from './accepts/lagging-reads.ts'
import { ListedConnections } from './accepts/listed-connections.ts'
import { acceptsByConnection } from './accepts/placed-accepts.ts'
import { QueueLengths } from './accepts/queue-lengths.ts'
import type { QueueSight } from './accepts/queue-sight.ts'
import { wasCut } from './processes/log-end.ts'
import {
  type Coverage,
  couldShow,
  coverageAt,
  type Ground,
  type LoggedProcess,
  slackOf,
  timeOf,
} from './processes/logged-process.ts'
import { LinkFinders } from './sockets/link-finder.ts'
import type { PortLink } from './sockets/port-link.ts'
import type { SocketLife } from './sockets/socket-life.ts'
import type { WireConnection } from './wire/wire-connection.ts'
import type { WireIndex } from './wire/wire-index.ts'

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
  /** What a listing of sockets says of it, or of the queue that it had been put into; null where none does. */
  readonly queue: QueueSight | null
  readonly coverage: Coverage
  /** After the accept was due, lines of that kind may have been left out: a late one would not be seen. */
  readonly isHeardInPart: boolean
}

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
  const finders = new LinkFinders(links)
  const readGrounds = new Map(processes.map((process) => [process, couldShow(process, 'recv')]))
  const hearings = new Hearings()
  const queues = new QueueLengths(wire, processes)
  const listed = new ListedConnections(wire, processes)
  const grounds = new AcceptGrounds({ wire, processes, links, finders, accepts, named, hearings })
  const cut = new Set(processes.filter((process) => wasCut(process, accepts, links, wire)))
  return wire.all.map((found) => {
    const accepted = accepts.get(found) ?? null
    const link = (accepted ? finders.of(accepted.process) : finders.ofAll).of(found)
    const process = accepted?.process ?? link?.process ?? null
    const acceptGround = process && grounds.of(process, found)
    const readGround = process ? (readGrounds.get(process) ?? null) : null
    const acceptsHeard = process && hearings.untilOf(process, 'accept', acceptGround, found)
    const readsHeard = process && hearings.untilOf(process, 'recv', readGround, found)
    return {
      wire: found,
      link,
      accepted: accepted?.life ?? null,
      process,
      acceptDelay:
        accepted && !lagsBehind(accepted, found) ? delayOf(accepted.process, accepted.life.accepted!, found) : null,
      acceptGround: isHeardOf('accept', found, acceptsHeard) ? acceptGround : null,
      readGround: isHeardOf('recv', found, readsHeard) ? readGround : null,
      queue: accepted === null ? (listed.of(found) ?? queues.of(found)) : null,
      isHeardInPart: acceptsHeard !== null && acceptsHeard < found.end,
      coverage: process ? coverageOf(process, found, cut.has(process)) : 'outside',
    }
  })
}

/** Where a log was cut, its silence after its last line says nothing. */
function coverageOf(process: LoggedProcess, found: WireConnection, wasCutOff: boolean): Coverage {
  const coverage = coverageAt(process, found.established?.time ?? found.start)
  return coverage === 'silent' && wasCutOff ? 'outside' : coverage
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
