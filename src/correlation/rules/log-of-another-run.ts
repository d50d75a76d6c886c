import type { LogFile } from '../../log/event.ts'
import { formatLogTime } from '../../log/stamps/log-time.ts'
import type { LogRule } from '../log-rule.ts'
import type { LoggedProcess } from '../processes/logged-process.ts'
import { lines } from '../scene.ts'

/** The log's own time, for who compares it with that of the capture and of other logs. */
function when({ file }: LoggedProcess): string {
  if (file.firstTime === null || file.lastTime === null) return ''
  const [from, to] = [file.firstTime, file.lastTime].map((time) => formatLogTime(file, time))
  return from === to ? `; it is of ${from}` : `; it is of ${from} to ${to}`
}

/** Without times, or with such as count from a start, it may as well be of this run: nothing says when it was. */
const tellsNoDay = ({ stamped, sinceStart }: LogFile): boolean => stamped === 0 || sinceStart

export const logOfAnotherRun: LogRule = {
  id: 'log-of-another-run',
  title: 'The log is of another run than the capture',
  severity: 'warning',
  meaning:
    'No time zone and no clock error puts this log’s lines where the packets would have them. What it says is true of its ' +
    'own run; it proves nothing about the connections of this capture.',
  lookAlikes: [
    'A log of the same run whose clock was wrong, or that ends long before the capture begins: --clock-offset, --tz and ' +
      '--log-date put it in place.',
  ],
  nextSteps: [
    'Take log and capture from one run, with date and zone in the stamps',
    'If it is the same run, give its clock: --clock-offset LOG=±duration, --tz ZONE, --log-date YYYY-MM-DD',
  ],
  reference: 'docs/clocks.md',
  *examine(scene) {
    for (const process of scene.processes) {
      const reason = scene.refusals.get(process.log)
      // What says nothing is told among the log's own warnings.
      if (reason === undefined || process.file.events.length + process.file.stamped === 0) continue
      const { events } = process.file
      const first = events[0]
      const last = events.length > 1 ? events.at(-1) : undefined
      yield {
        confidence: tellsNoDay(process.file) ? 'suspected' : 'likely',
        title: `This log was not compared with the packets: ${reason}`,
        stream: null,
        log: process.log,
        evidence: [
          first
            ? lines(
                process,
                last ? [first, last] : [first],
                `its first and last line that tell of sockets${when(process)}`,
              )
            : lines(process, [], 'no line of it tells of sockets'),
        ],
      }
    }
  },
}
