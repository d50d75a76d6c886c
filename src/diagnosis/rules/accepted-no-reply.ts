import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import { muteCauses, muteVariant } from '../evidence/mute-causes.ts'
import { isUnanswered } from '../evidence/stance.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import { wasOwedAnswer } from './healthy-one-way.ts'
import { closedUnasked } from './server-idle-close.ts'

/** A process that ends over a request closes so what it had read of it. */
function afterwards({ flow, life }: Case): string {
  const fin = flow.firstFin
  if (fin?.side !== flow.server || !life.refusedAfter(fin.time)) return ''
  return ' The port refused SYNs afterwards: the process ended, perhaps over this, or closed its listener.'
}

/** The server closed first, with FIN, without a word: it had read everything. */
export const acceptedNoReply: VerdictRule = {
  verdict: 'accepted-no-reply',
  needs: [Fact.UNANSWERED | Fact.SERVER_FIN],
  holds: (judged) => {
    const { flow } = judged
    if (!isUnanswered(flow) || !flow.has(State.FIN << flow.server) || closedUnasked(flow)) return null
    return flow.firstFin?.side === flow.server || wasOwedAnswer(judged) ? 'likely' : null
  },
  candidates: muteCauses,
  variant: muteVariant,
  finding: {
    id: 'accepted-no-reply',
    title: 'Read, and never answered',
    severity: 'warning',
    meaning: 'The process took the connection and read what came, and never sent a byte.',
    lookAlikes: [
      'A protocol in which only the client speaks (syslog, metrics): by design.',
      'A relay (proxy, port forwarding, a container’s published port) that took the connection for a server it does not reach: where it closes after the same wait each time, that is its time-out.',
      'Never accepted: with data unread the server’s close would have been RST.',
    ],
    nextSteps: [
      'Look in the server’s log for what it did with the requests.',
      'Is an answer due at all in this protocol?',
      'Does a relay own the port (ss -ltnp: docker-proxy, haproxy, ssh, socat)? Then capture between it and the server behind it.',
    ],
    reference: 'RFC 2525 §2.17',
    confidence: 'likely',
    tell: (judged) => ({
      title: `${judged.name}: the server closed with FIN without having sent a byte`,
      explanation: `A close with unread data would have been a RST: the data was read.${afterwards(judged)}`,
      evidence: [judged.signalled('FIN', Signal.FIN, judged.flow.server)],
    }),
  },
}
