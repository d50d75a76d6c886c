import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { firstReplyBytes } from '../evidence/first-byte.ts'
import { speaksHttp, speaksHttp2 } from '../evidence/protocol.ts'
import { BEYOND_HABIT, Fact, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/**
 * Two segments may be the two parts of one request, its head and its body; a third one is a piece or another request. Written
 * out for the assembly by the build.
 * @public
 */
export const LEAST_AT_ONCE = 3

/** Requests were sent without waiting for answers, and answers to some of them have not come. */
export const pipelineStalled: VerdictRule = {
  verdict: 'peer-stalled',
  needs: [Fact.OVERDUE | Fact.ANSWERED],
  holds: (judged) => (isSilent(judged) && owesAnswers(judged.flow) ? 'suspected' : null),
  candidates: ({ flow }) => [
    {
      verdict: 'peer-stalled',
      standing: 'supported',
      reasons: [
        flow.http.openRequests > 0
          ? `${counted(flow.http.openRequests, 'request')} without an answer, by the ${speaksHttp2(flow) ? 'frames' : 'headers'} of both ends`
          : 'fewer answers came than requests of one size were sent, and none any more',
      ],
    },
    ...(flow.http.openRequests > 0
      ? [
          {
            verdict: 'slow-responder' as const,
            standing: 'possible' as const,
            reasons: [
              speaksHttp2(flow)
                ? 'the answers to them may still come: each stream is answered by itself'
                : 'the answers to them may still come, each after the one before',
            ],
          },
        ]
      : [
          {
            verdict: 'healthy' as const,
            standing: 'possible' as const,
            reasons: ['later answers may be shorter than the first, and several of them come in one segment'],
          },
        ]),
    { verdict: 'never-accepted', standing: 'contradicted', reasons: ['it answered before, so it was accepted'] },
  ],
  finding: {
    id: 'pipeline-stalled',
    title: 'Fewer answers than requests',
    severity: 'error',
    meaning:
      'The client sent several HTTP requests without waiting, HTTP/1.1 has each of them answered in turn, and the server answered fewer: by the headers of both ends, or, where answers cannot be told apart, as it sent fewer segments and fewer bytes than answers like its first would take. In HTTP/2 in plain text, fewer streams began to be answered and ended than the client asked for. Then it fell silent: the process hangs in one of the requests, or does not read on.',
    lookAlikes: [
      'Several answers in one segment: then they are as many bytes as answers like the first one.',
      'Answers that are shorter than the first (304 after 200).',
      'One request in pieces: they are not of the size of its head.',
      'A stream of HTTP/2 whose answer waits for something to tell, its header too.',
    ],
    nextSteps: [
      'Wireshark: http: its list shows which request has no response, as [Response in frame] is missing.',
      'State of the process at that time: ps -o stat,wchan, a stack dump (jstack, gdb -p, py-spy).',
      'Does the server support pipelining at all? Some answer the first request only.',
    ],
    reference: 'RFC 9112 §9.3.2; RFC 9113 §8.1',
    confidence: 'suspected',
    tell: (judged) => {
      const { flow } = judged
      return {
        title:
          flow.http.openRequests > 0
            ? `${judged.name}: ${counted(flow.http.openRequests, 'request')} sent ahead and not answered, and silence for ${formatDuration(silence(judged))}`
            : `${judged.name}: ${flow.segments(flow.client)} requests, about ${answersLike(flow)} answered, and silence for ${formatDuration(silence(judged))}`,
        explanation:
          flow.http.openRequests > 0
            ? speaksHttp2(flow)
              ? `As many streams of the client ended more than the server began to answer: ${flow.http.openRequests}, while others were answered.`
              : `HTTP/1.1 has requests answered in turn: the headers of the answers that came account for all but ${counted(flow.http.openRequests, 'request')}.`
            : `Each request was one segment of ${flow.beat!.size} bytes; the first answer had ${firstReplyBytes(flow)} bytes, and all that the server sent is ${flow.payload(flow.server)} bytes in ${counted(flow.segments(flow.server), 'segment')}.`,
        evidence: [
          judged.signalled('the first answer', Signal.REPLY, flow.server),
          judged.seen('the last packet', [flow.lastFrame]),
        ],
      }
    },
  },
}

/** Streams of HTTP/2 waited together, and the thread of their frames was lost. */
export const healthyMultiplexed: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.OVERDUE],
  holds: ({ flow }) =>
    flow.unanswered === 0 && speaksHttp2(flow) && (!flow.http.isFramed || flow.http.openRequests > 0) ? 'likely' : null,
  candidates: [
    { verdict: 'healthy', standing: 'supported', reasons: ['requests were answered'] },
    {
      verdict: 'peer-stalled',
      standing: 'possible',
      reasons: ['several streams waited at once: whether each of them was answered is not seen'],
    },
  ],
}

/** Several segments waited for an answer at once, and it is not seen whether each request among them got one. */
export const healthyPipelined: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.OVERDUE],
  holds: (judged) => (judged.flow.unanswered === 0 && isSilent(judged) ? 'likely' : null),
  candidates: [
    { verdict: 'healthy', standing: 'supported', reasons: ['requests were answered'] },
    {
      verdict: 'peer-stalled',
      standing: 'possible',
      reasons: [
        'several segments waited for an answer at once: if they were requests, it is not seen whether each was answered',
      ],
    },
  ],
}

const silence = (judged: Case): number => (judged.goesOn ? judged.end : judged.flow.lastTime) - judged.flow.lastReply

/** Longer than the server ever took, on a connection that it has not closed, after segments that waited together. */
function isSilent(judged: Case): boolean {
  const { flow } = judged
  if (flow.unanswered > 0 || !(speaksHttp(flow) || speaksHttp2(flow)) || !areAhead(flow)) return false
  if (flow.has(State.FIN << flow.server) || flow.has(State.RST << flow.server)) return false
  if (flow.hasUnseen(0) || flow.hasUnseen(1)) return false
  return silence(judged) > Math.max(PATIENCE, BEYOND_HABIT * Math.max(flow.firstResponse, flow.longestResponse))
}

/** Requests were sent before others were answered, for all that is known. */
const areAhead = (flow: FlowView): boolean =>
  flow.http.isFramed ? flow.http.openRequests > 0 : Math.max(flow.firstRun, flow.longestRun) >= LEAST_AT_ONCE

/** All that the client sent is of one size, as the same request is, and the answers do not add up to as many. */
function owesAnswers(flow: FlowView): boolean {
  if (flow.http.isFramed) return flow.http.openRequests > 0
  const { beat } = flow
  const asked = flow.segments(flow.client)
  if (beat === null || beat.count !== asked || flow.segments(flow.server) >= asked) return false
  return firstReplyBytes(flow) > 0 && flow.payload(flow.server) < asked * firstReplyBytes(flow)
}

/** How many answers like the first one the server's bytes are. */
const answersLike = (flow: FlowView): number => Math.round(flow.payload(flow.server) / firstReplyBytes(flow))
