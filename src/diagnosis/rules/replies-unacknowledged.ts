import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { CAPS, Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import { times } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { newestRepetition } from '../evidence/repetition.ts'
import { isMidstream } from '../evidence/stance.ts'
import { Fact, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/**
 * One repetition may be a loss, two in a row without any sign that they arrived are none. Written out for the assembly by
 * the build.
 * @public
 */
export const LEAST_REPETITIONS = 2

/** The server answers, and its answer does not get through to the client. */
export const repliesUnacknowledged: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.REPLY_MISSED],
  holds: (judged) => (isStuck(judged) ? 'likely' : null),
  candidates: [
    {
      verdict: 'insufficient',
      standing: 'supported',
      reasons: ['the server sends, and the client does not get it: the path loses it, not the process keeps it'],
    },
    { verdict: 'never-accepted', standing: 'contradicted', reasons: ['it answered, so it was accepted'] },
    { verdict: 'peer-stalled', standing: 'contradicted', reasons: ['it did answer: its sequence numbers moved on'] },
  ],
  finding: {
    id: 'replies-unacknowledged',
    title: 'The server’s answer does not arrive',
    severity: 'error',
    meaning:
      'The server’s sequence numbers moved on, and the client never acknowledges them: the answer was sent and is lost on the way again and again. Neither process hangs.',
    lookAlikes: [
      'A server that stopped answering: then its sequence numbers do not move.',
      'A capture that lost packets: then the client acknowledges them all the same.',
      'A client that does not read: then it tells a window of zero.',
    ],
    nextSteps: [
      'If small answers arrive and large ones do not, a link with a smaller MTU is on the path: ping -M do -s 1472 SERVER (Windows: ping -f -l 1472), and look for a firewall that drops ICMP type 3 code 4.',
      'If none arrive, look for the route back, and for a firewall or NAT that knows one direction only.',
      'Capture at the other end and compare: which packets are sent there and not received here?',
    ],
    reference: 'RFC 2923 §2.1, black hole detection; RFC 6298 §5',
    confidence: 'likely',
    tell: (judged) => {
      const { flow } = judged
      const again = repetitions(judged)
      const bytes = flow.outstanding(flow.server)
      const gaps = flow.signals(Signal.HOLE).flatMap(({ side, frame }) => (side === flow.server ? [frame] : []))
      const shown = again.length > 0 ? ` It was sent again ${times(again.length)} or more.` : ''
      const unseen =
        flow.missing(flow.server) > 0
          ? ` ${flow.missing(flow.server)} bytes of it did not come as far as this capture.`
          : ''
      return {
        title: `${judged.name}: ${bytes} bytes from the server are not acknowledged, for ${formatDuration((lacksBytes(judged) ? judged.end : flow.lastTime) - since(judged))}`,
        explanation: `The server answered, but the client still acknowledges only what came before.${unseen}${shown} The process is not what is silent here.`,
        evidence: [
          ...(gaps.length > 0
            ? [judged.seen('the server’s numbers have moved on past bytes that did not come', gaps)]
            : []),
          again.length > 0
            ? judged.seen(
                'the server’s data, again',
                again.map(({ frame }) => frame),
              )
            : judged.seen('the client since, which acknowledges no more', [
                ...(flow.unanswered > 0 ? [flow.pendingFrame] : []),
                flow.lastFrame,
              ]),
        ],
      }
    },
  },
}

const repetitions = ({ flow }: Case) =>
  flow.signals(Signal.RETRANSMISSION).filter(({ side, time }) => side === flow.server && time > flow.lastReply)

/** Signals of both sides have one cap: where the client's have filled it, the server's are only counted. */
const repeated = (judged: Case): number =>
  Math.max(repetitions(judged).length, isCapped(judged.flow) ? judged.flow.retransmissions(judged.flow.server) : 0)

const isCapped = (flow: FlowView): boolean => flow.signalCount(Signal.RETRANSMISSION) === CAPS[Signal.RETRANSMISSION]

/** Bytes are missing before others, here and at the client, which had the time to say so and to get them again. */
const lacksBytes = (judged: Case): boolean =>
  judged.flow.missing(judged.flow.server) > 0 &&
  judged.flow.lastTime > judged.flow.lastReply &&
  judged.goesOn &&
  judged.end - judged.flow.lastReply > PATIENCE

/**
 * Of all that the server said nothing was acknowledged, and the client lacks its beginning, however either end closed in the end:
 * so a link with a smaller MTU loses all but the last segment of the first answer.
 */
function lacksBeginning({ flow, end, goesOn }: Case): boolean {
  const { server } = flow
  if (flow.missing(server) <= 0 || flow.acknowledged(server) > 0) return false
  const first = firstKnown(flow)
  return goesOn && flow.lastTime > first && end - first > PATIENCE
}

/** When the server is first known to have answered: by what came of it, or by the number of an acknowledgment that did. */
function firstKnown(flow: FlowView): number {
  const reply = flow.oldestSignal(Signal.REPLY)
  const hole = flow.signals(Signal.HOLE).find(({ side }) => side === flow.server)
  return Number.isNaN(reply) ? (hole?.time ?? Number.NaN) : reply
}

/** Since when the client lacks it. */
const since = (judged: Case): number => (lacksBeginning(judged) ? firstKnown(judged.flow) : judged.flow.lastReply)

/**
 * A capture on the device that answered the SYN in the server's name holds both its sides as one connection, each with numbers of
 * its own for the server: they do not tell what arrived.
 */
const isSeenTwice = (flow: FlowView): boolean =>
  flow.signalCount(Signal.SYN_ACK) > 1 &&
  flow.signals(Signal.SYN_ACK)[0]?.value === 0 &&
  flow.signals(Signal.SYN_ACK).some(({ value }) => value > 0)

/** The client said something new, or the server its last words again, long after the client should have had them. */
function isStuck(judged: Case): boolean {
  const { flow } = judged
  const { client, server } = flow
  if (isMidstream(flow) || flow.outstanding(server) === 0 || flow.packets(client) === 0) return false
  // What the capture lost of the client's words acknowledged something, too.
  if (isSeenTwice(flow) || flow.hasUnseen(client)) return false
  if (lacksBeginning(judged)) return true
  // What a full window holds back, or an end broke off, is not lost.
  if (flow.has(State.ZERO_WINDOW << client) || flow.has(State.RST) || flow.has(State.RST << 1)) return false
  if (flow.has(State.FIN << server)) return false
  if (flow.unanswered > 0 && flow.lastPush - flow.lastReply > PATIENCE) return true
  if (lacksBytes(judged)) return true
  if (flow.signalCount(Signal.RETRANSMISSION) < LEAST_REPETITIONS) return false
  return (
    repeated(judged) >= LEAST_REPETITIONS && newestRepetition(flow, repetitions(judged)) - flow.lastReply > PATIENCE
  )
}
