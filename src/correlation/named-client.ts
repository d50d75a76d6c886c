import type { EventKind, LogEvent } from '../log/event.ts'
import { OF_NO_SOCKET } from './accepts/accept-grounds.ts'
import { lacksAccept } from './accepts/missing-accept.ts'
import { EARLY } from './clocks/anchor.ts'
import { type LoggedProcess, timeOf } from './processes/logged-process.ts'
import type { Scene } from './scene.ts'
import type { WireConnection } from './wire/wire-connection.ts'

/** What tells of no client of the process: beside lines of no socket, what it writes as a client itself. */
const OF_NO_CLIENT: ReadonlySet<EventKind> = new Set([...OF_NO_SOCKET, 'connect', 'connected', 'no-answer', 'status'])
/** Words of firewalls, kernels, their tables and queues, which know of connections that no process has. */
const OF_THE_SYSTEM =
  /\b(?:SRC|SPT)=|\b(?:SYN|ESTAB\w*|CLOSE[-_]WAIT|Recv-Q)\b|\b(?:accept|listen)[ -]?queue\b|\bbacklog\b|\bnot (?:yet )?accepted\b/
/** What tools for sockets (ss, netstat, lsof) print of one that a process has: one that nobody accepted has no owner. */
const OWNED = /users:\(\("|\bESTAB\w*[ \t]+\d{1,9}\/\S|[ \t]\d{1,9}u[ \t]+IPv[46][ \t].{0,60}\bTCP[ \t]/
/** Before an address: it is the writer's own. */
const OWN = `(?<!\\b(?:local|laddr|bind)[\\w.]{0,10}[=: ]{1,2}["'([/]?)`

/** A client that a log should have told the accept of, and did not in any words that are known. */
export interface SoughtClient {
  readonly found: WireConnection
  readonly process: LoggedProcess
  /** The client's port, which a line that names it holds. */
  readonly word: string
}

/**
 * Clients whose accept is missing: a line may name them in words of its own. Those of whom the same log tells as their client
 * are not sought.
 */
export function soughtClients({ facts, clients }: Scene): SoughtClient[] {
  return facts.flatMap((each): SoughtClient[] => {
    const { process, wire } = each
    const { client, server } = wire.connection
    if (process === null || typeof client.port !== 'number' || !lacksAccept(each)) return []
    const connects = process.file.events.some(
      ({ kind, peerPort }) => kind.startsWith('connect') && peerPort === server.port,
    )
    if (connects || clients.get(wire)?.process === process) return []
    return [{ found: wire, process, word: String(client.port) }]
  })
}

/** True where a line's words name a client as the other end. */
export const isNamedIn = ({ found, word }: SoughtClient, text: string): boolean =>
  text.includes(word) &&
  (!OF_THE_SYSTEM.test(text) || isOwned(found, text)) &&
  portIn(word).test(text) &&
  addressOf(found.connection.client.address).test(text)

/** Whether a process has the server's end: such tools print a socket's own end first. */
function isOwned({ connection: { client, server } }: WireConnection, text: string): boolean {
  const own = text.indexOf(`:${server.port}`)
  return OWNED.test(text) && own >= 0 && own < text.indexOf(`:${client.port}`)
}

/** True where a line of the log, at this number, which names a client, does so of this connection. */
export function isOfConnection({ found, process }: SoughtClient, log: number, line: number): boolean {
  const next = eventAt(process, log, line)
  if (next?.log === log && next.line === line && OF_NO_CLIENT.has(next.kind)) return false
  return !isBefore(found, process, next)
}

/** What the log's line at this number tells, or the first after it that tells something. */
function eventAt({ file: { events }, logs }: LoggedProcess, log: number, line: number): LogEvent | undefined {
  const part = logs.indexOf(log)
  let from = 0
  let to = events.length
  while (from < to) {
    const middle = (from + to) >> 1
    const event = events[middle]!
    const own = logs.indexOf(event.log)
    if (own < part || (own === part && event.line < line)) from = middle + 1
    else to = middle
  }
  return events[from]
}

/** A line before one of an earlier time is of an earlier connection from that port. */
function isBefore(found: WireConnection, process: LoggedProcess, next: LogEvent | undefined): boolean {
  const time = timeOf(process, next ?? null)
  return time !== null && time < found.start - (process.clock?.uncertainty ?? 0) - EARLY
}

const portIn = (word: string): RegExp => new RegExp(`(?<![\\d.])${word}(?!\\d|\\.\\d)`)

/** An address as programs print it: Erlang's with commas, the host's own by name. */
function addressOf(address: string): RegExp {
  const own = /^(?:127\.|::1$)/.test(address) ? '|localhost' : ''
  return new RegExp(`${OWN}(?<![\\w.])(?:${address.replaceAll('.', '[.,]')}${own})(?!\\w|\\.\\d)`, 'i')
}
