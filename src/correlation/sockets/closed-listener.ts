import type { LogEvent } from '../../log/event.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { type LoggedProcess, listenersOf, timeOf } from '../processes/logged-process.ts'
import type { Scene } from '../scene.ts'
import { sameAddress } from '../wire/wire-index.ts'
import { listeningAddress, listeningPort, type SocketLife, toldEnd } from './socket-life.ts'

/** The line by which a process closed the socket that it listened on, before the kernel completed this connection to it. */
export function closedListener(
  { wire, accepted }: ConnectionFacts,
  scene: Scene,
): { readonly process: LoggedProcess; readonly event: LogEvent } | null {
  const { address, port } = wire.connection.server
  const made = wire.established?.time ?? null
  if (made === null || accepted !== null || wire.serverPushes.length > 0) return null
  for (const process of scene.processes) {
    const own = listenersOf(process).filter(
      (life) => listeningPort(life) === port && sameAddress(listeningAddress(life), address),
    )
    const event = lastClose(process, own, made)
    if (event !== null) return { process, event }
  }
  return null
}

/** The line that closed the last of these sockets, where none of those that were opened before is left. */
function lastClose(process: LoggedProcess, lives: readonly SocketLife[], made: number): LogEvent | null {
  const before = lives.filter((life) => (timeOf(process, life.listening) ?? made) < made)
  let last: SocketLife['ended'] = null
  for (const life of before) {
    const time = timeOf(process, toldEnd(life))
    if (time === null || time > made - process.clock!.uncertainty) return null
    if (last === null || life.ended!.event.order > last.event.order) last = life.ended
  }
  return last?.how === 'closed' ? last.event : null
}
