import type { ConnectionFacts } from '../connection-facts.ts'
import { isOpen, type LogVerdictRule } from '../verdict-rule.ts'
import type { WireConnection } from '../wire/wire-connection.ts'

/** The system lists the process that has the connection open: it was accepted, and what stands in Recv-Q was not read. */
export const ownerListed: LogVerdictRule = (facts) => {
  const { wire, queue } = facts
  if (!isOwnedUnanswered(facts)) return null
  const isUnread = isUnreadBy(facts)
  // What a client only tells may be read, and stay without an answer.
  if (!isUnread && wire.connection.verdict === 'healthy-one-way') return null
  return {
    verdict: isUnread ? 'accepted-never-read' : 'accepted-no-reply',
    confidence: queue!.row!.unread === null && !isUnread ? 'suspected' : 'likely',
    reasons: [queue!.says, queueOf(queue!.row!.unread, isUnread)],
    against: (['never-accepted', 'accept-stopped', 'backlog-overflow'] as const).map((verdict) => ({
      verdict,
      reason: queue!.says,
    })),
  }
}

/** A process has it open, its client sent something, and the server nothing. */
function isOwnedUnanswered({ wire, queue }: ConnectionFacts): boolean {
  if (queue === null || queue.waits || queue.row === null) return false
  return wire.serverPushes.length === 0 && wire.clientPushes.length > 0 && isOpen(wire.connection.verdict)
}

const queueOf = (unread: number | null, isUnread: boolean): string => {
  if (unread === null) return 'the server sent nothing'
  return `its Recv-Q holds ${isUnread ? `all ${unread} bytes that had come` : `${unread} bytes`}, and the server sent nothing`
}

/** By its Recv-Q, where the listing shows it; else by what the window told. */
function isUnreadBy({ wire, queue }: ConnectionFacts): boolean {
  const { unread } = queue!.row!
  if (unread !== null) return isAllThatHadCome(unread, wire)
  const { candidates } = wire.connection
  return candidates.some(({ verdict, standing }) => verdict === 'accepted-no-reply' && standing === 'contradicted')
}

/** True where the bytes that were not read are those of all segments up to some moment: none had been read then. */
function isAllThatHadCome(unread: number, wire: WireConnection): boolean {
  let come = 0
  for (const push of wire.clientPushes) {
    come += push.bytes
    if (come === unread) return true
  }
  return false
}
