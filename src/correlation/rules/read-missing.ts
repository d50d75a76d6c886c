import type { LogRule } from '../log-rule.ts'
import { extentOf } from '../processes/logged-process.ts'
import { absent, frames, lines } from '../scene.ts'
import { isOutOfSight } from '../verdicts/accepted.ts'

export const readMissing: LogRule = {
  id: 'read-missing',
  title: 'Accepted, and no read is logged',
  severity: 'warning',
  meaning:
    'The log shows the accept of this connection and shows the reads of others, but none of this one, though the client ' +
    'sent data: the process took the connection and does not read it.',
  lookAlikes: [
    'Reads that are logged only for some kinds of clients, or only above a log level that changed meanwhile.',
  ],
  nextSteps: ['On Linux: ss -tanp: Recv-Q of this connection holds the unread bytes, with the process that owns it'],
  reference: 'RFC 9293 §3.8.6',
  *examine(scene) {
    for (const facts of scene.facts) {
      const { accepted, process, readGround, wire } = facts
      if (!accepted || !process || !readGround || accepted.received.length > 0) continue
      if (wire.clientPushes.length === 0 || wire.serverPushes.length > 0 || facts.coverage !== 'covered') continue
      // What the path loses there is nothing to read of.
      if (isOutOfSight(wire)) continue
      yield {
        confidence: 'likely',
        title: `The connection of port ${wire.connection.client.port} was accepted and the log shows no read of it`,
        stream: wire.connection.stream,
        log: process.log,
        evidence: [
          lines(process, [accepted.accepted!], 'accepted'),
          frames(wire.clientPushes, 'data that waits to be read'),
          absent(process, `no read of it in ${extentOf(process)}; the log ${readGround.text}`, readGround.events),
        ],
      }
    }
  },
}
