import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { type Tickets, ticketsAlone } from '../evidence/session-tickets.ts'
import { Fact, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/** All that came after a handshake of TLS 1.3 are session tickets: the library had the connection, the application says nothing. */
export const ticketsOnly: VerdictRule = {
  verdict: 'peer-stalled',
  needs: [Fact.OVERDUE | Fact.ANSWERED],
  holds: (judged) => (unansweredTickets(judged) === null ? null : 'suspected'),
  candidates: [
    {
      verdict: 'peer-stalled',
      standing: 'supported',
      reasons: [
        'since the handshake the server has sent records of one length only, as session tickets are, and an answer is not',
      ],
    },
    {
      verdict: 'slow-responder',
      standing: 'possible',
      reasons: ['the answer may still come: a long query, long polling'],
    },
    {
      verdict: 'healthy',
      standing: 'possible',
      reasons: [
        'what the client said after the handshake may ask for nothing (a certificate of its own, the settings of HTTP/2), and answers of one length are possible',
      ],
    },
    {
      verdict: 'never-accepted',
      standing: 'contradicted',
      reasons: ['it finished the handshake of TLS, so it was accepted'],
    },
  ],
  finding: {
    id: 'tickets-only',
    title: 'Nothing but session tickets came after the TLS handshake',
    severity: 'error',
    meaning:
      'The TLS library finished the handshake and sent its session tickets, which it does by itself; the client asked for something, and the application has not answered. Tickets arrive as encrypted application data, so that they look like an answer: but they are records of one length, one right after the other.',
    lookAlikes: [
      'An answer in records of one length: none follows it, and the client is content.',
      'A client with a certificate of its own, which says more to end the handshake, and then nothing.',
      'A request that takes its time (a long query, long polling): its answer comes in the end.',
    ],
    nextSteps: [
      'State of the process at that time: ps -o stat,wchan, a stack dump (jstack, gdb -p, py-spy).',
      'With the session’s keys (SSLKEYLOGFILE) Wireshark shows “New Session Ticket”, and which request has no response.',
      'If a proxy ends TLS here: does what lies behind it answer?',
    ],
    reference: 'RFC 8446 §4.6.1',
    confidence: 'suspected',
    tell: (judged) => {
      const { frames, count, bytes, time } = unansweredTickets(judged)!
      return {
        title: `${judged.name}: ${counted(count, 'record')} of ${bytes} bytes after the TLS handshake, then no answer for ${formatDuration(until(judged) - time)}`,
        explanation:
          'A server sends session tickets when the handshake is over, each as long as the other. Nothing else came to what the client asked.',
        evidence: [judged.seen('what looks like session tickets', frames)],
      }
    },
  },
}

/** Null where the client has not waited for long since. */
function unansweredTickets(judged: Case): Tickets | null {
  const { flow } = judged
  if (flow.unanswered > 0 || flow.hasUnseen(0) || flow.hasUnseen(1) || flow.missing(flow.server) > 0) return null
  const tickets = ticketsAlone(flow)
  return tickets !== null && until(judged) - tickets.time > PATIENCE ? tickets : null
}

/** When the client gave up, or the last that is seen of its waiting. */
function until(judged: Case): number {
  return judged.flow.firstFin?.time ?? (judged.goesOn ? judged.end : judged.flow.lastTime)
}
