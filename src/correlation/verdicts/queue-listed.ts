import { provesWaiting } from '../accepts/queue-sight.ts'
import { isOpen, type LogVerdictRule } from '../verdict-rule.ts'

/**
 * The system itself lists it as one that waits for accept(), whatever the process's own log tells. That is certain where all that
 * the client has sent was there already, and nobody had it open.
 */
export const queueListed: LogVerdictRule = ({ wire, queue }, scene) => {
  if (!queue?.waits || wire.serverPushes.length > 0 || !isOpen(wire.connection.verdict)) return null
  const served = scene.wire
    .ofServerPort(wire.connection.server.port)
    .some((other) => other.serverPushes.length > 0 && other.start < wire.start)
  return {
    verdict: served ? 'accept-stopped' : 'never-accepted',
    confidence: provesWaiting(queue) ? 'certain' : 'likely',
    reasons: [queue.says],
    against: (['accepted-never-read', 'accepted-no-reply', 'healthy-one-way', 'reset-unread-data'] as const).map(
      (verdict) => ({ verdict, reason: queue.says }),
    ),
  }
}
