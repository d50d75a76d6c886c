import type { FlowView } from '../flow/flow-view.ts'
import { Signal, type SignalView } from '../flow/signal-log.ts'
import { LATE } from './fact.ts'

/**
 * When data was last sent again, given the repetitions of it that are kept, of which there is one at least. Of many the
 * oldest are kept: the newest is then the flow's last packet, as nothing else is left to come.
 */
export function newestRepetition(flow: FlowView, again: readonly SignalView[]): number {
  const all = flow.retransmissions(0) + flow.retransmissions(1)
  return all > flow.signalCount(Signal.RETRANSMISSION) ? flow.lastTime : again.at(-1)!.time
}

/**
 * An answer that took so long came shortly after the client had repeated its request: until then the path had lost it, and
 * the server did not have what it was to answer. Its system would have acknowledged what the process leaves alone.
 */
export function isOwedToLoss(flow: FlowView, answer: number, delay: number): boolean {
  if (flow.signalCount(Signal.RETRANSMISSION) === 0) return false
  const again = flow
    .signals(Signal.RETRANSMISSION)
    .filter(({ side, time }) => side === flow.client && time > answer - delay && time < answer)
  return again.length > 0 && answer - again.at(-1)!.time < LATE
}
