import type { LogEvent } from '../../log/event.ts'
import type { LogRule } from '../log-rule.ts'
import { lines } from '../scene.ts'

/** accept() fails so where the process or the system has no descriptor left; Windows sockets call it WSAEMFILE. */
const EXHAUSTED: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'WSAEMFILE'])

/** True for an error line that says that no descriptor is left. */
export const saysExhausted = (event: LogEvent): boolean => event.errorName !== null && EXHAUSTED.has(event.errorName)

/** The patterns of other languages, whose words for it are others: `accept-failed-spanish`. */
const TRANSLATED = 'accept-failed-'

/** The line may be of any call that needs a descriptor. */
export const isOfAccept = ({ pattern, thread, text }: LogEvent): boolean =>
  pattern.startsWith(TRANSLATED) || /accept/i.test(`${thread ?? ''} ${text}`)

export const descriptorsExhausted: LogRule = {
  id: 'descriptors-exhausted',
  title: 'No descriptor left for another connection',
  severity: 'error',
  meaning:
    'accept() failed because the process (EMFILE) or the system (ENFILE) has no descriptor left. The kernel goes on ' +
    'completing handshakes: clients connect, send and wait. Connections made before go on as if nothing were.',
  lookAlikes: ['A limit that is met for a moment under load: then accepts go on when others are closed.'],
  nextSteps: [
    'Compare the open descriptors with the limit: ls /proc/PID/fd | wc -l, ulimit -n',
    'Look for sockets that are accepted and never closed',
  ],
  reference: 'POSIX accept(): EMFILE, ENFILE',
  *examine(scene) {
    for (const process of scene.processes) {
      const failures = process.file.events.filter(saysExhausted)
      if (failures.length === 0) continue
      const accepts = process.table.lives.filter((life) => life.accepted && life.accepted.order < failures[0]!.order)
      const waits = scene.facts.find(
        (facts) =>
          facts.link?.process === process &&
          facts.accepted === null &&
          facts.wire.established !== null &&
          facts.wire.serverPushes.length === 0,
      )
      yield {
        confidence: 'certain',
        title: `${isOfAccept(failures[0]!) ? 'accept()' : 'A call'} failed with ${failures[0]!.errorName}: the process has no descriptor left`,
        stream: waits?.wire.connection.stream ?? null,
        log: process.log,
        evidence: [
          lines(process, failures, isOfAccept(failures[0]!) ? 'the failed accept' : 'the failed call'),
          ...(accepts.length > 0
            ? [
                lines(
                  process,
                  accepts.slice(-3).map((life) => life.accepted!),
                  'the last ones that succeeded',
                ),
              ]
            : []),
        ],
      }
    }
  },
}
