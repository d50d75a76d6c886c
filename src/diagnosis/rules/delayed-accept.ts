import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { beginOfWait } from '../evidence/first-byte.ts'
import { isOwedToLoss } from '../evidence/late-answer.ts'
import { isMidstream } from '../evidence/stance.ts'
import { Fact, LATE, REPEATED } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate, Confidence } from '../verdict.ts'

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
  const first = {
    time: flow.oldestSignal(Signal.REPLY),
    delay: flow.firstResponse,
    acknowledgesFirst: false,
    isPrompted: false,
  }
  return !isRepeated && isOwedToLoss(flow, first)
}

/** What a kernel does not acknowledge is sent again before the answer comes. */
function isSentAgain(flow: FlowView): boolean {
  const first = flow.oldestSignal(Signal.REPLY)
  const again = flow.signals(Signal.RETRANSMISSION)
  return again.some(({ side, time }) => side === flow.client && time < first)
}

/** Afterwards answers came so much faster that the first wait was an exception. */
const isFasterSince = (wait: number, later: number): boolean => later * FASTER < wait

/** What servers say unasked, as soon as they have the connection. */
const GREETINGS: readonly Speech[] = [Speech.SSH, Speech.REPLY_CODE, Speech.MYSQL_GREETING]

/** How long the client waited for a greeting, after which it is answered promptly; 0 where it was not kept waiting. */
function waitForGreeting(flow: FlowView): number {
  if (!flow.has(State.SERVER_FIRST) || !flow.has(State.HANDSHAKE) || flow.answered === 0) return 0
  if (!GREETINGS.includes(flow.speech(flow.server)) || mayBeLost(flow)) return 0
  const wait = flow.oldestSignal(Signal.REPLY) - beginOfWait(flow)
  return wait >= LATE && isFasterSince(wait, Math.max(flow.firstResponse, flow.longestResponse)) ? wait : 0
}

/** The greeting may have been sent before, or the system have held the connection back (TCP_DEFER_ACCEPT). */
const mayBeLost = (flow: FlowView): boolean =>
  flow.signalCount(Signal.RETRANSMISSION) > 0 ||
  flow.signalCount(Signal.HOLE) > 0 ||
  flow.signalCount(Signal.SYN_ACK) > 1

/** Protocols whose first words a library answers, whatever the application does afterwards: only who never got them is late with that. */
const BEGIN_ALIKE: readonly Speech[] = [Speech.TLS, Speech.SSH]

const isHelloLate = (flow: FlowView): boolean =>
  BEGIN_ALIKE.includes(flow.speech(flow.client)) &&
  flow.speech(flow.server) === flow.speech(flow.client) &&
  flow.answered > 1 &&
  flow.firstResponse >= LATE &&
  !mayBeLost(flow) &&
  isFasterSince(flow.firstResponse, flow.longestResponse)

function holds({ flow }: Case): Confidence | null {
  if (isMidstream(flow)) return null
  if (waitForGreeting(flow) > 0 || isHelloLate(flow)) return 'suspected'
  if (flow.answered === 0 || flow.firstRun < 2 || !(flow.firstResponse >= LATE)) return null
  // One segment in all, after the client's last, is the answer to a message in pieces.
  if (isOneRequest(flow) || flow.segments(flow.server) < 2 || isTheNetworks(flow)) return null
  return flow.answered === 1 || isFasterSince(flow.firstResponse, flow.longestResponse) ? 'likely' : null
}

/** Nothing for seconds after the handshake, then everything queued is answered. */
export const delayedAccept: VerdictRule = {
  verdict: 'delayed-accept',
  needs: [Fact.FIRST_LATE],
  holds,
  candidates: ({ flow }) => [
    { verdict: 'delayed-accept', standing: 'supported', reasons: [reason(flow)] },
    {
      verdict: 'peer-stalled',
      standing: 'possible',
      reasons: ['a process that was stopped for that time looks the same'],
    },
    { verdict: 'slow-responder', ...slowness(flow) },
  ],
  finding: {
    id: 'delayed-accept',
    title: 'Accepted late',
    severity: 'warning',
    meaning:
      'The kernel finished the handshake at once, the process took the connection seconds later: until then nothing was answered, then everything that had queued up.',
    lookAlikes: [
      'A process that was stopped for that time: its other connections stood still too.',
      'A slow first answer (cold cache): only one request is waiting then, and it is no ClientHello, which a library answers.',
      'A greeting that is held back: the client’s name is looked up, or who does not wait for it is taken for spam.',
      'A path that was cut for that time: then the data was not acknowledged meanwhile, and sent again.',
    ],
    nextSteps: [
      'Look for what the accepting thread did until then.',
      'While it happens: ss -ltn: Recv-Q of the LISTEN row above 0.',
    ],
    reference: 'Measured: a late accept() leaves no other trace on the wire',
    confidence: (judged) => holds(judged) ?? 'suspected',
    tell: (judged: Case) => ({
      title: `${judged.name}: ${lateness(judged.flow)}`,
      explanation: `${meanwhile(judged.flow)}${judged.flow.answered === 1 ? '' : '; afterwards answers came promptly'}.`,
      evidence: [judged.seen('the first answer', [judged.flow.signals(Signal.REPLY)[0]!.frame])],
    }),
  },
}

function lateness(flow: FlowView): string {
  const greeted = waitForGreeting(flow)
  if (greeted > 0) return `greeted ${formatDuration(greeted)} after the handshake`
  return `first answer ${formatDuration(flow.firstResponse)} after the first request, with ${counted(flow.firstRun, 'segment')} waiting`
}

function meanwhile(flow: FlowView): string {
  if (waitForGreeting(flow) > 0) return 'The kernel had finished the handshake at once'
  return isSentAgain(flow) ? 'Some of them were sent again meanwhile' : 'The kernel acknowledged them meanwhile'
}

function reason(flow: FlowView): string {
  const greeted = waitForGreeting(flow)
  if (greeted > 0) return `the greeting came ${formatDuration(greeted)} after the handshake, and later words promptly`
  return `${counted(flow.firstRun, 'segment')} waited ${formatDuration(flow.firstResponse)} for the first answer`
}

function slowness(flow: FlowView): Pick<Candidate, 'standing' | 'reasons'> {
  if (waitForGreeting(flow) > 0)
    return {
      standing: 'possible',
      reasons: [
        'a server that looks its client’s name up first, or holds its greeting back on purpose, has accepted it',
      ],
    }
  if (isHelloLate(flow))
    return { standing: 'possible', reasons: ['a relay that has to reach a server behind it first is as late, once'] }
  return flow.answered === 1
    ? { standing: 'possible', reasons: ['no later answer shows whether only the first one is slow'] }
    : { standing: 'contradicted', reasons: ['later answers came faster'] }
}
