import type { LogEvent } from '../../log/event.ts'
import { PAUSED, RESUMED } from '../../log/patterns/paused.ts'
import { formatDuration } from '../../text/duration.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { type LoggedProcess, listenersOf, timeOf } from '../processes/logged-process.ts'
import type { Scene } from '../scene.ts'
import { sameAddress } from '../wire/wire-index.ts'
import { listeningAddress, listeningPort, type SocketLife, toldEnd } from './socket-life.ts'

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
    const here = own.filter((life) => isHere(life, address))
    if (here.some((life) => listensAt(process, life, refusal.time))) {
      // A log by which the port was listened on tells no cause, unless it says that this was over.
      const over = acceptingEnded(process, refusal.time)
      if (over) return over
      continue
    }
    const found =
      failedBefore(process, own, port, refusal.time) ??
      here.map((life) => closedBefore(process, life, refusal.time)).findLast((why) => why !== null) ??
      here.map((life) => listensLater(process, life, refusal.time)).find((why) => why !== null) ??
      (here.length === 0 && own[0] ? elsewhere(process, own[0], address) : null)
    if (found) return found
  }
  return null
}

/** Programs that say that they listen on `localhost` often mean every address; a refusal elsewhere shows that this one did not. */
const isHere = (life: SocketLife, address: string): boolean =>
  sameAddress(listeningAddress(life), address) && (listeningAddress(life) !== 'localhost' || LOOPBACK.test(address))
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/

/** Errors of a listening socket that is gone: others leave it as it is. */
const GONE: ReadonlySet<string | null> = new Set([null, 'EBADF', 'ENOTSOCK', 'EINVAL'])

/** What accepts had ended, and the refusal shows that its socket was closed with it. */
function acceptingEnded(process: LoggedProcess, refused: number): WhyRefused | null {
  const event = process.file.events.findLast(
    (each) => isEndOfAccepting(each) && (timeOf(process, each) ?? Number.POSITIVE_INFINITY) <= refused,
  )
  if (event === undefined || process.file.events.some((each) => isAccepting(each) && each.order > event.order))
    return null
  const because = `what accepts had ended ${formatDuration(refused - timeOf(process, event)!)} before, and its socket with it`
  return { process, event, because, verdict: 'listener-closed' }
}

const isEndOfAccepting = ({ kind, pattern, errorName }: LogEvent): boolean =>
  PAUSED.has(pattern) || (kind === 'accept-failed' && GONE.has(errorName))

const isAccepting = ({ kind, pattern }: LogEvent): boolean =>
  kind === 'accept' || kind === 'listening' || RESUMED.has(pattern)

/** It listened before, and goes on to: no line tells that it ended, or one that is later. */
function listensAt(process: LoggedProcess, life: SocketLife, refused: number): boolean {
  const { uncertainty } = process.clock!
  const from = timeOf(process, life.listening)
  if (from === null || from > refused - uncertainty) return false
  if (life.ended === null) return true
  const to = timeOf(process, toldEnd(life))
  return to !== null && to > refused + uncertainty
}

/** It could not bind the port, and did not come to listen on it later, as one that tries again may. */
function failedBefore(
  process: LoggedProcess,
  own: readonly SocketLife[],
  port: number | string,
  refused: number,
): WhyRefused | null {
  const until = refused + process.clock!.uncertainty
  const isBefore = (event: LogEvent | null): boolean => (timeOf(process, event) ?? Number.POSITIVE_INFINITY) <= until
  const event = process.file.events.findLast(
    (each) => each.kind === 'bind-failed' && each.port === port && isBefore(each),
  )
  if (event === undefined) return null
  if (own.some(({ listening }) => listening!.order > event.order && isBefore(listening))) return null
  const error = event.errorName === null ? '' : ` (${event.errorName})`
  const because = `the process could not bind port ${port}${error}`
  return { process, event, because, verdict: 'bind-failed' }
}

function closedBefore(process: LoggedProcess, life: SocketLife, refused: number): WhyRefused | null {
  const event = toldEnd(life)
  const time = timeOf(process, event)
  if (event === null || time === null || time > refused - process.clock!.uncertainty) return null
  const what = life.ended?.how === 'process-ended' ? 'the process had ended' : 'the listening socket had been closed'
  const because = `${what} ${formatDuration(refused - time)} before`
  return { process, event, because, verdict: 'listener-closed' }
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
