import type { LogEvent, LogFile } from './event.ts'
import { type ReadLogOptions, readLog } from './read-log.ts'
import { rotatedSets } from './rotation.ts'
import { DAY_SECONDS } from './stamps/stamp.ts'

const DAY = DAY_SECONDS * 1e9

/**
 * Reads logs, those of one process that was cut into several files as parts that follow each other. A log's index
 * (`LogEvent.log`) is its place in the result.
 */
export async function readLogs(paths: readonly string[], options: ReadLogOptions = {}): Promise<LogFile[]> {
  const logs: LogFile[] = []
  for (const { stem, paths: parts } of rotatedSets(paths)) {
    const read: LogFile[] = []
    for (const path of parts) read.push(await readLog(path, 0, options))
    const ordered = inOrder(read)
    for (const [part, log] of ordered.entries()) {
      const rotation = ordered.length === 1 ? null : { stem, part, parts: ordered.length }
      const linesBefore = ordered.slice(0, part).reduce((lines, each) => lines + each.lines, 0)
      logs.push({ ...placed(log, logs.length, daysBefore(ordered, part), linesBefore), rotation })
    }
  }
  return logs
}

/** Names may lie (copies are numbered anew): where all parts have dates, these decide. */
function inOrder(parts: readonly LogFile[]): readonly LogFile[] {
  if (!parts.every((part) => part.dated && part.firstTime !== null)) return parts
  return [...parts].sort((a, b) => a.base - b.base || a.firstTime! - b.firstTime!)
}

/** Midnights between the first part and this one, where stamps have no date. */
function daysBefore(parts: readonly LogFile[], index: number): number {
  let days = 0
  for (let i = 1; i <= index; i++) {
    const before = parts[i - 1]!
    const part = parts[i]!
    if (part.dated || before.dated || before.lastTime === null || part.firstTime === null) continue
    days += Math.floor(before.lastTime / DAY)
    // Files are cut at any time of day; a day begins where the time of day falls back by more than half of one.
    if (part.firstTime < (before.lastTime % DAY) - DAY / 2) days++
  }
  return days
}

function placed(log: LogFile, index: number, days: number, linesBefore: number): LogFile {
  if (index === 0) return log
  const shift = days * DAY
  const moved = (time: number | null) => (time === null ? null : time + shift)
  return {
    ...log,
    firstTime: moved(log.firstTime),
    lastTime: moved(log.lastTime),
    silences: log.silences.map(({ from, to, line }) => ({ from: from + shift, to: to + shift, line, log: index })),
    events: log.events.map(
      (event): LogEvent => ({ ...event, log: index, order: event.line + linesBefore, time: moved(event.time) }),
    ),
  }
}
