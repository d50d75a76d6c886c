import type { LogEvent } from '../../log/event.ts'
import { type LoggedProcess, timeOf } from '../processes/logged-process.ts'

/** When a line was written; of one without a stamp, as a trace's are, when the last one before it was. */
export function toldAt(process: LoggedProcess, line: LogEvent): number | null {
  const stamped = process.file.events.findLast(({ order, time }) => order <= line.order && time !== null)
  return timeOf(process, stamped ?? null)
}
