import { formatDuration } from '../../text/duration.ts'
import { LATE_ACCEPT } from '../accepts/late-accept.ts'
import type { LogRule } from '../log-rule.ts'
import { standstillAt } from '../processes/standstill.ts'
import { absent, frames } from '../scene.ts'

export const processStoodStill: LogRule = {
  id: 'process-stood-still',
  title: 'The whole process stood still',
  severity: 'error',
  meaning:
    'Connections that the process had been answering fall silent together, and new ones are not accepted from the same time ' +
    'on: it is not one connection that is stuck but the process as a whole. The kernel goes on acknowledging.',
  lookAlikes: [
    'A stopped process (SIGSTOP, a debugger), a suspended virtual machine, a lock that every thread needs, and a single ' +
      'thread that does everything and blocks look the same. Log lines of other threads after that time rule out the first two.',
  ],
  nextSteps: [
    'Look at the process’s state: T in ps means stopped; a stack dump of every thread shows a common lock',
    'Compare with the log’s last line before and first line after',
  ],
  reference: 'Linux signal(7): SIGSTOP; docs/verdicts.md',
  *examine(scene) {
    const told = new Set<number>()
    for (const facts of scene.facts) {
      const waited = facts.accepted === null || (facts.acceptDelay?.least ?? 0) >= LATE_ACCEPT
      const still = waited && facts.process && !told.has(facts.process.log) ? standstillAt(scene, facts) : null
      if (!still) continue
      told.add(still.process.log)
      const length =
        still.until === null ? 'to the end of the capture' : `for ${formatDuration(still.until - still.since)}`
      const first = still.stalled[0]!
      yield {
        confidence: still.silentAfter === null ? 'suspected' : 'likely',
        title: `The process stood still ${length}: connections that it was answering and its accept queue were left alone together`,
        stream: facts.wire.connection.stream,
        log: still.process.log,
        evidence: [
          frames(
            first.wire.clientPushes.filter(
              (push) => push.time >= still.since && push.time < (still.until ?? Number.POSITIVE_INFINITY),
            ),
            'pushes that it no longer answered',
          ),
          frames([facts.wire.established], 'a connection that it did not accept meanwhile'),
          ...(still.silentAfter === null
            ? []
            : [
                absent(still.process, 'the log, which had been writing, falls silent after this line', [
                  still.silentAfter,
                ]),
              ]),
        ],
      }
    }
  },
}
