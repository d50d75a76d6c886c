import { lineOf } from '../processes/logged-process.ts'
import { failedBindOf } from '../sockets/failed-bind.ts'
import type { LogVerdictRule } from '../verdict-rule.ts'

/** The process that should answer could not bind: whoever answers is another. */
export const wrongService: LogVerdictRule = (facts, scene) => {
  const bind = failedBindOf(scene.failedBinds, facts.wire)
  if (!bind || facts.accepted !== null) return null
  const { synAcks, serverPushes, clientPushes } = facts.wire
  if (synAcks.length === 0 && serverPushes.length === 0 && clientPushes.length === 0) return null
  const reason = `${lineOf(bind.process, bind.event)} of the log: the process could not bind port ${bind.port}, so another program completes this handshake`
  return {
    verdict: 'wrong-service',
    confidence: bind.stated ? 'likely' : 'suspected',
    reasons: [reason],
    against: (['never-accepted', 'accepted-never-read', 'accepted-no-reply', 'accept-stopped'] as const).map(
      (verdict) => ({
        verdict,
        reason: 'it is not the logged process that this connection reached',
      }),
    ),
  }
}
