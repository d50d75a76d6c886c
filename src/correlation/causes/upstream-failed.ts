import type { LogEvent } from '../../log/event.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { ofProcess } from '../neighbours.ts'
import { type LoggedProcess, quotedLine, slackOf, timeOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import type { CauseRule } from './cause.ts'

/** The process took the connection, and could not reach the service that it passes it on to. */
export const upstreamFailed: CauseRule = ({ facts, judgement, scene }) => {
  const { process, wire } = facts
  const isTaken = facts.accepted !== null || judgement.verdict === 'reset-unread-data'
  if (!process || !isTaken || wire.established === null || wire.serverPushes.length > 0) return null
  const failed = process.file.events.find((event) => isOfUpstream(event, wire) && isDuring(process, event, wire))
  if (!failed) return null
  const mayBeOf = ofProcess(scene, process).filter(
    (other) => isUnanswered(other) && isDuring(process, failed, other.wire),
  )
  return {
    verdict: 'upstream-failed',
    claim: `The process took the connection, and could not reach the service that it passes it on to (${quotedLine(process, failed)}).`,
    confidence: mayBeOf.length === 1 ? 'likely' : 'suspected',
  }
}

const isUnanswered = ({ wire }: ConnectionFacts): boolean => wire.established !== null && wire.serverPushes.length === 0

/** What passes connections on says so; what a process connects to for itself is nobody's answer. */
const PASSES_ON = /upstream|back-?end|forward|prox(?:y|ied)|origin|relay|tunnel/i

/** A connection that it makes for this one, and not to the port that it serves. */
const isOfUpstream = ({ kind, peerPort, text }: LogEvent, { connection }: WireConnection): boolean =>
  kind === 'connect-failed' && peerPort !== connection.server.port && PASSES_ON.test(text)

/** It is tried when the connection has come, and no later than its end. */
function isDuring(process: LoggedProcess, event: LogEvent, wire: WireConnection): boolean {
  const time = timeOf(process, event)
  const slack = slackOf(process)
  return time !== null && time >= (wire.established?.time ?? wire.start) - slack && time <= wire.end + slack
}
