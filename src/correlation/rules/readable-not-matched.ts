import type { LogRule } from '../log-rule.ts'
import { listenersOf, timeOf } from '../processes/logged-process.ts'
import { lines, namedSocket, paired } from '../scene.ts'

export const readableNotMatched: LogRule = {
  id: 'readable-not-matched',
  title: 'The poll reported a socket that the process could not find',
  severity: 'error',
  meaning:
    'select() or poll() returned the socket as readable and the process found no table entry for it, so it did nothing: a ' +
    'connection that waits on a listening socket is not accepted, data on a connection is not read.',
  lookAlikes: [
    'A socket that another thread closed between poll and lookup is not matched either, once and harmlessly: then it is ' +
      'closed in the log, and connections made later are accepted.',
  ],
  nextSteps: [
    'Find out who took or cleared the table entry between the socket’s attach line and this one',
    'Treat “not matched” as an error that closes the socket or puts it back into the table',
  ],
  reference: 'POSIX select(): a descriptor stays ready until it is served',
  *examine(scene) {
    for (const process of scene.processes)
      for (const life of process.table.lives) {
        const first = life.notMatched[0]
        if (!first) continue
        const poll = life.readable.filter((event) => event.order <= first.order).at(-1)
        const time = timeOf(process, first)
        const waiting = scene.facts.filter(
          (facts) =>
            facts.link?.listener === life &&
            time !== null &&
            facts.wire.established &&
            facts.wire.established.time <= time + (process.clock?.uncertainty ?? 0),
        )
        const connection = waiting.at(-1)?.wire
        const listens = listenersOf(process).includes(life)
        yield {
          confidence: 'certain',
          title: `${listens ? `Listening ${namedSocket(life.handle)}` : `Socket ${life.handle ?? 'unknown'}`} was reported readable and matched no entry of the table`,
          stream: connection?.connection.stream ?? null,
          log: process.log,
          evidence: [
            lines(process, life.notMatched, 'no entry matches'),
            ...(poll ? [lines(process, [poll], 'the poll reports it readable')] : []),
            ...(connection?.established
              ? [paired(connection.established, process, poll ?? first, 'the handshake that made it readable')]
              : []),
          ],
        }
      }
  },
}
