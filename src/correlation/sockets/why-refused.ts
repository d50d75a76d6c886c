import type { LogEvent } from '../../log/event.ts'
import { formatDuration } from '../../text/duration.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { type LoggedProcess, listenersOf, timeOf } from '../processes/logged-process.ts'
import type { Scene } from '../scene.ts'
import { sameAddress } from '../wire/wire-index.ts'
import { listeningAddress, listeningPort, type SocketLife } from './socket-life.ts'

/** What a log tells of a port that refused a connection. */
export interface WhyRefused {
  readonly process: LoggedProcess
  readonly event: LogEvent
  /** What stands in place of a listening socket, as a clause. */
  readonly because: string
  readonly verdict: 'bind-failed' | 'listener-closed' | 'not-yet-listening' | 'other-address'
}

/** Why nothing listened where this connection was refused; null where no log tells. */
export function whyRefused({ wire }: ConnectionFacts, scene: Scene): WhyRefused | null {
  const refusal = wire.refusals[0]
  const { address, port } = wire.connection.server
  if (!refusal) return null
  for (const process of scene.processes) {
    if (process.clock === null) continue
    const own = listenersOf(process).filter((life) => listeningPort(life) === port)
    const here = own.filter((life) => sameAddress(listeningAddress(life), address))
    const found =
      failedBefore(process, port, refusal.time) ??
      here.map((life) => closedBefore(process, life, refusal.time)).findLast((why) => why !== null) ??
      here.map((life) => listensLater(process, life, refusal.time)).find((why) => why !== null) ??
      (here.length === 0 && own[0] ? elsewhere(process, own[0], address) : null)
    if (found) return found
  }
  return null
}

function failedBefore(process: LoggedProcess, port: number | string, refused: number): WhyRefused | null {
  const event = process.file.events.find((each) => each.kind === 'bind-failed' && each.port === port)
  const time = event === undefined ? null : timeOf(process, event)
  if (!event || time === null || time > refused + process.clock!.uncertainty) return null
  const error = event.errorName === null ? '' : ` (${event.errorName})`
  const because = `the process could not bind port ${port}${error}`
  return { process, event, because, verdict: 'bind-failed' }
}

function closedBefore(process: LoggedProcess, life: SocketLife, refused: number): WhyRefused | null {
  const { ended } = life
  const time = ended === null || ended.how === 'number-reused' ? null : timeOf(process, ended.event)
  if (!ended || time === null || time > refused - process.clock!.uncertainty) return null
  const what = ended.how === 'process-ended' ? 'the process had ended' : 'the listening socket had been closed'
  const because = `${what} ${formatDuration(refused - time)} before`
  return { process, event: ended.event, because, verdict: 'listener-closed' }
}

function listensLater(process: LoggedProcess, life: SocketLife, refused: number): WhyRefused | null {
  const time = timeOf(process, life.listening)
  if (time === null || time < refused + process.clock!.uncertainty) return null
  const because = `the process listens only ${formatDuration(time - refused)} later`
  return { process, event: life.listening!, because, verdict: 'not-yet-listening' }
}

function elsewhere(process: LoggedProcess, life: SocketLife, address: string): WhyRefused {
  const because = `the process listens on ${listeningAddress(life)} alone, and the client came to ${address}`
  return { process, event: life.listening!, because, verdict: 'other-address' }
}
