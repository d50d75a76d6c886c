import type { LogEvent, LogFile } from '../../src/log/event.ts'

/** What was read of a log's events, counted. */
export interface Reads {
  count: number
}

/** The log, each of whose events counts what is read of it: work over them shows however it goes through them. */
export function withCountedReads(file: LogFile, reads: Reads): LogFile {
  const counting: ProxyHandler<LogEvent> = {
    get: (event, name) => {
      reads.count++
      return event[name as keyof LogEvent]
    },
  }
  return { ...file, events: file.events.map((event) => new Proxy(event, counting)) }
}
