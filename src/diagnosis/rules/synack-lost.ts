import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import { SHORTEST_TIMEOUT } from '../evidence/deferral.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Confidence } from '../verdict.ts'

/** The SYN-ACK was sent again by a timer, not merely recorded or delivered twice. */
function isRepeated(flow: FlowView): boolean {
  const synAcks = flow.signals(Signal.SYN_ACK)
  const [first] = synAcks
  // A capture of the other end that is read after this one begins with the first of them once more.
  return first !== undefined && synAcks.some(({ time }) => time - first.time >= SHORTEST_TIMEOUT)
}

/** A client that waits for the SYN-ACK sends its SYN again, at the latest when the SYN-ACK comes again: both run on one time-out. */
const isAskedAgain = (flow: FlowView): boolean => flow.retransmissions(flow.client) > 0

/** The SYN-ACK does not get through: both ends repeat themselves. */
export const synackLost: VerdictRule = {
  verdict: 'synack-lost',
  needs: [Fact.HALF_OPEN | Fact.SERVER_REPEATS],
  holds,
  candidates: ({ flow }) => [
    {
      verdict: 'synack-lost',
      standing: 'supported',
      reasons: ['the server repeats its SYN-ACK and the client never acknowledges it'],
    },
    {
      verdict: 'backlog-overflow',
      standing: 'possible',
      reasons: [
        'a server with a full queue that ignores the final ACK also repeats its SYN-ACK; the client’s ACK would be seen',
      ],
    },
    ...(isAskedAgain(flow)
      ? []
      : [
          {
            verdict: 'insufficient' as const,
            standing: 'possible' as const,
            reasons: [
              'the client did not repeat its SYN, as one does that waits: its address may be forged (a SYN flood), or it is gone',
            ],
          },
        ]),
  ],
  variant: ({ flow }) => (isAskedAgain(flow) ? 1 : 0),
  finding: {
    id: 'synack-lost',
    title: 'SYN-ACK does not get through',
    severity: 'error',
    meaning:
      'The server answers the SYN and repeats its answer, and the client acts as if it had not come: the way back is blocked.',
    lookAlikes: [
      'A full accept queue that ignores the final ACK: then that ACK is in the capture, and the client sends data.',
      'A SYN flood: the client’s address is forged and never repeats its SYN.',
    ],
    nextSteps: [
      'Capture at the client: does the SYN-ACK arrive?',
      'Look for a firewall or a route that differs on the way back.',
    ],
    reference: 'RFC 9293 §3.8.1',
    confidence: (judged) => holds(judged) ?? 'suspected',
    severityOf: ({ flow }) => (isAskedAgain(flow) ? 'error' : 'warning'),
    tell: (judged) => ({
      title: `${judged.name}: the SYN-ACK was repeated and never acknowledged`,
      explanation: isAskedAgain(judged.flow)
        ? 'Both ends repeat themselves: the server’s answer does not reach the client.'
        : 'The server’s answer does not reach the client, or the client is none that waits for it: it did not repeat its SYN.',
      evidence: [judged.signalled('SYNs', Signal.SYN), judged.signalled('SYN-ACKs', Signal.SYN_ACK)],
    }),
  },
}

function holds({ flow }: Case): Confidence | null {
  if (!flow.has(State.SYN_ACK << flow.server) || flow.has(State.HANDSHAKE)) return null
  if (flow.retransmissions(flow.server) === 0 || flow.payload(flow.client) > 0 || !isRepeated(flow)) return null
  return isAskedAgain(flow) ? 'likely' : 'suspected'
}
