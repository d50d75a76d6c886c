import { missingAccepts } from '../accepts/missing-accept.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import type { LogRule } from '../log-rule.ts'
import { extentOf } from '../processes/logged-process.ts'
import { absent, frames, lines } from '../scene.ts'

const count = (facts: readonly ConnectionFacts[]): string =>
  facts.length === 1 ? 'A connection was' : `${facts.length} connections were`

export const acceptMissing: LogRule = {
  id: 'accept-missing',
  title: 'No accept line for connections that the kernel completed',
  severity: 'error',
  meaning:
    'The kernel finished the handshake, for which it needs no process, and the log of the process that listens, which would ' +
    'show the accept, shows none. The connection stands in the accept queue.',
  lookAlikes: [
    'A log level that leaves accepts out, a log of another process on the same port (SO_REUSEPORT), or a log that was cut ' +
      'or copied before. On the wire nothing tells these apart; on the host, ss shows whether a process owns the socket.',
  ],
  nextSteps: [
    'On Linux: ss -tanpe > ss.txt: an established socket without a process (ino:0) was not accepted; --log ss.txt reads it',
    'Follow the listening socket in the log: is it stored, polled and matched?',
  ],
  reference: 'RFC 9293 §3.9.1; Linux inet_csk_accept',
  *examine(scene) {
    for (const group of missingAccepts(scene)) {
      const [first] = group.facts
      if (!first) continue
      const port = first.wire.connection.server.port
      yield {
        confidence: group.confidence,
        title: `${count(group.facts)} made to port ${port} and the log shows no accept`,
        stream: first.wire.connection.stream,
        log: group.process.log,
        evidence: [
          frames(
            group.facts.map((facts) => facts.wire.established ?? facts.wire.clientPushes[0]),
            'the kernel completed these',
          ),
          absent(
            group.process,
            `no accept line, looked for in ${extentOf(group.process)}; the log ${group.ground.text}`,
            group.ground.events,
          ),
          ...(group.listening ? [lines(group.process, [group.listening], 'the socket that they came to')] : []),
        ],
      }
    }
  },
}
