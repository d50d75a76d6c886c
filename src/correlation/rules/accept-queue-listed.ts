import type { LogRule } from '../log-rule.ts'
import { frames, lines } from '../scene.ts'
import { queueListed } from '../verdicts/queue-listed.ts'

export const acceptQueueListed: LogRule = {
  id: 'accept-queue-listed',
  title: 'The system lists the connection as one that nobody accepted',
  severity: 'error',
  meaning:
    'A listing of sockets (ss, netstat) shows the connection in the accept queue: its own row belongs to no process, or the row of ' +
    'the listening socket counts it among those that wait. Linux gives a connection to a process when accept() returns it.',
  lookAlikes: [
    'A listing that was made without the right to see other users’ processes: then the listening socket has none, either, and the ' +
      'row says nothing. An inode (ss -e) needs no right.',
    'A listing made in the moment between the handshake and accept(): all that the client has sent is not in Recv-Q yet.',
  ],
  nextSteps: [
    'Look at the process that owns the LISTEN row: does the thread that accepts run, and is the socket in what it polls?',
    'noaccept correlate CAPTURE --log SERVER.log: its log may tell why',
  ],
  reference: 'Linux inet_csk_accept, sock_graft; ss(8)',
  *examine(scene) {
    for (const facts of scene.facts) {
      const { queue, wire } = facts
      const judged = queueListed(facts, scene)
      if (judged === null || queue === null) continue
      yield {
        confidence: judged.confidence,
        title: `The connection of port ${wire.connection.client.port} waits for accept(), as the system lists it`,
        stream: wire.connection.stream,
        log: queue.process.log,
        evidence: [
          lines(queue.process, [queue.event], queue.shows),
          frames([wire.established, ...wire.clientPushes.slice(0, 11)], 'the handshake, and what waits to be read'),
        ],
      }
    }
  },
}
