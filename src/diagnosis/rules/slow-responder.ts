import type { BeatView } from '../../flow/beats.ts'
import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { areAllPrompted, isOwedToLoss, type LateAnswer, lateAnswer, mayBeOwedToLoss } from '../evidence/late-answer.ts'
import {
  initialRoundTrip,
  isLateAgain,
  isLateBesides,
  longestResponse,
  meanResponse,
  timeWaited,
} from '../evidence/response-times.ts'
import { rhythmOf } from '../evidence/rhythm.ts'
import { followsServersPace, mayKeepItsOwnTime, tellsAsItComes } from '../evidence/servers-pace.ts'
import { isMidstream } from '../evidence/stance.ts'
import { Fact, LATE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Confidence } from '../verdict.ts'

// Those that tell which flows are asked about are written out for the assembly by the build.
/**
 * Some answers may be quick: late ones still rule a connection that is spent waiting.
 * @public
 */
export const MOST_OF_THE_TIME = 0.5
/**
 * A second answer to a request may be lost or come later: a server that leaves out more than half answers by choice.
 * @public
 */
export const LEAST_ANSWERED = 0.5
/**
 * A network counts for so many round trips of an answer: the request's and, where it was cut in two, one more.
 * @public
 */
export const ROUND_TRIPS = 2
/** Two equal gaps are the least that shows a pace. */
const LEAST_MESSAGES = 3

/** Every request is answered, late. */
export const slowResponder: VerdictRule = {
  verdict: 'slow-responder',
  needs: [Fact.LATE],
  certain: [Fact.SLOW],
  holds,
  times,
  candidates: ({ flow }) => [
    {
      verdict: 'slow-responder',
      standing: 'supported',
      reasons: [times(flow)],
    },
    {
      verdict: 'healthy',
      standing: 'possible',
      reasons: [
        ...(mayBeTheNetworks(flow) ? ['the path loses packets: the late answers may have been lost at first'] : []),
        ...(mayKeepItsOwnTime(flow)
          ? ['each end may tell by a clock of its own that it is there: the messages of both are of one size']
          : []),
        'the protocol may wait on purpose (long polling)',
      ],
    },
    ...(isLateAtFirst(flow) && !isLateAgain(flow)
      ? [
          {
            verdict: 'delayed-accept' as const,
            standing: 'possible' as const,
            reasons: ['only the first answer is known to be late: the connection may have waited to be accepted'],
          },
        ]
      : []),
  ],
  variant: ({ flow }) =>
    (isLateAtFirst(flow) && !isLateAgain(flow) ? 1 : 0) +
    (mayBeTheNetworks(flow) ? 2 : 0) +
    (mayKeepItsOwnTime(flow) ? 4 : 0),
  finding: {
    id: 'slow-responder',
    title: 'The server answers late',
    severity: 'warning',
    meaning:
      'Every request is answered, but late: the time passes between the kernel’s acknowledgment and the application’s answer, not on the network.',
    lookAlikes: [
      'Long polling: the server waits on purpose until there is something to tell.',
      'Messages that the server sends of its own accord (events, deliveries of a queue), each after what the client said about the one before.',
      'Keepalives of both ends, each by a clock of its own (BGP, AMQP): neither answers the other.',
      'A slow network: there the acknowledgment is late too.',
      'A path that loses requests: the client repeats them, and is answered soon after.',
      'A clock that was set, or a machine that stood still, while the client waited: then nothing acknowledged the request meanwhile, and nothing sent it again.',
      'A path that loses answers: the client repeats its requests, which only the answers acknowledge.',
    ],
    nextSteps: [
      'Profile the request on the server.',
      'Wireshark: Statistics → Service Response Time, or tcp.time_delta > 1',
    ],
    reference: 'RFC 6298 §2.1',
    confidence: (judged) => holds(judged) ?? 'likely',
    tell: (judged: Case) => {
      const { flow } = judged
      return {
        title: `${judged.name}: ${late(flow)}`,
        explanation: `${flow.answered > 1 ? `The longest took ${formatDuration(longestResponse(flow))}. ` : ''}${farness(flow)}`,
        evidence: [judged.signalled('late answers', Signal.LATE_REPLY, flow.server)],
      }
    },
  },
}

/** Written by the engine, too. */
function times(flow: FlowView): string {
  return `${counted(flow.answered, 'answer')} after ${formatDuration(meanResponse(flow))}${onAverage(flow)}`
}

/** What is said of a flow for which the clock is to blame, and of one whose server tells unasked. */
const A_STEP = 'step'
const AS_IT_COMES = 'as it comes'

function holds({ flow }: Case): Confidence | null {
  const slow = slowness(flow)
  return slow === A_STEP || slow === AS_IT_COMES ? null : slow
}

function slowness(flow: FlowView): Confidence | typeof A_STEP | typeof AS_IT_COMES | null {
  if (flow.answered === 0 || flow.hasUnseen(flow.server) || longestResponse(flow) < LATE) return null
  const isLate = meanResponse(flow) >= LATE
  if (!isLate && !(timeWaited(flow) > MOST_OF_THE_TIME * (flow.lastTime - flow.firstTime))) return null
  // Asked last: the handshake's signals are the flow's oldest, and take longest to reach.
  const distance = initialRoundTrip(flow)
  if (answersRarely(flow) || (distance !== null && meanResponse(flow) < ROUND_TRIPS * distance)) return null
  if (isTheNetworks(flow)) return null
  if (tellsAsItComes(flow)) return AS_IT_COMES
  // Of an answer that the capture holds in part, it is not known when it began to come.
  if (mayBeTheNetworks(flow) || flow.missing(flow.server) > 0) return 'suspected'
  if (followsServersPace(flow)) return isUpgraded(flow) ? null : 'suspected'
  if (mayKeepItsOwnTime(flow)) return leavesSomeOut(flow) ? null : 'suspected'
  const isCertain = flow.signalCount(Signal.RETRANSMISSION) === 0 && isLateAgain(flow) && distance !== null
  if (isCertain && answersInTurn(flow) && isLateBesides(flow)) return 'certain'
  return isAStep(flow) ? A_STEP : 'likely'
}

/** All answers came promptly but for one, for whose wait the clock is the likelier reason. */
export const healthyButForAStep: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.LATE | Fact.SERVED],
  holds: ({ flow }) => (flow.unanswered === 0 && slowness(flow) === A_STEP ? 'likely' : null),
  candidates: [
    { verdict: 'healthy', standing: 'supported', reasons: ['all other answers came promptly'] },
    {
      verdict: 'slow-responder',
      standing: 'possible',
      reasons: [
        'one answer is late by the stamps; but nothing acknowledged its request before, as a system does within 0.5 s, and nothing sent it again: the clock was set meanwhile, or the capture lacks the acknowledgment',
      ],
    },
  ],
}

/** The client spoke once, and what it was told since came by itself: so its first word may have. */
export const healthyAsItComes: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.LATE | Fact.SERVED],
  holds: ({ flow }) => (slowness(flow) === AS_IT_COMES ? 'likely' : null),
  candidates: [
    {
      verdict: 'healthy',
      standing: 'supported',
      reasons: ['the server goes on telling unasked, after pauses such as the first one'],
    },
    {
      verdict: 'slow-responder',
      standing: 'possible',
      reasons: ['what it said first may have been owed to the client’s only message, and late'],
    },
  ],
}

/** Each of the late answers that are kept was owed to a loss of its request. */
const isTheNetworks = (flow: FlowView): boolean => isTrueOfEach(flow, isOwedToLoss)

/** The path loses packets, and each of the late answers that are kept may have been among them. */
const mayBeTheNetworks = (flow: FlowView): boolean => isTrueOfEach(flow, mayBeOwedToLoss)

/**
 * No system leaves a request alone for so long (RFC 9293 §3.8.6.3), and no client waits so long before it repeats one that nothing
 * acknowledged: so the time has not passed, and the clock was set, which happens once, or the machine that captured stood still.
 */
const isAStep = (flow: FlowView): boolean =>
  flow.signalCount(Signal.LATE_REPLY) === 1 &&
  flow.signalCount(Signal.RETRANSMISSION) === 0 &&
  // A client that closes while it waits shows that the time passes.
  !flow.has(State.DATA_AFTER_FIN) &&
  !isLateBesides(flow) &&
  flow.newestValue(Signal.LATE_REPLY) < 0

/** Never true on a path that loses nothing. */
function isTrueOfEach(flow: FlowView, isTrue: (flow: FlowView, answer: LateAnswer) => boolean): boolean {
  if (flow.signalCount(Signal.RETRANSMISSION) === 0) return false
  const late = flow.signals(Signal.LATE_REPLY)
  return late.length > 0 && late.every((signal) => isTrue(flow, lateAnswer(signal)))
}

/** The first answer of a connection that the capture holds from its beginning: it may have stood in the accept queue. */
const isLateAtFirst = (flow: FlowView): boolean => !isMidstream(flow) && flow.firstResponse >= LATE

/** The shortest request, `GET / HTTP/1.0` and an empty line. */
const LEAST_REQUEST = 18

/** It began as HTTP, and what the client repeats is too short to be HTTP: frames of a WebSocket. */
const isUpgraded = (flow: FlowView): boolean =>
  flow.speech(flow.client) === Speech.HTTP_REQUEST && flow.beat !== null && flow.beat.size < LEAST_REQUEST

/**
 * One segment for each request and one for each answer. With more, some may be the server's own words and no answers, or
 * the client was still sending when it seemed to wait.
 */
const answersInTurn = (flow: FlowView): boolean =>
  flow.segments(flow.server) <= flow.answered && Math.max(flow.firstRun, flow.longestRun) <= 1

/** TCP's least retransmission time-out (Linux): what comes sooner after the piece before may be of the same request. */
const PIECES_MS = 200

/** The client sends at its own pace, even or not, and the server answers now and then: nobody waits. */
function answersRarely(flow: FlowView): boolean {
  // A client that has shut its side before the answer sends no more: the answer was all that was still to come.
  if (flow.has(State.DATA_AFTER_FIN)) return false
  if (flow.segments(flow.server) >= LEAST_ANSWERED * flow.segments(flow.client)) return false
  const pace = rhythmOf(flow) ?? unevenPace(flow)
  return pace === null ? areAllPrompted(flow) : !(meanResponse(flow) < pace.periodMs * 1e6)
}

/**
 * A server that answers each request owes no more of them than were ever open at once. Of a client that beats by its clock and is
 * owed more, it answers none: what it says has a beat of its own.
 */
const leavesSomeOut = (flow: FlowView): boolean =>
  flow.segments(flow.client) - flow.unanswered - flow.segments(flow.server) > Math.max(flow.firstRun, flow.longestRun)

/** Messages of one size again and again, too far apart to be one request's pieces. */
function unevenPace({ beat }: FlowView): BeatView | null {
  return beat !== null && beat.count >= LEAST_MESSAGES && beat.periodMs >= PIECES_MS ? beat : null
}

function farness(flow: FlowView): string {
  const distance = initialRoundTrip(flow)
  return distance === null
    ? 'How far the network is, is not known: the capture lacks the handshake.'
    : `The handshake shows how far the network is: its round trip took ${formatDuration(distance)}.`
}

/** Where quick answers outnumber the late ones, an average is none of them: then what rules is told. */
function late(flow: FlowView): string {
  if (meanResponse(flow) >= LATE)
    return `${counted(flow.answered, 'request')} answered after ${formatDuration(meanResponse(flow))}${onAverage(flow)}`
  const share = timeWaited(flow) / (flow.lastTime - flow.firstTime)
  return `${counted(flow.answered, 'request')} answered, after up to ${formatDuration(longestResponse(flow))}: ${Math.round(share * 100)} % of its time is spent waiting`
}

const onAverage = (flow: FlowView): string => (flow.answered > 1 ? ' on average' : '')
