import type { Accept } from '../accepts/placed-accepts.ts'
import { PROMPT } from '../clocks/anchor.ts'
import type { PortLink } from '../sockets/port-link.ts'
import type { SocketLife } from '../sockets/socket-life.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import type { WireIndex } from '../wire/wire-index.ts'
import type { LoggedProcess } from './logged-process.ts'

/**
 * True where the packets show that a process went on with what it had been logging, after its log's last line: the log
 * was cut, and what it lacks from there on means nothing. A log of a process that stands still ends with what it did.
 */
export function wasCut(
  process: LoggedProcess,
  accepts: ReadonlyMap<WireConnection, Accept>,
  links: readonly PortLink[],
  wire: WireIndex,
): boolean {
  if (!process.clock) return false
  const end = process.clock.to + process.clock.uncertainty + PROMPT
  const logsCloses = process.table.lives.some((life) => life.accepted !== null && life.ended?.how === 'closed')
  let acceptsAny = false
  for (const [found, { process: owner, life }] of accepts) {
    if (owner !== process) continue
    acceptsAny = true
    if (goesOn(found, life, end)) return true
    if (logsCloses && life.ended === null && found.serverCloses.some((close) => close.time > end)) return true
  }
  if (!acceptsAny) return false
  const ports = new Set(links.filter((link) => link.process === process).map(({ port }) => port))
  return [...ports].some((port) => servesUnsaid(port, accepts, wire, end))
}

/** Its reads or writes were logged, and happen after the log's end. */
function goesOn(found: WireConnection, life: SocketLife, end: number): boolean {
  if (life.received.length + life.sent.length === 0) return false
  if (found.serverPushes.length > 0) return (found.lastServerPush?.time ?? end) > end
  return life.received.length > 0 && (found.lastClientPush?.time ?? end) > end
}

/** A connection made after the log's end is answered: its accept would be in the log. */
const servesUnsaid = (
  port: PortLink['port'],
  accepts: ReadonlyMap<WireConnection, unknown>,
  wire: WireIndex,
  end: number,
): boolean =>
  wire
    .ofServerPort(port)
    .some(
      (found) => found.serverPushes.length > 0 && !accepts.has(found) && (found.established?.time ?? found.start) > end,
    )
