import type { LogRule } from '../log-rule.ts'
import { frames, lines } from '../scene.ts'
import { ownerListed as judgeOwned } from '../verdicts/owner-listed.ts'

export const ownerListed: LogRule = {
  id: 'owner-listed',
  title: 'Accepted, as the system lists it, and never answered',
  severity: 'error',
  meaning:
    'A listing of sockets (ss, netstat, lsof) shows the process that has the connection open: accept() has returned it. Its client ' +
    'sends, and the server sends no byte of payload. What stands in Recv-Q has come and was not read.',
  lookAlikes: [
    'A protocol that goes one way only (metrics, syslog): then Recv-Q is 0, and nothing is wrong.',
    'A process that another one handed the connection to (a relay, inetd): the listing names who has it now.',
  ],
  nextSteps: [
    'Look for what the thread waits for that should read this connection: a stack of the process that is listed tells',
    'ss -tanpe again: does Recv-Q grow?',
  ],
  reference: 'ss(8); docs/verdicts.md',
  *examine(scene) {
    for (const facts of scene.facts) {
      const { queue, wire } = facts
      const judged = facts.accepted === null ? judgeOwned(facts, scene) : null
      if (judged === null || queue === null) continue
      yield {
        confidence: judged.confidence,
        title: `The connection of port ${wire.connection.client.port} belongs to a process and is never answered`,
        stream: wire.connection.stream,
        log: queue.process.log,
        evidence: [
          lines(queue.process, [queue.event], queue.shows),
          frames(
            [...wire.clientPushes.slice(0, 11), wire.lastClientPush],
            'requests; the server sends no byte of payload',
          ),
        ],
      }
    }
  },
}
