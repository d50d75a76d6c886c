import type { LogEvent } from '../../log/event.ts'
import { counted } from '../../text/plural.ts'
import { type LoggedProcess, lineOf, slackOf, timeOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import { sameAddress, type WireIndex } from '../wire/wire-index.ts'
import type { QueueSight } from './queue-sight.ts'

/** A row of a listing, and what it says of who the connection belongs to. */
interface Row {
  readonly process: LoggedProcess
  readonly event: LogEvent
  readonly isOwned: boolean
  /** Why it is known to have none, where no column says so. */
  readonly why: string | null
}

/** Rows of ss that show an inode, which says enough; a socket that no accept() has returned has none. */
const INODE = /^ino:(\d+)$/
/** What ss and netstat print of a socket's process where they were allowed to see it. */
const OWNER = /users:\(\(|[ \t]\d{1,10}\/\S/

/**
 * Connections as ss, netstat and lsof list them, with the process that they belong to. On Linux a connection that was not accepted
 * belongs to none: the system's own word for what no packet shows. A row names both ends, so that it needs no clock.
 */
export class ListedConnections {
  readonly #byPorts = new Map<string, Row[]>()
  readonly #wire: WireIndex

  constructor(wire: WireIndex, processes: readonly LoggedProcess[]) {
    this.#wire = wire
    for (const process of processes)
      if (process.file.kinds.has('connection-listed')) for (const row of rowsOf(process)) this.#add(row)
  }

  /** By the first row that shows it with an owner, else by the last without one. */
  of(found: WireConnection): QueueSight | null {
    const { client, server } = found.connection
    const rows = (this.#byPorts.get(`${server.port}/${client.port}`) ?? []).filter((row) => this.#isOf(row, found))
    const row = rows.find(({ isOwned }) => isOwned) ?? rows.at(-1)
    return row === undefined ? null : sightOf(row, found)
  }

  #add(row: Row): void {
    const key = `${row.event.port}/${row.event.peerPort}`
    const rows = this.#byPorts.get(key)
    if (rows === undefined) this.#byPorts.set(key, [row])
    else rows.push(row)
  }

  /** Without a stamp it could be of an earlier or later connection between the same ends, where the capture has several. */
  #isOf({ process, event }: Row, found: WireConnection): boolean {
    const { client, server } = found.connection
    if (!sameAddress(event.address, server.address) || !sameAddress(event.peerAddress, client.address)) return false
    const time = timeOf(process, event)
    if (time !== null) return time + slackOf(process) >= found.start
    return this.#wire.ofPeer(event).filter(({ connection }) => connection.server.port === server.port).length === 1
  }
}

function rowsOf(process: LoggedProcess): Row[] {
  const listening = process.file.events.filter(({ kind }) => kind === 'queue-length')
  const connections = process.file.events.filter(({ kind }) => kind === 'connection-listed')
  const ownerKnown = listening.some(({ text }) => OWNER.test(text))
  return connections.flatMap((event) => {
    const isOwned = ownedBy(event, ownerKnown)
    if (isOwned !== null) return [{ process, event, isOwned, why: null }]
    const why = queueOf(event, listening, connections)
    return why === null ? [] : [{ process, event, ...why }]
  })
}

/** Null where who looked may not have been allowed to see it: then no listening socket has a process, either. */
function ownedBy({ value }: LogEvent, ownerKnown: boolean): boolean | null {
  const inode = INODE.exec(value ?? '')?.[1]
  if (inode !== undefined) return inode !== '0'
  if (value !== null && value !== '-') return true
  return ownerKnown ? false : null
}

/**
 * A listing without owners still counts: as many connections of a port as wait at the socket that listens on it all wait, and where
 * none waits all were accepted. Null where it holds the port's listening socket not at all, or several times.
 */
function queueOf(
  { port }: LogEvent,
  listening: readonly LogEvent[],
  connections: readonly LogEvent[],
): Pick<Row, 'isOwned' | 'why'> | null {
  const own = listening.filter((row) => row.port === port && row.value !== null)
  const length = Number(own[0]?.value)
  if (own.length !== 1) return null
  const listed = connections.filter((row) => row.port === port).length
  if (length === 0) return { isOwned: true, why: 'none waits at the socket that listens' }
  return length === listed
    ? { isOwned: false, why: `${length} wait at the socket that listens, and so many are listed` }
    : null
}

/** How ss, netstat and lsof print a process. */
const OWNERS = [
  /^users:\(\("(?<name>[^"]{1,60})",pid=(?<pid>\d{1,10})/,
  /^(?<pid>\d{1,10})\/(?<name>\S{1,60})$/,
  /^(?<name>\S{1,60})[ \t]+(?<pid>\d{1,10})$/,
]

/** Who has it open; an inode alone tells that somebody has. */
function ownerOf({ value }: LogEvent): string {
  for (const owner of OWNERS) {
    const { name, pid } = owner.exec(value ?? '')?.groups ?? {}
    if (name !== undefined) return `${name}, pid ${pid}`
  }
  return `its inode is ${INODE.exec(value ?? '')?.[1]}`
}

function sightOf({ process, event, isOwned, why }: Row, found: WireConnection): QueueSight {
  const unread = event.bytes
  const { payloadBytes } = found.connection.clientToServer
  return {
    process,
    event,
    waits: !isOwned,
    says: `${lineOf(process, event)} lists the connection itself, ${whose(event, isOwned, why)}`,
    shows:
      unread === null
        ? 'the connection itself'
        : `the connection itself; ${counted(unread, 'byte', 'bytes')} in its Recv-Q`,
    row: { unread, isOfAll: unread !== null && unread > 0 && unread >= payloadBytes, isCounted: why !== null },
  }
}

function whose(event: LogEvent, isOwned: boolean, why: string | null): string {
  if (why !== null) return `which ${isOwned ? 'was accepted' : 'nothing had accepted'}: ${why}`
  return isOwned
    ? `which a process has open (${ownerOf(event)})`
    : 'which belongs to no process: nothing had accepted it'
}
