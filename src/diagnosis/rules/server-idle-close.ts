import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'
import { formatDuration } from '../../text/duration.ts'
import type { Case } from '../case.ts'
import { isMidstream, isServed } from '../evidence/stance.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/** An idle time-out is set in seconds; a close sooner than that belongs to the exchange before it. */
const IDLE = 1e9
/** And it is longer than the pauses that either end makes anyway. */
const BEYOND_PERIOD = 1.5
/** Two equal gaps are the least that shows a pace. */
const LEAST_GAPS = 2

/** The server closes the idle connection with FIN. */
export const serverIdleClose: VerdictRule = {
  verdict: 'server-idle-close',
  needs: [Fact.SERVER_FIN],
  holds: (judged) => {
    const { flow } = judged
    if (!flow.has(State.FIN << flow.server)) return null
    if (closedUnasked(flow) || gaveUpWaiting(flow)) return 'likely'
    const first = flow.firstFin
    if (first === undefined || first.side !== flow.server) return null
    const idle = idleBefore(judged, first.time)
    // What the client sends after it, be it that it has not seen the FIN yet, is reset, and no answer was owed.
    if (flow.unanswered > 0) return isAfter(flow, first.time) && idle > IDLE ? 'likely' : null
    if (flow.has(State.RST << flow.server)) return null
    return idle > Math.max(IDLE, BEYOND_PERIOD * pauseOf(flow)) ? 'likely' : null
  },
  candidates: (judged) => [
    {
      verdict: 'server-idle-close',
      standing: 'supported',
      reasons: [
        closedUnasked(judged.flow)
          ? 'the server sent FIN before either end had said a word'
          : gaveUpWaiting(judged.flow)
            ? 'the server spoke HTTP without having been asked, and sent FIN: so it gives up waiting for a request'
            : 'the server sent FIN first, long after the last payload',
      ],
    },
    { verdict: 'healthy', standing: 'possible', reasons: ['the exchange may simply have been over'] },
    ...(mayHaveEnded(judged)
      ? [
          {
            verdict: 'server-died' as const,
            standing: 'possible' as const,
            reasons: [
              'the port refused SYNs afterwards, or other connections were reset at that moment: a process that ends closes with FIN what it had read',
            ],
          },
        ]
      : []),
  ],
  variant: (judged) =>
    (closedUnasked(judged.flow) ? 1 : gaveUpWaiting(judged.flow) ? 4 : 0) + (mayHaveEnded(judged) ? 2 : 0),
  finding: {
    id: 'server-idle-close',
    title: 'The server closed the idle connection',
    severity: 'note',
    meaning: 'After a pause without payload the server closed with FIN, as its idle time-out makes it do.',
    lookAlikes: [
      'The end of an exchange: there the FIN follows the last answer at once.',
      'A middlebox’s time-out: it sends RST, or nothing at all.',
      'A relay or a super-server that takes every connection and closes it at once, because what it stands for does not run.',
    ],
    nextSteps: [
      'Compare the server’s idle time-out with the client’s pauses; let the client send keep-alives or expect the close.',
    ],
    reference: 'RFC 9293 §3.6',
    confidence: 'likely',
    tell: (judged) => {
      const fin = judged.flow.firstFin!
      return {
        title: `${judged.name}: closed by the server after ${formatDuration(idleBefore(judged, fin.time))} without ${gaveUpWaiting(judged.flow) ? 'a request' : 'payload'}`,
        explanation: `The server sent FIN first, with no request open.${afterwards(judged.flow)}${mayHaveEnded(judged) ? ' The port refused SYNs afterwards, or other connections were reset at that moment: the process may have ended, and its system closed what was idle.' : ''}`,
        ...stepsFor(judged),
        evidence: [judged.seen('FIN from the server', [fin.frame])],
      }
    },
  },
}

/** No time-out is this short: the connection was closed for another reason than being idle. */
const CLOSES_AT_ONCE: readonly string[] = [
  'No idle time-out runs so short. Look in the server’s log at that moment: an address that it does not serve, a limit of connections, or, if it is a relay, a server behind it that it does not reach.',
]

const LOOK_FOR_ITS_END: readonly string[] = [
  'Was the process stopped, or started again, at that moment? Look at its log, journalctl, exit codes.',
]

/** A kernel closes a dead process's sockets in one go; a clock may show that as one or two of its ticks (15.6 ms). */
const IN_ONE_GO = 32e6

/** The port refused SYNs afterwards, or others were reset at that moment and none that was open then is served since. */
function mayHaveEnded({ flow, life }: Case): boolean {
  const { time } = flow.firstFin!
  if (life.refusedAfter(time)) return true
  return life.resetsAround(time, IN_ONE_GO) > 0 && !life.ends.servesOnAfter(time + IN_ONE_GO)
}

/** What to do about another cause than that it was idle. */
function stepsFor(judged: Case): { readonly nextSteps?: readonly string[] } {
  if (mayHaveEnded(judged)) return { nextSteps: LOOK_FOR_ITS_END }
  return idleBefore(judged, judged.flow.firstFin!.time) < IDLE ? { nextSteps: CLOSES_AT_ONCE } : {}
}

/** What became of what the client sent after the FIN. */
function afterwards(flow: FlowView): string {
  if (flow.unanswered === 0) return ''
  const how = flow.has(State.RST << flow.server) ? 'found the socket gone' : 'was owed no answer'
  return ` What the client sent afterwards ${how}.`
}

/**
 * The server's FIN came before the client had said a word, and it had said none itself: as an inetd ends whose program does
 * not start, or a relay whose own connection is refused. What the client sends then is reset: the socket is gone.
 */
export function closedUnasked(flow: FlowView): boolean {
  const first = flow.firstFin
  if (first === undefined || first.side !== flow.server || isServed(flow)) return false
  return flow.payload(flow.client) === 0 || isAfter(flow, first.time)
}

/**
 * A server of HTTP that speaks without having been asked: it tells that it has waited for a request long enough (408, RFC 9110
 * §15.5.9), and closes.
 */
function gaveUpWaiting(flow: FlowView): boolean {
  const first = flow.firstFin
  if (first === undefined || first.side !== flow.server || flow.payload(flow.client) > 0) return false
  if (isMidstream(flow) || flow.hasUnseen(flow.client) || flow.speech(flow.server) !== Speech.HTTP_RESPONSE)
    return false
  return first.time - flow.firstTime > IDLE
}

/** All that has no answer was sent after a moment. */
function isAfter(flow: FlowView, time: number): boolean {
  // Of a server that spoke, the oldest push that is kept may be one that it answered.
  const push = isServed(flow) ? Number.NaN : flow.oldestSignal(Signal.PUSH)
  return (Number.isNaN(push) ? flow.pendingSince : push) > time
}

/** Between the client's beats; or between the server's words, where it speaks on by itself. */
function pauseOf(flow: FlowView): number {
  const ofClient = (flow.beat?.periodMs ?? 0) * 1e6
  const gaps = flow.segments(flow.server) - 1
  if (gaps < LEAST_GAPS || flow.segments(flow.client) >= LEAST_GAPS) return ofClient
  return Math.max(ofClient, (flow.lastReply - flow.oldestSignal(Signal.REPLY)) / gaps)
}

function idleBefore({ flow }: Case, time: number): number {
  if (closedUnasked(flow) || gaveUpWaiting(flow)) return time - flow.firstTime
  const last = Math.max(
    Number.isNaN(flow.lastReply) ? Number.NEGATIVE_INFINITY : flow.lastReply,
    flow.segments(flow.client) > 0 && flow.lastPush < time ? flow.lastPush : Number.NEGATIVE_INFINITY,
  )
  return time - (Number.isFinite(last) ? last : flow.firstTime)
}
