import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** What is said of a service that is started for a connection (by systemd, launchd, inetd), and does not come to take it. */
export const activation: readonly EventPattern[] = [
  {
    id: 'service-failed',
    kind: 'error',
    keywords: ['.service: ', 'failed to start ', 'sd_listen_fds', 'passed by', 'passed from', 'inetd'],
    pattern: wording`
      \.service: (?:
        Failed with result|Start request repeated too quickly|Failed to (?:execute|run|spawn|locate|set up)|Control process exited
      )\b
      |^Failed to start (?!.{0,60}\b(?:listen|accept|thread|socket))[\w@.:'()/ -]{3,80}\.$
      |\bsd_listen_fds\w{0,12}(?:\(\d?\))? *(?:returned|=|->|:) *(?:0|-\d)
      |\bno (?:sockets?|file descriptors?|fds?)\b.{0,20}\bpassed (?:by|from) (?:systemd|init|launchd|inetd|the (?:service|super)[ \t-]?\w{0,8})
      |\bx?inetd\b.{0,60}\b(?:exec\w{0,3}|cannot execute|can't exec\w{0,3})\b.{0,60}\b(?:failed|no such file|permission denied)
    `,
    samples: [
      { message: "gate.service: Failed with result 'exit-code'.", facts: {} },
      { message: 'gate.service: Start request repeated too quickly.', facts: {} },
      { message: 'Failed to start gate.service - The gate.', facts: {} },
      { message: 'Failed to start The gate.', facts: {} },
      { message: 'sd_listen_fds() returned 0, falling back', facts: {} },
      { message: 'no file descriptors were passed by systemd', facts: {} },
      { message: 'xinetd[512]: gate: exec of /usr/sbin/gated failed: No such file or directory', facts: {} },
      { message: 'sd_listen_fds() returned 1', facts: null },
      { message: 'failed to start acceptor thread.', facts: null },
      { message: 'gate.service: Deactivated successfully.', facts: null },
    ],
  },
]
