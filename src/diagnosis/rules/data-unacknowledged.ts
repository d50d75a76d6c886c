import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal, type SignalView } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import { times } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { icmpError } from '../evidence/icmp-error.ts'
import { newestRepetition } from '../evidence/repetition.ts'
import { isEstablished, isMidstream } from '../evidence/stance.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate } from '../verdict.ts'

/** RFC 6298 §2.1's first time-out: sooner a loss may still be repaired. */
const PATIENCE = 1e9
/** One repetition may be a loss, two in a row without any sign of the other end are none. */
const LEAST_REPETITIONS = 2

/** What is acknowledged of a handshake is not yet a socket's. */
const FULL_QUEUE: Candidate = {
  verdict: 'backlog-overflow',
  standing: 'possible',
  reasons: ['Linux with TCP_DEFER_ACCEPT drops the first data, too, when the accept queue is full'],
}

/** The client's data is sent again and again, and the server's system does not even acknowledge it. */
export const dataUnacknowledged: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.PENDING | Fact.DATA_LOST],
  holds: (judged) => (repetitions(judged) !== null || lacksBytes(judged) ? 'likely' : null),
  candidates: ({ flow }) => [
    {
      verdict: 'insufficient',
      standing: 'supported',
      reasons: ['no system acknowledges the data: what the process does cannot be seen from here'],
    },
    {
      verdict: 'never-accepted',
      standing: flow.answered > 0 ? 'contradicted' : 'possible',
      reasons: [
        flow.answered > 0
          ? 'it answered before, so it was accepted'
          : 'the kernel of a process that does not accept acknowledges',
      ],
    },
    ...(flow.acknowledged(flow.client) === 0 && !isMidstream(flow) ? [FULL_QUEUE] : []),
  ],
  finding: {
    id: 'data-unacknowledged',
    title: 'Data is not acknowledged any more',
    severity: 'error',
    meaning:
      'The client repeats its data, and nothing acknowledges it, or a part of it arrives neither here nor at the server: what is silent is not the application but the path to its system, or the system itself. A kernel acknowledges for a process that hangs.',
    lookAlikes: [
      'A process that hangs: its kernel goes on acknowledging.',
      'A full accept queue (Linux): the SYN-ACK is repeated too.',
      'A capture that lost the server’s packets: then the client would not repeat itself.',
    ],
    nextSteps: [
      'Does the server’s system answer anything at that time: ping, another port, another client?',
      'Look for a firewall or NAT that forgot the connection, and for a path with a smaller MTU if only full segments are lost.',
      'Capture on the server: do the repetitions arrive?',
    ],
    reference: 'RFC 6298 §5; RFC 9293 §3.8.3',
    confidence: 'likely',
    tell: (judged) => {
      const again = repetitions(judged) ?? []
      const { flow } = judged
      const lost =
        again.length > 0
          ? `It was sent again ${times(again.length)} or more`
          : `${flow.missing(flow.client)} bytes of it did not come as far as this capture, nor were they repeated here`
      const silent = formatDuration((again.length > 0 ? flow.lastTime : judged.end) - flow.lastPush)
      const before = flow.acknowledged(flow.client)
      // Errors of an earlier moment were about other data.
      const rejections = flow.signals(Signal.ICMP).filter(({ time }) => time >= flow.lastPush)
      const rejection = rejections[0]
      const said =
        rejection === undefined
          ? ''
          : ` A router or firewall on the way says why: ${icmpError(rejection.value, flow.has(State.IPV6))}.`
      return {
        title: `${judged.name}: the client’s data is not acknowledged, for ${silent}`,
        explanation: `${lost}; ${before === 0 ? 'nothing of the client was acknowledged' : `the ${before} bytes before it were acknowledged`}.${said} A process that hangs does not look like this: its kernel still acknowledges.`,
        evidence: [
          again.length > 0
            ? judged.seen(
                'the same data, again',
                again.map(({ frame }) => frame),
              )
            : judged.signalled('data behind bytes that never came', Signal.HOLE, flow.client),
          ...(rejection === undefined
            ? []
            : [
                judged.seen(
                  'ICMP errors that quote it',
                  rejections.map(({ frame }) => frame),
                ),
              ]),
        ],
      }
    },
  },
}

/** The repetitions of the newest data, where they lasted long and nothing came back; else null. */
function repetitions({ flow }: Case): readonly SignalView[] | null {
  if (!isEstablished(flow) || flow.unanswered === 0 || isClosed(flow)) return null
  if (flow.acknowledged(flow.client) >= flow.payload(flow.client) || !Number.isNaN(flow.zeroSince)) return null
  if (flow.signalCount(Signal.RETRANSMISSION) < LEAST_REPETITIONS) return null
  const again = flow
    .signals(Signal.RETRANSMISSION)
    .filter(({ side, time }) => side === flow.client && time > flow.lastPush)
  return again.length >= LEAST_REPETITIONS && newestRepetition(flow, again) - flow.lastPush > PATIENCE ? again : null
}

/**
 * Bytes are missing before others, here and at the server, whose acknowledgments still end before them: the path loses
 * what is sent, as a link with a smaller MTU does with large segments. What the capture alone had lost would be
 * acknowledged, or answered.
 */
function lacksBytes(judged: Case): boolean {
  const { flow } = judged
  const missing = flow.missing(flow.client)
  if (flow.unanswered === 0 || isClosed(flow) || isMidstream(flow)) return false
  if (missing <= 0 || flow.outstanding(flow.client) < missing) return false
  if (flow.lastTime <= flow.lastPush || !judged.goesOn || !Number.isNaN(flow.zeroSince)) return false
  return judged.end - flow.lastPush > PATIENCE
}

const isClosed = (flow: FlowView): boolean => flow.has(State.RST << flow.server) || flow.has(State.FIN << flow.server)
