import type { FlowView } from '../../flow/flow-view.ts'
import { LateReply } from '../../flow/late-reply.ts'
import { Signal, type SignalView } from '../../flow/signal-log.ts'
import { LATE } from '../fact.ts'

/** An answer, and how long the client had waited for it; nanoseconds. */
export interface LateAnswer {
  readonly time: number
  readonly delay: number
  /** Nothing had acknowledged the request before: the answer is the first sign that the server's system had it. */
  readonly acknowledgesFirst: boolean
  /** It came right behind what the client had said last, while it had waited since an earlier message. */
  readonly isPrompted: boolean
}

/** What the signal of a late reply tells. */
export function lateAnswer({ time, value }: SignalView): LateAnswer {
  const told = value < 0 ? ~value : value
  return {
    time,
    delay: (told & LateReply.MOST) * 1e6,
    acknowledgesFirst: value < 0,
    isPrompted: (told & LateReply.PROMPTED) !== 0,
  }
}

/** One reply follows a message of the client so closely by chance in ten times, and two do in a hundred. */
const NO_CHANCE = 2

/**
 * Whenever the server speaks, it is right behind a message of a client that goes on without it: it tells now and then how far it
 * has come (acknowledgments of every so many records), and none of what it says is late.
 */
export function areAllPrompted(flow: FlowView): boolean {
  if (flow.signalCount(Signal.LATE_REPLY) < NO_CHANCE) return false
  return flow.signals(Signal.LATE_REPLY).every((signal) => lateAnswer(signal).isPrompted)
}

/** When the client sent again what it waited to have answered, as far as that is kept. */
function repeatedMeanwhile(flow: FlowView, { time: answered, delay }: LateAnswer): readonly SignalView[] {
  if (flow.signalCount(Signal.RETRANSMISSION) === 0) return []
  const asked = answered - delay
  return flow
    .signals(Signal.RETRANSMISSION)
    .filter(({ side, time }) => side === flow.client && time > asked && time < answered)
}

/**
 * An answer that took so long followed a request that the client had repeated: until shortly before, the path had lost it, and
 * the server did not have what it was to answer. Where nothing acknowledged it but the answer, that holds however long the
 * last repetition was ago: a system acknowledges within 0.5 s what its process leaves alone (RFC 9293 §3.8.6.3), and at once what
 * it has twice, so that the path lost the repetitions, or the answer.
 */
export function isOwedToLoss(flow: FlowView, answer: LateAnswer): boolean {
  const again = repeatedMeanwhile(flow, answer)
  return again.length > 0 && (answer.acknowledgesFirst || answer.time - again.at(-1)!.time < LATE)
}

/** The same is possible: the client repeated its request, or nothing acknowledged it for longer than a system takes for that. */
export const mayBeOwedToLoss = (flow: FlowView, answer: LateAnswer): boolean =>
  answer.acknowledgesFirst || repeatedMeanwhile(flow, answer).length > 0
