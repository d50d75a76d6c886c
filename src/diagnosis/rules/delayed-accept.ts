import type { FlowView } from '../../flow/flow-view.ts'
import { Signal } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'
import { formatDuration } from '../../text/duration.ts'
import type { Case } from '../case.ts'
import { isOwedToLoss } from '../evidence/late-answer.ts'
import { isMidstream } from '../evidence/stance.ts'
import { Fact, LATE, REPEATED } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/** Afterwards it answers at least so many times faster, or the first wait was no exception. */
const FASTER = 4

/** Clients of these send one request, in as many segments as it takes, and wait for its answer. */
const ONE_AT_A_TIME: readonly Speech[] = [Speech.HTTP_REQUEST, Speech.TLS]
/** A message as long as several segments fills all but its last: then they are pieces of an upload. */
const MOST_OF_A_SEGMENT = 0.5

/** What waited for the first answer were the pieces of one request. */
function isOneRequest(flow: FlowView): boolean {
  if (ONE_AT_A_TIME.includes(flow.speech(flow.client))) return true
  const full = flow.syn(flow.server)?.mss ?? 0
  return full > 0 && flow.payload(flow.client) > MOST_OF_A_SEGMENT * full * flow.segments(flow.client)
}

/** What waited was lost on the way at first; not where the server's system repeated its SYN-ACK: its queue was full. */
function isTheNetworks(flow: FlowView): boolean {
  const isRepeated = flow.newestSignal(Signal.SYN_ACK) - flow.oldestSignal(Signal.SYN_ACK) >= REPEATED
  const first = { time: flow.oldestSignal(Signal.REPLY), delay: flow.firstResponse, acknowledgesFirst: false }
  return !isRepeated && isOwedToLoss(flow, first)
}

/** What a kernel does not acknowledge is sent again before the answer comes. */
function isSentAgain(flow: FlowView): boolean {
  const first = flow.oldestSignal(Signal.REPLY)
  const again = flow.signals(Signal.RETRANSMISSION)
  return again.some(({ side, time }) => side === flow.client && time < first)
}

/** Nothing for seconds after the handshake, then everything queued is answered. */
export const delayedAccept: VerdictRule = {
  verdict: 'delayed-accept',
  needs: [Fact.FIRST_LATE],
  holds: ({ flow }) => {
    if (isMidstream(flow) || flow.answered === 0 || flow.firstRun < 2 || !(flow.firstResponse >= LATE)) return null
    // One segment in all, after the client's last, is the answer to a message in pieces.
    if (isOneRequest(flow) || flow.segments(flow.server) < 2 || isTheNetworks(flow)) return null
    return flow.answered === 1 || flow.longestResponse * FASTER < flow.firstResponse ? 'likely' : null
  },
  candidates: ({ flow }) => [
    {
      verdict: 'delayed-accept',
      standing: 'supported',
      reasons: [`${flow.firstRun} segments waited ${formatDuration(flow.firstResponse)} for the first answer`],
    },
    {
      verdict: 'peer-stalled',
      standing: 'possible',
      reasons: ['a process that was stopped for that time looks the same'],
    },
    {
      verdict: 'slow-responder',
      standing: flow.answered === 1 ? 'possible' : 'contradicted',
      reasons: [
        flow.answered === 1 ? 'no later answer shows whether only the first one is slow' : 'later answers came faster',
      ],
    },
  ],
  finding: {
    id: 'delayed-accept',
    title: 'Accepted late',
    severity: 'warning',
    meaning:
      'The kernel finished the handshake at once, the process took the connection seconds later: until then nothing was answered, then everything that had queued up.',
    lookAlikes: [
      'A process that was stopped for that time: its other connections stood still too.',
      'A slow first answer (cold cache): only one request is waiting then.',
      'A path that was cut for that time: then the data was not acknowledged meanwhile, and sent again.',
    ],
    nextSteps: [
      'Look for what the accepting thread did until then.',
      'While it happens: ss -ltn: Recv-Q of the LISTEN row above 0.',
    ],
    reference: 'Measured: a late accept() leaves no other trace on the wire',
    confidence: 'likely',
    tell: (judged: Case) => ({
      title: `${judged.name}: first answer ${formatDuration(judged.flow.firstResponse)} after the first request, with ${judged.flow.firstRun} segments waiting`,
      explanation: `${isSentAgain(judged.flow) ? 'Some of them were sent again meanwhile' : 'The kernel acknowledged them meanwhile'}${judged.flow.answered === 1 ? '' : '; afterwards answers came promptly'}.`,
      evidence: [judged.signalled('the first answer', Signal.REPLY, judged.flow.server)],
    }),
  },
}
