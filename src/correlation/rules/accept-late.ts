import { formatDuration } from '../../text/duration.ts'
import { LATE_ACCEPT } from '../accepts/late-accept.ts'
import type { LogRule } from '../log-rule.ts'
import type { LoggedProcess } from '../processes/logged-process.ts'
import { paired, type Scene } from '../scene.ts'

export const acceptLate: LogRule = {
  id: 'accept-late',
  title: 'Connections waited in the accept queue',
  severity: 'warning',
  meaning:
    'The log shows the accept long after the handshake: the connection stood in the accept queue, acknowledged by the kernel ' +
    'and served by nobody. The accept itself leaves no trace on the wire.',
  lookAlikes: [
    'A clock of the log that is behind by the same time for every line; then reads and writes are late as well.',
  ],
  nextSteps: [
    'Find out what the accepting thread did between the two times: a lock, a blocking call, a stopped process',
  ],
  reference: 'RFC 6298 §2; Linux inet_csk_accept',
  *examine(scene) {
    const inTime = lastInTime(scene)
    for (const facts of scene.facts) {
      const { acceptDelay, accepted, process, wire } = facts
      if (!acceptDelay || acceptDelay.least < LATE_ACCEPT || !accepted || !process || !wire.established) continue
      const isBorneOut = wire.serverPushes.length > 0 || (inTime.get(process) ?? -1) > accepted.accepted!.order
      yield {
        // With nothing behind it that agrees with the packets the log's clock may have been set before this line.
        confidence: isBorneOut ? 'likely' : 'suspected',
        title: `The connection of port ${wire.connection.client.port} was accepted ${formatDuration(acceptDelay.measured)} after its handshake`,
        stream: wire.connection.stream,
        log: process.log,
        evidence: [paired(wire.established, process, accepted.accepted!, 'handshake completed, and accepted')],
      }
    }
  },
}

/** By process, where the last accept stands that was in time: up to there the log's clock is right. */
function lastInTime(scene: Scene): ReadonlyMap<LoggedProcess, number> {
  const last = new Map<LoggedProcess, number>()
  for (const { process, accepted, acceptDelay } of scene.facts) {
    if (process === null || !accepted?.accepted || acceptDelay === null || acceptDelay.least >= LATE_ACCEPT) continue
    last.set(process, Math.max(last.get(process) ?? -1, accepted.accepted.order))
  }
  return last
}
