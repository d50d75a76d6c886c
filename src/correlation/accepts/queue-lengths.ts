import type { LogEvent } from '../../log/event.ts'
import { counted } from '../../text/plural.ts'
import { countBelow, itself } from '../ascending.ts'
import { type LoggedProcess, lineOf, slackOf, timeOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import { sameAddress, type WireIndex } from '../wire/wire-index.ts'
import type { QueueSight } from './queue-sight.ts'

/** A listening socket in a listing. */
interface Listed {
  readonly process: LoggedProcess
  readonly event: LogEvent
  readonly time: number
  readonly length: number
}

/** Rows with stamps of their own are of one listing where they are no further apart than this; nanoseconds. */
const ONE_LISTING = 5e8

/** What is known of a port of which listings tell. */
interface OfPort {
  /** In order of time. */
  readonly listed: readonly Listed[]
  /** When its connections were complete, in order. */
  readonly made: readonly number[]
  /** When the last of those was complete that were answered, and had been taken out of the queue before. */
  readonly lastServed: number
}

/**
 * Lengths of accept queues, as ss and netstat list them: the system's own word for which connections wait. A queue is first in,
 * first out, so that those wait that came last.
 */
export class QueueLengths {
  readonly #byPort = new Map<number | string, OfPort>()

  constructor(wire: WireIndex, processes: readonly LoggedProcess[]) {
    const listed = new Map<number, Listed[]>()
    for (const process of processes)
      if (process.clock !== null && process.file.kinds.has('queue-length'))
        for (const one of listedIn(process))
          listed.get(one.event.port!)?.push(one) ?? listed.set(one.event.port!, [one])
    for (const [port, ofPort] of listed) this.#byPort.set(port, portWith(ofPort, wire.ofServerPort(port)))
  }

  /** Judged by the last listing while the connection was open, once the client had spoken: before, the system may hold it back. */
  of(found: WireConnection): QueueSight | null {
    const known = this.#byPort.get(found.connection.server.port)
    if (known === undefined || found.established === null) return null
    const spoke = found.clientPushes[0]
    if (spoke === undefined) return null
    const at = countBelow(known.listed, found.end, byTime) - 1
    const last = known.listed[at]
    if (last === undefined || last.time - slackOf(last.process) <= spoke.time) return null
    const rows = rowsOf(known.listed, at).filter(({ event }) =>
      sameAddress(event.address, found.connection.server.address),
    )
    if (rows.length === 0) return null
    const length = rows.reduce((sum, row) => sum + row.length, 0)
    const event = rows.find((row) => row.length > 0)?.event ?? rows[0]!.event
    if (length === 0) return sightOf(last.process, event, length)
    // Which of several queues it stands in is not told.
    if (rows.length > 1 || known.lastServed > found.established.time) return null
    const until = last.time + slackOf(last.process)
    const behind = countBelow(known.made, until, itself) - countBelow(known.made, found.established.time, itself) - 1
    return behind < length ? sightOf(last.process, event, length) : null
  }
}

/** None left in the queue: this one was taken out. Else it is among them. */
const sightOf = (process: LoggedProcess, event: LogEvent, length: number): QueueSight => ({
  process,
  event,
  waits: length > 0,
  says: `${lineOf(process, event)} lists ${counted(length, 'connection', 'connections')} in the accept queue of port ${event.port}, and this one is among the last that came`,
  shows: `Recv-Q of the listening socket: ${length} wait`,
  row: null,
})

const byTime = ({ time }: Listed): number => time

function listedIn(process: LoggedProcess): Listed[] {
  return process.file.events.flatMap((event) => {
    const time = event.kind === 'queue-length' && event.port !== null ? timeOf(process, event) : null
    return time === null || event.value === null ? [] : [{ process, event, time, length: Number(event.value) }]
  })
}

function portWith(listed: Listed[], own: readonly WireConnection[]): OfPort {
  const made = own.flatMap(({ established }) => established?.time ?? [])
  const served = own.map(({ established, serverPushes }) => (serverPushes.length > 0 ? (established?.time ?? 0) : 0))
  return {
    listed: listed.sort((a, b) => a.time - b.time),
    made: made.sort((a, b) => a - b),
    lastServed: served.reduce((last, time) => Math.max(last, time), Number.NEGATIVE_INFINITY),
  }
}

/** The rows of a listing up to its last one: several sockets listen on the port, or on addresses of their own. */
function rowsOf(listed: readonly Listed[], last: number): readonly Listed[] {
  const { time, process } = listed[last]!
  let from = last
  while (from > 0 && listed[from - 1]!.time >= time - ONE_LISTING) from--
  return listed.slice(from, last + 1).filter((row) => row.process === process)
}
