import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'
import { formatDuration } from '../../text/duration.ts'
import type { Case } from '../case.ts'
import { firstReplyBytes } from '../evidence/first-byte.ts'
import { BEYOND_HABIT, Fact, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate, Confidence } from '../verdict.ts'

/** The server began an answer, and what it announced of it never came. */
export const answerCut: VerdictRule = {
  verdict: 'peer-stalled',
  needs: [Fact.OVERDUE | Fact.ANSWERED],
  holds,
  candidates: (judged): readonly Candidate[] => [
    { verdict: 'peer-stalled', standing: 'supported', reasons: [shortfall(judged.flow)] },
    isEnded(judged.flow)
      ? {
          verdict: 'server-died',
          standing: 'possible',
          reasons: ['a process that ends while it answers leaves the same: what it had sent, and the end'],
        }
      : {
          verdict: 'insufficient',
          standing: 'possible',
          reasons: [
            'segments that a path loses on their way to the capture are not seen either: full ones first, where its MTU is smaller',
            ...(confirmed(judged.flow) > PATIENCE ? [] : ['nor what a sniffer drops of a burst']),
          ],
        },
    ...(mayBeStream(judged.flow) ? [STREAM] : []),
    { verdict: 'never-accepted', standing: 'contradicted', reasons: ['it answered, so it was accepted'] },
  ],
  finding: {
    id: 'answer-cut',
    title: 'The answer stops before its end',
    severity: 'error',
    meaning:
      'The answer tells how long it is (Content-Length in HTTP), or that it comes in chunks, the last of them empty, or begins what it does not finish (a record, or the flight after a ServerHello, in TLS). Less than that came, and then nothing more, or the end of the connection: the process hangs or ended while it answered, or what it reads from does.',
    lookAlikes: [
      'A client that takes nothing out of its receive buffer: then its window is closed.',
      'A path that loses large segments: a capture at the server shows them sent again and again.',
      'A capture that lost packets: the client acknowledges bytes that are not in it.',
      'An answer that is sent at a measured pace: it goes on.',
      'A stream in chunks (events, a log that is followed): it is open as long as its client listens, and waits between two chunks.',
    ],
    nextSteps: [
      'Capture at the server as well: does its system send the rest, again and again, or was it never given more?',
      'State of the process at that time: ps -o stat,wchan, a stack dump (jstack, gdb -p, py-spy).',
      'What does the process read the rest from: a disk, a database, a server behind a proxy?',
    ],
    reference: 'RFC 9112 §7.1 and §8; RFC 8446 §5.1',
    confidence: (judged) => holds(judged) ?? 'suspected',
    tell: (judged) => {
      const { flow } = judged
      const ended = isEnded(flow)
        ? `then the server ended the connection`
        : `then nothing for ${formatDuration(silence(judged))}`
      return {
        title: `${judged.name}: ${shortfall(flow)}, ${ended}`,
        explanation: `${promise(flow)} The client had nothing more to say: it was the server’s turn.`,
        evidence: [
          ...(flow.answered === 1
            ? [judged.signalled('the first segment of the answer', Signal.REPLY, flow.server)]
            : []),
          judged.seen('the last packet', [flow.lastFrame]),
        ],
      }
    },
  },
}

/** What a chunked answer without an end may be, too. */
const STREAM: Candidate = {
  verdict: 'healthy',
  standing: 'possible',
  reasons: ['an answer in chunks may be a stream that has nothing to tell for now (events, a log that is followed)'],
}

/** The answer has begun and is not complete, and has not been so for longer than its pace explains. */
export const healthyUnfinished: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.OVERDUE],
  holds: ({ flow }) => (flow.unanswered === 0 && isShort(flow) ? 'likely' : null),
  candidates: ({ flow }) => [
    { verdict: 'healthy', standing: 'supported', reasons: ['the server answers'] },
    { verdict: 'peer-stalled', standing: 'possible', reasons: [`the answer is not complete: ${shortfall(flow)}`] },
  ],
}

/**
 * A silence longer than all the time that the answer had been coming is no pause of a measured pace, as that of a stream is. It
 * is known of where the client says at its end how much it has got; else a burst that the sniffer dropped looks the same. An end
 * of the connection is seen, and whose fault it is, is not.
 */
function holds(judged: Case): Confidence | null {
  const { flow } = judged
  if (flow.unanswered > 0 || !isShort(flow)) return null
  if (flow.hasUnseen(0) || flow.hasUnseen(1) || flow.missing(flow.server) > 0) return null
  if (isEnded(flow)) return 'suspected'
  if (silence(judged) <= PATIENCE || isUnacknowledged(flow)) return null
  const usual = Math.max(PATIENCE, BEYOND_HABIT * coming(flow))
  if (mayBeStream(flow)) return silence(judged) > usual ? 'suspected' : null
  return confirmed(flow) > usual ? 'likely' : 'suspected'
}

/** What is not acknowledged is sent again: where that is not seen, either, it is the capture that stops. */
const isUnacknowledged = (flow: FlowView): boolean => flow.outstanding(flow.server) > 0

/** How long after the last of the answer the connection still shows that no more came. */
const confirmed = (flow: FlowView): number => (flow.firstFin?.time ?? flow.lastTime) - flow.lastReply

/** How long the answer had been coming, from the request on. */
const coming = (flow: FlowView): number =>
  flow.answered === 1
    ? flow.lastReply - flow.oldestSignal(Signal.REPLY) + flow.firstResponse
    : flow.lastReply - flow.lastPush

/** Less came than was announced. */
const isShort = (flow: FlowView): boolean =>
  flow.http.lacking !== 0 || (flow.answered === 1 && flow.payload(flow.server) < flow.announcement)

/** It stopped between two chunks, for all that is known: where it ends is told at its end only. */
const mayBeStream = (flow: FlowView): boolean => flow.http.isInChunks && Number.isNaN(flow.http.lacking)

/** The server closed or reset, and the client had not before. */
const isEnded = (flow: FlowView): boolean => flow.has(State.RST << flow.server) || flow.firstFin?.side === flow.server

/** How long the rest was waited for: until the client gave up, or nothing more is seen. */
function silence(judged: Case): number {
  const { flow } = judged
  const until = flow.firstFin?.time ?? (judged.goesOn ? judged.end : flow.lastTime)
  return until - flow.lastReply
}

/** What the first segment of the answer told. */
function promise(flow: FlowView): string {
  if (flow.speech(flow.server) === Speech.TLS)
    return `The first segment of the answer, of ${firstReplyBytes(flow)} bytes, begins what the server never finished: a record, or its flight after a ServerHello.`
  if (flow.http.isInHeader) return 'The header of the answer begins, and the empty line that ends it did not come.'
  if (mayBeStream(flow)) return 'The answer comes in chunks, of which the last one is empty: that did not come.'
  return flow.http.isInChunks
    ? `The answer comes in chunks, each of which tells its size: of the one that came last, ${flow.http.lacking} bytes did not come.`
    : `The header of the answer tells a Content-Length, of which ${flow.http.lacking} bytes did not come.`
}

function shortfall(flow: FlowView): string {
  const came = flow.payload(flow.server)
  if (flow.speech(flow.server) === Speech.TLS) return `${came} bytes of a TLS flight that is not complete`
  if (flow.http.isInHeader) return 'an answer that stops within its header'
  if (mayBeStream(flow)) return 'an answer in chunks without the last one'
  if (flow.http.isInChunks) return `an answer that stops ${flow.http.lacking} bytes before the end of a chunk`
  return flow.answered === 1
    ? `${came} bytes of an answer of ${came + flow.http.lacking}`
    : `an answer that lacks ${flow.http.lacking} bytes`
}
