import type { FlowView } from '../../flow/flow-view.ts'
import { Signal, type SignalView } from '../../flow/signal-log.ts'
import { LATE } from '../fact.ts'

/** An answer, and how long the client had waited for it; nanoseconds. */
export interface LateAnswer {
  readonly time: number
  readonly delay: number
  /** Nothing had acknowledged the request before: the answer is the first sign that the server's system had it. */
  readonly acknowledgesFirst: boolean
}

/** What the signal of a late reply tells. */
export const lateAnswer = ({ time, value }: SignalView): LateAnswer => ({
  time,
  delay: (value < 0 ? ~value : value) * 1e6,
  acknowledgesFirst: value < 0,
})

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
