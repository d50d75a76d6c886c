import type { LogEvent } from '../../log/event.ts'
import { quotedLine, timeOf } from '../processes/logged-process.ts'
import { isOfUnit } from '../sockets/socket-life.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'

/** What a service says itself of the socket that it was not passed, or inetd of what it could not start. */
const OF_THE_SERVICE = /sd_listen_fds|\bpassed (?:by|from)\b|inetd/i
/** What systemd says of a service whose process ended. */
const SERVICE_EXITED = /\.service: Main process exited\b/

/** Another process listens for a service (systemd, launchd, inetd), and the service that should take the connection failed. */
export const activationFailed: CauseRule = (focus) => {
  const { facts, scene } = focus
  const { process, link, accepted, wire } = facts
  const listening = link?.listener?.listening
  if (!process || !listening || accepted !== null || wire.serverPushes.length > 0) return null
  const isBefore = (event: LogEvent): boolean => (timeOf(process, event) ?? 0) <= scene.capture.to
  const failed = process.file.events.findLast((event) => isFailureFor(listening, event) && isBefore(event))
  if (!failed || goesOnAccepting(focus, failed)) return null
  if (process.file.events.some((event) => event.order > failed.order && isStartOf(unitOf(failed), event))) return null
  return {
    verdict: 'activation-failed',
    claim: `The service that should accept failed (${quotedLine(process, failed)}), and no accept follows: whoever listens for it listens on, so that the kernel goes on completing handshakes.`,
    confidence: unitOf(failed) !== null && unitOf(failed) === unitOf(listening) ? 'likely' : 'suspected',
  }
}

/** One log may hold what becomes of many services: those of other names are none of this socket's, nor any where its owner listens itself. */
function isFailureFor(listening: LogEvent, event: LogEvent): boolean {
  if (event.order < listening.order) return false
  if (event.pattern === 'service-failed' && OF_THE_SERVICE.test(event.text)) return true
  const says = event.pattern === 'service-failed' || SERVICE_EXITED.test(event.text)
  return says && isOfUnit(listening) && [null, unitOf(listening)].includes(unitOf(event))
}

const isStartOf = (unit: string | null, event: LogEvent): boolean =>
  unit !== null && event.kind === 'process-start' && unitOf(event) === unit && /^started\b/i.test(event.text)

/** The name that a socket unit and its service share. */
const unitOf = ({ text }: LogEvent): string | null => /([\w@:-]{1,60})\.(?:socket|service)\b/.exec(text)?.[1] ?? null
