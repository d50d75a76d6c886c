import type { LogRule } from '../log-rule.ts'
import { frames, lines } from '../scene.ts'
import { madeGood } from '../sockets/failed-bind.ts'

export const bindFailed: LogRule = {
  id: 'bind-failed',
  title: 'The process could not bind its port',
  severity: 'error',
  meaning:
    'The process asked for a port and did not get it. If connections to that port are nevertheless answered, another ' +
    'program owns it, and clients talk to that one.',
  lookAlikes: [
    'A process that tries a list of ports or addresses in turn fails on some of them by design; a restart shortly after a ' +
      'close meets its own connections in TIME-WAIT (no SO_REUSEADDR).',
  ],
  nextSteps: [
    'Linux: ss -tlnp: who owns the port?',
    'Windows: netstat -abno: who owns the port?',
    'macOS: lsof -iTCP -sTCP:LISTEN: who owns the port?',
  ],
  reference: 'POSIX bind(): EADDRINUSE',
  *examine(scene) {
    for (const process of scene.processes) {
      const failures = process.file.events.filter((event) => event.kind === 'bind-failed')
      const first = failures[0]
      if (!first) continue
      const bind = scene.failedBinds.find((each) => each.event === first)
      const reached = [...(bind?.reached ?? [])]
      const answered = reached.filter((wire) => wire.synAcks.length > 0 || wire.serverPushes.length > 0)
      const port = first.port ?? bind?.port
      const later = madeGood(process, failures.at(-1)!)
      yield {
        // What the process got in the end stands in nobody's way.
        ...(later ? { severity: 'note' as const } : {}),
        confidence: 'certain',
        title: `The process could not bind${port === undefined ? '' : ` port ${port}`}${first.errorName ? ` (${first.errorName})` : ''}${answered.length > 0 ? ', and another program answers there' : ''}${later ? ', and got it later' : ''}`,
        stream: answered[0]?.connection.stream ?? null,
        log: process.log,
        evidence: [
          lines(process, failures, 'the failed bind'),
          ...(later ? [lines(process, [later], 'it listens after all')] : []),
          ...(answered[0]
            ? [
                frames(
                  answered.map((wire) => wire.synAcks[0] ?? wire.serverPushes[0]),
                  'answered all the same',
                ),
              ]
            : []),
        ],
      }
    }
  },
}
