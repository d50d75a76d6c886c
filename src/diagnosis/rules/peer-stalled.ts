import { State } from '../../flow/row.ts'
import { Speech } from '../../flow/speech.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { Fact } from '../fact.ts'
import { rhythmOf } from '../rhythm.ts'
import type { VerdictRule } from '../rule.ts'

/** Patience: the first retransmission time-out (RFC 6298 §2.1), the time after which TCP itself takes silence for loss. */
const PATIENCE = 1e9
/** So many times its longest answer so far a server may take before its silence is no longer its habit. */
const BEYOND_HABIT = 3
/** An answer that the capture lost shows in what the client's next segment acknowledges: so many in a row lack one. */
const NOT_ALL_LOST = 3
/** Fewer answers may belong to an opening, after which only the client speaks (printers, uploads). */
const HABIT = 3

/** It was answering, then nothing any more, though its kernel still acknowledges. */
export const peerStalled: VerdictRule = {
  verdict: 'peer-stalled',
  needs: [Fact.PENDING],
  holds: (judged) => {
    const { flow } = judged
    if (greetedOnly(judged)) return judged.end - flow.pendingSince > PATIENCE ? 'suspected' : null
    if (flow.answered === 0 || flow.unanswered === 0 || flow.unanswered <= usualRun(judged)) return null
    if (flow.unanswered === 1 && !asksInTurn(judged)) return null
    if (flow.unanswered < NOT_ALL_LOST && (flow.hasUnseen(flow.server) || flow.missing(flow.client) > 0)) return null
    if (judged.waiting <= Math.max(PATIENCE, BEYOND_HABIT * longest(judged))) return null
    return flow.answered >= HABIT ? 'likely' : 'suspected'
  },
  candidates: (judged) => [
    {
      verdict: 'peer-stalled',
      standing: 'supported',
      reasons: [
        `${counted(judged.flow.answered, 'answer')} came before, none for the last ${judged.flow.unanswered === 1 ? 'segment of the client' : `${judged.flow.unanswered} segments of the client`}`,
      ],
    },
    {
      verdict: 'accepted-no-reply',
      standing: 'possible',
      reasons: ['it may read and no longer answer: the wire shows the same'],
    },
    ...(judged.flow.answered < HABIT
      ? [
          {
            verdict: 'healthy' as const,
            standing: 'possible' as const,
            reasons: [
              'so few answers may belong to the opening, after which only the client speaks (MQTT at QoS 0, log shippers, events on a WebSocket)',
            ],
          },
        ]
      : []),
    { verdict: 'never-accepted', standing: 'contradicted', reasons: ['it answered before, so it was accepted'] },
  ],
  finding: {
    id: 'peer-stalled',
    title: 'The server stopped answering',
    severity: 'error',
    meaning:
      'The server answered and then did not any more, while its kernel goes on acknowledging: the process hangs, is stopped, or has lost this connection.',
    lookAlikes: [
      'A protocol with rare answers: its silence is not longer than before.',
      'An opening that is answered and after which only the client speaks (MQTT at QoS 0, events on a WebSocket): the same packets.',
      'A path that loses the answers: then the server’s sequence numbers move on.',
      'A capture that lost the answers: the client acknowledges bytes that are not in it.',
    ],
    nextSteps: [
      'State of the process at that time: ps -o stat,wchan, a stack dump (jstack, gdb -p, py-spy).',
      'ss -tanpe: Recv-Q of the connection grows if it no longer reads.',
    ],
    reference: 'RFC 9293 §3.8.6: acknowledgments are the kernel’s, not the application’s',
    confidence: ({ flow }) => (flow.answered >= HABIT ? 'likely' : 'suspected'),
    tell: (judged) => {
      const { flow } = judged
      return {
        title: `${judged.name}: no answer for ${formatDuration(flow.answered > 0 ? judged.waiting : judged.end - flow.pendingSince)}, after ${counted(flow.answered, 'answer')}`,
        explanation: `The last ${flow.unanswered === 1 ? 'segment of the client was' : `${flow.unanswered} segments of the client were`} acknowledged and not answered; ${flow.answered === 0 ? 'it had only sent a greeting' : `the longest answer before took ${formatDuration(longest(judged))}`}.`,
        evidence: [
          judged.seen('the first request without an answer, and the last packet', [flow.pendingFrame, flow.lastFrame]),
        ],
      }
    },
  },
}

const longest = ({ flow }: Case): number =>
  Math.max(flow.longestResponse, Number.isNaN(flow.firstResponse) ? 0 : flow.firstResponse)

/** Every request so far was answered before the next: the client waits for this answer too. */
const asksInTurn = ({ flow }: Case): boolean => flow.answered >= HABIT && Math.max(flow.firstRun, flow.longestRun) === 1

/** Greetings of protocols in which the two ends take turns: what the client says next is answered. */
const OPENS_A_DIALOGUE: readonly Speech[] = [Speech.SSH, Speech.REPLY_CODE]

/** The server spoke first, and answered nothing of what the client said then. */
function greetedOnly({ flow }: Case): boolean {
  if (flow.answered > 0 || flow.unanswered === 0 || !flow.has(State.SERVER_FIRST)) return false
  return OPENS_A_DIALOGUE.includes(flow.speech(flow.server)) || rhythmOf(flow) !== null
}

/** A single request open at a time is no habit of waiting. */
function usualRun({ flow }: Case): number {
  const longest = Math.max(flow.firstRun, flow.longestRun)
  return longest === 1 ? 0 : longest
}
