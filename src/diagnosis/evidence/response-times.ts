import type { FlowView } from '../../flow/flow-view.ts'
import { Signal } from '../../flow/signal-log.ts'
import { LATE } from '../fact.ts'
import { gaveUp } from './stance.ts'

/** Time spent waiting, for all answers together. */
export const timeWaited = (flow: FlowView): number => firstWait(flow) + flow.laterResponse * (flow.answered - 1)

/**
 * For the first answer: where it stayed the only one, it is known to come so long after the request's last segment; for a
 * client that gave up without one, it is late since the first.
 */
function firstWait(flow: FlowView): number {
  if (flow.answered !== 1 || gaveUp(flow)) return flow.firstResponse
  const first = flow.oldestSignal(Signal.REPLY)
  return flow.lastPush <= first ? Math.min(flow.firstResponse, first - flow.lastPush) : flow.firstResponse
}

/** Mean response time, the first one included. */
export const meanResponse = (flow: FlowView): number => timeWaited(flow) / flow.answered

export const longestResponse = (flow: FlowView): number => Math.max(firstWait(flow), flow.longestResponse)

/** A process that had answered before had the connection in hand: what is late then is the answer. */
export const isLateAgain = (flow: FlowView): boolean => flow.answered > 1 && flow.laterResponse >= LATE

/** Without the longest answer, which may be an exception or a clock that was set, they still are late. */
export const isLateBesides = (flow: FlowView): boolean =>
  timeWaited(flow) - Math.max(flow.firstResponse, flow.longestResponse) >= LATE * (flow.answered - 1)

/**
 * From the SYN to its SYN-ACK, which no application delays; null where the capture lacks one, or it was not kept. A SYN that
 * was repeated is ambiguous (RFC 6298 §3): two answers show that the first was not lost, only far from its answer.
 */
export function initialRoundTrip(flow: FlowView): number | null {
  // Nearly every flow has one of each: no lists are made for it.
  if (flow.signalCount(Signal.SYN) === 1 && flow.signalCount(Signal.SYN_ACK) === 1)
    return Math.max(0, flow.newestSignal(Signal.SYN_ACK) - flow.newestSignal(Signal.SYN))
  const answers = flow.signals(Signal.SYN_ACK)
  const [answer] = answers
  if (answer === undefined) return null
  const asked = flow.signals(Signal.SYN).filter(({ time }) => time <= answer.time)
  const syn = answers.length > 1 ? asked[0] : asked.at(-1)
  return syn === undefined ? null : answer.time - syn.time
}
