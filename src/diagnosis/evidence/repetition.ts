import type { FlowView } from '../../flow/flow-view.ts'
import { Signal, type SignalView } from '../../flow/signal-log.ts'

/**
 * When data was last sent again, given the repetitions of it that are kept, of which there is one at least. Of many the
 * oldest are kept: the newest is then the flow's last packet, as nothing else is left to come.
 */
export function newestRepetition(flow: FlowView, again: readonly SignalView[]): number {
  const all = flow.retransmissions(0) + flow.retransmissions(1)
  return all > flow.signalCount(Signal.RETRANSMISSION) ? flow.lastTime : again.at(-1)!.time
}
