import type { LogEvent } from '../../log/event.ts'
import { type LoggedProcess, listenersOf, timeOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import { sameAddress, type WireIndex } from '../wire/wire-index.ts'
import { listeningAddress, listeningPort, toldEnd } from './socket-life.ts'

/** A process that could not bind, and the connections that reached another program on its port. */
export interface FailedBind {
  readonly process: LoggedProcess
  readonly event: LogEvent
  readonly port: number | string
  /** The line or another log names the port; else it is the only one that is left. */
  readonly stated: boolean
  readonly reached: ReadonlySet<WireConnection>
}

/** More addresses and ports than one process asks for; a log that names others each time is not searched for all. */
const MOST = 64

/**
 * Finds bind failures that were never made good by a later listening line, with what happened on their port. One that is tried
 * again is told of once: what reached the port after a later try did so after the first.
 */
export function failedBinds(
  processes: readonly LoggedProcess[],
  wire: WireIndex,
  clientPorts: ReadonlySet<number>,
): FailedBind[] {
  return processes.flatMap((process) => {
    if (!process.clock || !process.file.kinds.has('bind-failed')) return []
    return firstOfEach(notMadeGood(process.file.events)).flatMap((event) => {
      const port = event.port ?? unstatedPort(wire, clientPorts)
      if (port === null) return []
      const time = timeOf(process, event) ?? Number.NEGATIVE_INFINITY
      const reached = wire
        .ofServerPort(port)
        .filter((found) => found.refusals.length === 0 && found.end >= time)
        .filter((found) => sameAddress(event.address, found.connection.server.address))
        .filter(isNotHeld(process, event, port))
      return [{ process, event, port, stated: event.port !== null, reached: new Set(reached) }]
    })
  })
}

/**
 * Not to the process itself: one that listens on a port of version 4's addresses may fail to bind it for those of version 6,
 * and the other way round.
 */
function isNotHeld(
  process: LoggedProcess,
  { address, order }: LogEvent,
  port: number | string,
): (found: WireConnection) => boolean {
  const held = listenersOf(process).filter(
    (life) => listeningPort(life) === port && life.listening!.order < order && toldEnd(life) === null,
  )
  const others = address === null ? [] : held.map(listeningAddress).filter((each) => each !== address)
  return ({ connection }) => !others.some((each) => sameAddress(each, connection.server.address))
}

/** The failure, if any, for which a connection reached another program. */
export const failedBindOf = (all: readonly FailedBind[], wire: WireConnection): FailedBind | null =>
  all.find(({ reached }) => reached.has(wire)) ?? null

/** The line by which a process that tried again got the port. */
export const madeGood = (process: LoggedProcess, failed: LogEvent): LogEvent | undefined =>
  process.file.events.find(
    (event) => event.kind === 'listening' && event.order > failed.order && mayMakeGood(event, failed),
  )

/** True for one port where both lines name theirs, as who cannot have one may listen on another; else for one socket, if named. */
const mayMakeGood = (listening: LogEvent, failed: LogEvent): boolean =>
  listening.port !== null && failed.port !== null
    ? listening.port === failed.port
    : listening.handle === null || failed.handle === null || listening.handle === failed.handle

/** A process that retries may get the port later: its listening line names the port, or the socket, or neither as well. */
function notMadeGood(events: readonly LogEvent[]): LogEvent[] {
  const later = new LaterListening()
  const failed: LogEvent[] = []
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index]!
    if (event.kind === 'listening') later.add(event)
    else if (event.kind === 'bind-failed' && !later.makesGood(event)) failed.push(event)
  }
  return failed.reverse()
}

/** What listening lines name, to be asked as {@link mayMakeGood} asks each of them. */
class LaterListening {
  readonly #ports = new Set<LogEvent['port']>()
  /** Null where a line names none. */
  readonly #handles = new Set<LogEvent['handle']>()
  readonly #handlesWithoutPort = new Set<LogEvent['handle']>()

  add({ port, handle }: LogEvent): void {
    this.#handles.add(handle)
    if (port === null) this.#handlesWithoutPort.add(handle)
    else this.#ports.add(port)
  }

  makesGood({ port, handle }: LogEvent): boolean {
    const handles = port === null ? this.#handles : this.#handlesWithoutPort
    const isOfSocket = handle === null ? handles.size > 0 : handles.has(handle) || handles.has(null)
    return isOfSocket || (port !== null && this.#ports.has(port))
  }
}

function firstOfEach(failed: readonly LogEvent[]): LogEvent[] {
  const firsts = new Map<string, LogEvent>()
  for (const event of failed) {
    const asked = `${event.address}:${event.port}`
    if (!firsts.has(asked)) firsts.set(asked, event)
    if (firsts.size === MOST) break
  }
  return [...firsts.values()]
}

/** Without a port in the line: the one that clients name, or the only one in the capture. */
function unstatedPort(wire: WireIndex, clientPorts: ReadonlySet<number>): number | string | null {
  const ports = wire.serverPorts()
  const named = ports.filter((port) => typeof port === 'number' && clientPorts.has(port))
  if (named.length === 1) return named[0]!
  return ports.length === 1 ? ports[0]! : null
}
