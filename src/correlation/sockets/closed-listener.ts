import type { LogEvent } from '../../log/event.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { type LoggedProcess, listenersOf, timeOf } from '../processes/logged-process.ts'
import type { Scene } from '../scene.ts'
import { sameAddress } from '../wire/wire-index.ts'
import { listeningAddress, listeningPort } from './socket-life.ts'

/** The line by which a process closed the socket that it listened on, before the kernel completed this connection to it. */
export function closedListener(
  { wire, accepted }: ConnectionFacts,
  scene: Scene,
): { readonly process: LoggedProcess; readonly event: LogEvent } | null {
  const { address, port } = wire.connection.server
  if (wire.established === null || accepted !== null || wire.serverPushes.length > 0) return null
  for (const process of scene.processes) {
    const own = listenersOf(process).filter(
      (life) => listeningPort(life) === port && sameAddress(listeningAddress(life), address),
    )
    const ended = own.at(-1)?.ended
    const time = ended?.how === 'closed' ? timeOf(process, ended.event) : null
    if (ended && time !== null && time <= wire.established.time - process.clock!.uncertainty)
      return { process, event: ended.event }
  }
  return null
}
