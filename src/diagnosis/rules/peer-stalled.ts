import type { BeatView } from '../../flow/beats.ts'
import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { closeWaitOf } from '../evidence/close-wait.ts'
import { isFirstInTls, isStatementClosed, owesAnswer } from '../evidence/owed-answer.ts'
import { AT_ONCE, isOneMessage, isTransfer, usualRun } from '../evidence/pending-message.ts'
import { opensDialogue, speaksHttp, speaksHttp2 } from '../evidence/protocol.ts'
import { rhythmOf } from '../evidence/rhythm.ts'
import { followsServersPace, waitsForEvents } from '../evidence/servers-pace.ts'
import { isMidstream } from '../evidence/stance.ts'
import { type WordAtClose, wordAtClose } from '../evidence/word-at-close.ts'
import { BEYOND_HABIT, Fact, PATIENCE } from '../fact.ts'
import type { Telling, VerdictRule } from '../rule.ts'
import type { Candidate, Confidence } from '../verdict.ts'

/** An answer that the capture lost shows in what the client's next segment acknowledges: so many in a row lack one. */
const NOT_ALL_LOST = 3
/** Fewer answers may belong to an opening, after which only the client speaks (printers, uploads). */
const HABIT = 3
/** Two equal gaps are the least that shows a pace: so many messages show whether they are alike. */
const LEAST_TOLD = 3
/** Below half no size recurs more often than not. */
const REPEATED_SHARE = 0.5

/** It was answering, then nothing any more, though its kernel still acknowledges. */
export const peerStalled: VerdictRule = {
  verdict: 'peer-stalled',
  needs: [Fact.OVERDUE, Fact.DATA_AFTER_FIN | Fact.ANSWERED],
  holds,
  candidates: (judged) => (wordAtClose(judged.flow) === null ? candidates(judged) : AT_CLOSE),
  finding: {
    id: 'peer-stalled',
    title: 'The server stopped answering',
    severity: 'error',
    meaning:
      'The server answered, and then stopped answering, while its kernel goes on acknowledging: the process hangs, is stopped, or has lost this connection.',
    lookAlikes: [
      'A protocol with rare answers: its silence is not longer than before.',
      'An opening that is answered and after which only the client speaks (MQTT at QoS 0, AMQP, events on a WebSocket): the same packets.',
      'One request that takes its time (a long query, a blocking read of a queue, long polling): its answer comes in the end.',
      'An upload under way: its answer is due when it is over.',
      'A stream of HTTP/2 that is open for what may come (a watch, a subscription): what answers PING is the library, be the stream served or not.',
      'A path that loses the answers: then the server’s sequence numbers move on.',
      'A capture that lost the answers: the client acknowledges bytes that are not in it.',
      'An answer that comes when the client has just given up: then it is as late as the client is impatient.',
    ],
    nextSteps: [
      'State of the process at that time: ps -o stat,wchan, a stack dump (jstack, gdb -p, py-spy).',
      'ss -tanpe: Recv-Q of the connection grows if it no longer reads.',
    ],
    reference: 'RFC 9293 §3.8.6: acknowledgments are the kernel’s, not the application’s',
    confidence: (judged) => holds(judged) ?? 'suspected',
    tell: (judged) => {
      const { flow } = judged
      const word = wordAtClose(flow)
      if (word !== null) return tellAtClose(judged, word)
      return {
        title: `${judged.name}: no answer for ${formatDuration(silence(judged))}, after ${flow.answered === 0 ? 'its greeting' : counted(flow.answered, 'answer')}`,
        explanation: `The last ${flow.unanswered === 1 ? 'segment of the client was' : `${flow.unanswered} segments of the client were`} ${flow.outstanding(flow.client) > 0 ? 'not all acknowledged, and' : 'acknowledged and'} not answered; ${flow.answered === 0 ? 'it had only sent a greeting' : `the longest answer before took ${formatDuration(longest(judged))}`}.`,
        evidence: [
          judged.seen('the first request without an answer, and the last packet', [flow.pendingFrame, flow.lastFrame]),
        ],
      }
    },
  },
}

const AT_CLOSE: readonly Candidate[] = [
  {
    verdict: 'peer-stalled',
    standing: 'supported',
    reasons: ['it answered before, and then said nothing until the client had closed'],
  },
  {
    verdict: 'slow-responder',
    standing: 'possible',
    reasons: ['what it said then may have been the answer, just when the client gave up'],
  },
  { verdict: 'never-accepted', standing: 'contradicted', reasons: ['it answered before, so it was accepted'] },
]

function tellAtClose(judged: Case, { waited, after, frame }: WordAtClose): Telling {
  const { flow } = judged
  const fin = flow.signals(Signal.FIN).flatMap((signal) => (signal.side === flow.client ? [signal.frame] : []))
  return {
    title: `${judged.name}: no answer for ${formatDuration(waited)}, after ${counted(flow.answered - 1, 'answer')}; then the client gave up`,
    explanation: `What the server said last came ${formatDuration(after)} after the client’s FIN, and acknowledges it: so a server reacts to the close (TLS by an alert), and the request has no answer.`,
    evidence: [judged.seen('the client’s FIN', fin), judged.seen('what the server said upon that', [frame])],
  }
}

function holds(judged: Case): Confidence | null {
  const { flow } = judged
  if (wordAtClose(flow) !== null) return 'suspected'
  if (isClosedBefore(flow)) return null
  if (greetedOnly(judged)) return silence(judged) > PATIENCE ? 'suspected' : null
  if (flow.answered === 0 || flow.unanswered === 0 || isStatementClosed(flow)) return null
  if (!owesAnswer(flow) && !isFirstInTls(flow)) {
    if (flow.unanswered <= usualRun(flow) || isTransfer(flow)) return null
    if (flow.unanswered === 1 && !asksInTurn(flow) && !isAbandoned(judged)) return null
    if (delivers(judged) || isReacting(flow, waitsForEvents)) return null
  }
  if (flow.unanswered < NOT_ALL_LOST && (flow.hasUnseen(flow.server) || flow.missing(flow.client) > 0)) return null
  if (!isSilent(judged)) return null
  if (isReacting(flow, followsServersPace) || speaksHttp2(flow)) return 'suspected'
  return isHabit(judged) && !isNewQuestion(flow) ? 'likely' : 'suspected'
}

function candidates(judged: Case): readonly Candidate[] {
  const { flow } = judged
  const waiting = flow.unanswered === 1 ? 'segment of the client' : `${flow.unanswered} segments of the client`
  const found: Candidate[] = [
    {
      verdict: 'peer-stalled',
      standing: 'supported',
      reasons: [
        flow.answered === 0
          ? `the server greeted, and has ${speaksHttp2(flow) ? 'sent no frame of a stream' : 'said nothing'} since to the last ${waiting}`
          : `${counted(flow.answered, 'answer')} came before, none for the last ${waiting}`,
      ],
    },
    {
      verdict: 'accepted-no-reply',
      standing: 'possible',
      reasons: ['it may read and no longer answer: the wire shows the same'],
    },
  ]
  const innocent = innocence(judged)
  if (innocent !== null) found.push({ verdict: 'healthy', standing: 'possible', reasons: [innocent] })
  if (flow.unanswered === 1)
    found.push({
      verdict: 'slow-responder',
      standing: 'possible',
      reasons: ['one request is open, and its answer may still come: a long query, a blocking read of a queue'],
    })
  return [
    ...found,
    {
      verdict: 'never-accepted',
      standing: 'contradicted',
      reasons: [`it ${flow.answered === 0 ? 'greeted the client' : 'answered before'}, so it was accepted`],
    },
  ]
}

/** Why nothing may be due; null where the protocol, or the habit, has the client wait for an answer. */
function innocence(judged: Case): string | null {
  const { flow } = judged
  if (speaksHttp2(flow))
    return 'a stream of HTTP/2 may be open for as long as there is nothing to tell: a watch, a subscription'
  const server = flow.speech(flow.server)
  if (server === Speech.TLS && owesAnswer(flow))
    return 'what came last may have completed the handshake, after which TLS 1.3 owes nothing until the client asks'
  if (opensDialogue(flow) || owesAnswer(flow) || isHabit(judged)) return null
  return 'so few answers may belong to the opening, after which only the client speaks (MQTT at QoS 0, log shippers, events on a WebSocket)'
}

/** The server had closed its side before an answer to what has none was late: it could not give one any more. */
const isClosedBefore = (flow: FlowView): boolean =>
  flow.has(State.FIN << flow.server) &&
  flow.firstFin?.side === flow.server &&
  flow.firstFin.time - flow.pendingSince <= PATIENCE

/** Longer without an answer than the server ever took. */
const isSilent = (judged: Case): boolean => silence(judged) > Math.max(PATIENCE, BEYOND_HABIT * longest(judged))

/** The client has had no answer for long, be one due or not: that it gets what it waits for is not seen. */
export const isLeftOpen = (judged: Case): boolean =>
  judged.flow.unanswered > usualRun(judged.flow) && !isTransfer(judged.flow) && isSilent(judged)

/** How long the client has waited by now. */
function silence(judged: Case): number {
  const { flow } = judged
  if (flow.answered === 0) return judged.end - flow.pendingSince
  if (owesAnswer(flow)) return (judged.goesOn ? judged.end : flow.lastTime) - flow.lastPush
  return flow.unanswered === 0 ? 0 : Math.max(judged.waiting, flow.lastTime - beatingSince(flow))
}

/**
 * Since when a beat is not answered whose requests were each answered before: a pause shorter than between two messages
 * makes none of them a piece of the one before. It began no later than with gaps shorter by a deviation.
 */
function beatingSince({ beat, unanswered, lastPush }: FlowView): number {
  if (beat === null || beat.answered < HABIT || beat.count < unanswered) return lastPush
  return lastPush - (unanswered - 1) * Math.max(0, beat.periodMs - beat.jitterMs) * 1e6
}

const longest = ({ flow }: Case): number =>
  Math.max(flow.longestResponse, Number.isNaN(flow.firstResponse) ? 0 : flow.firstResponse)

/** Every request so far was answered before the next: the client waits for this answer too. */
const asksInTurn = (flow: FlowView): boolean => flow.answered >= HABIT && usualRun(flow) === 0

/**
 * The client closed when it had waited for long, and more than a second later no process has closed the other end: what reads meets
 * the end at once, so that this is one that does not get as far as reading.
 */
const isAbandoned = (judged: Case): boolean => {
  const { flow } = judged
  if (closeWaitOf(judged) === 0) return false
  return flow.oldestSignal(Signal.FIN) - flow.pendingSince > Math.max(PATIENCE, BEYOND_HABIT * longest(judged))
}

/**
 * The server spoke first, and answered nothing of what the client said then: by the clock, or once, in reply to the greeting. In
 * HTTP/2 it said what sets the connection up, and nothing of a stream.
 */
function greetedOnly({ flow }: Case): boolean {
  if (flow.answered > 0 || flow.unanswered === 0) return false
  if (speaksHttp2(flow)) return true
  if (!flow.has(State.SERVER_FIRST)) return false
  const replies = flow.segments(flow.server) === 1 && flow.segments(flow.client) === 1
  if (replies && flow.pendingSince - flow.lastReply < AT_ONCE) return true
  return opensDialogue(flow) || rhythmOf(flow) !== null
}

/** What the client said last may be its word to what the server had told it unasked, as a receipt is: no answer is due. */
const isReacting = (flow: FlowView, follows: (flow: FlowView) => boolean): boolean =>
  flow.unanswered === 1 && follows(flow)

/**
 * After an opening the client does not ask any more but tells: in HTTP it would wait for each answer, so that this is
 * what it has changed over to; messages of every size are what comes up, where a question is repeated; and the server
 * had read all of it, or it would not close when the client does.
 */
function delivers(judged: Case): boolean {
  const { flow } = judged
  if (flow.unanswered < 2 || isHabit(judged)) return false
  if (speaksHttp(flow)) return !isOneMessage(flow)
  return closesTogether(flow) || (flow.unanswered >= LEAST_TOLD && !repeatsItself(flow))
}

/** The server's FIN follows the client's at once: its process was there to read it. */
function closesTogether(flow: FlowView): boolean {
  const [first, second] = flow.signals(Signal.FIN)
  if (first?.side !== flow.client || second?.side !== flow.server) return false
  return second.time - first.time < AT_ONCE
}

/** Most of what it sends is of one size, as the same question is. */
const repeatsItself = (flow: FlowView): boolean =>
  flow.beat !== null && flow.beat.count >= REPEATED_SHARE * flow.segments(flow.client)

/**
 * It answers by habit. An opening is answered, too, and only the client speaks after some (AMQP, Kafka without
 * acknowledgments): but an opening is short against what follows, and is made of other messages.
 */
function isHabit(judged: Case): boolean {
  const { flow } = judged
  if (flow.answered < HABIT) return false
  if (flow.unanswered === 1) return true
  if (isOfAnotherKind(flow)) return false
  if (isMidstream(flow) || isAskedFor(flow.beat)) return true
  return flow.lastReply - flow.firstTime >= silence(judged)
}

/** Messages of this size were answered one by one, and no longer are. */
const isAskedFor = (beat: BeatView | null): boolean =>
  beat !== null && beat.answered >= HABIT && beat.count > beat.answered

/**
 * All that is pending is of one size, and nothing of that size was ever answered: what was may have been pings, and these are
 * what the client has to tell (MQTT at QoS 0).
 */
const isOfAnotherKind = ({ newestBeat, unanswered }: FlowView): boolean =>
  newestBeat !== null && newestBeat.answered === 0 && newestBeat.count === unanswered

/** The one message that is pending is of a size that was never answered: what it asks for may take longer than all before. */
const isNewQuestion = (flow: FlowView): boolean => flow.unanswered === 1 && isOfAnotherKind(flow)
