import { formatDuration } from '../../text/duration.ts'
import { LATE_ACCEPT } from '../late-accept.ts'
import type { LogRule } from '../log-rule.ts'
import { paired } from '../scene.ts'

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
    for (const facts of scene.facts) {
      const { acceptDelay, accepted, process, wire } = facts
      if (!acceptDelay || acceptDelay.least < LATE_ACCEPT || !accepted || !process || !wire.established) continue
      yield {
        confidence: 'likely',
        title: `The connection of port ${wire.connection.client.port} was accepted ${formatDuration(acceptDelay.measured)} after its handshake`,
        stream: wire.connection.stream,
        log: process.log,
        evidence: [paired(wire.established, process, accepted.accepted!, 'handshake completed, and accepted')],
      }
    }
  },
}
