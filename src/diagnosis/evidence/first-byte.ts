import type { FlowView } from '../../flow/flow-view.ts'
import { ReplyShape } from '../../flow/reply-shape.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { LATE } from '../fact.ts'
import { hasUnopenedWindow, isEstablished, isMute } from './stance.ts'

/** It got no byte from the server, or its first one late, while the server's system held it: it may have stood in a queue. */
export const hasWaited = (flow: FlowView): boolean =>
  (isMute(flow) || isLateAtFirst(flow)) && !isNotTaken(flow) && !hasUnopenedWindow(flow)

/** Nanoseconds since the run's epoch when its handshake was over: what is not established stands in no queue. */
export function beginOfWait(flow: FlowView): number {
  const handshake = flow.oldestSignal(Signal.HANDSHAKE)
  return Number.isNaN(handshake) ? flow.firstTime : handshake
}

/** Nanoseconds since the run's epoch when it got its first byte, or ended without; infinite if it did neither. */
export function endOfWait(flow: FlowView): number {
  if (!isMute(flow)) return flow.oldestSignal(Signal.REPLY)
  // A FIN of the server is a process's: what was accepted waits in no queue.
  const taken = flow.has(State.FIN << flow.server)
  const ended = taken || flow.has(State.RST << flow.server) || flow.has(State.RST << flow.client)
  return ended ? flow.lastTime : Number.POSITIVE_INFINITY
}

/** Bytes of the server's first segment: of its first answer, if that has no more; 0 without one. */
export const firstReplyBytes = (flow: FlowView): number =>
  (flow.signals(Signal.REPLY)[0]?.value ?? 0) & ReplyShape.BYTES

/** Whether it waited at a moment. */
export const isWaitingAt = (flow: FlowView, time: number): boolean =>
  hasWaited(flow) && beginOfWait(flow) <= time && endOfWait(flow) > time

const isLateAtFirst = (flow: FlowView): boolean =>
  isEstablished(flow) && flow.answered > 0 && flow.firstResponse >= LATE

/** Its data is repeated and not acknowledged: the server's system holds no finished connection of it. */
const isNotTaken = (flow: FlowView): boolean =>
  flow.payload(flow.client) > 0 && flow.acknowledged(flow.client) === 0 && flow.retransmissions(flow.client) > 0
