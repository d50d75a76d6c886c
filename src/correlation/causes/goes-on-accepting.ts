import type { LogEvent } from '../../log/event.ts'
import type { Focus } from '../chain-step.ts'
import { acceptsAfter } from '../processes/logged-process.ts'
import { toldAt } from './told-at.ts'

/**
 * Whether the process takes connections after a line that tells why it should not: by its own lines or, where its log shows no
 * accepts, by packets, as it answers one that was made later.
 */
export function goesOnAccepting({ facts, scene }: Focus, line: LogEvent): boolean {
  const { process, wire } = facts
  if (process === null || acceptsAfter(process, line)) return true
  const time = toldAt(process, line)
  if (time === null) return false
  const since = time + (process.clock?.uncertainty ?? 0)
  return scene.wire
    .ofServerPort(wire.connection.server.port)
    .some((other) => other.serverPushes.length > 0 && other.established !== null && other.established.time > since)
}
