import type { LogEvent } from '../../log/event.ts'
import { LATE_ACCEPT } from '../accepts/late-accept.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { toldAt } from './told-at.ts'

/**
 * Whether what a line tells of was so when the connection came, or happened on its coming. A process that shuts down ends its
 * accepting, too: a connection that had waited before has another cause.
 */
export function isBeforeWait({ process, wire }: ConnectionFacts, line: LogEvent): boolean {
  const time = process === null ? null : toldAt(process, line)
  if (time === null || wire.established === null) return true
  return time <= wire.established.time + LATE_ACCEPT + (process!.clock?.uncertainty ?? 0)
}
