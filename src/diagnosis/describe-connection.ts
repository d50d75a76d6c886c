import type { FlowView } from '../flow/flow-view.ts'
import type { FrameIds } from '../flow/frame-ids.ts'
import type { Connection, Heartbeat, Traffic } from './connection.ts'

/** What the packets of a flow amount to in numbers, without a verdict. */
export function describeConnection(
  flow: FlowView,
  frames: FrameIds,
): Omit<Connection, 'client' | 'server' | 'verdict' | 'confidence' | 'candidates' | 'findings'> {
  return {
    stream: flow.row,
    capture: frames.captureOf(flow.firstFrame),
    state: flow.connState,
    history: flow.history,
    firstFrame: frames.numberOf(flow.firstFrame),
    lastFrame: frames.numberOf(flow.lastFrame),
    start: flow.firstTime,
    end: flow.lastTime,
    clientToServer: traffic(flow, flow.client),
    serverToClient: traffic(flow, flow.server),
    heartbeat: heartbeat(flow),
  }
}

const traffic = (flow: FlowView, side: number): Traffic => ({
  packets: flow.packets(side),
  bytes: flow.bytes(side),
  payloadBytes: flow.payload(side),
  retransmissions: flow.retransmissions(side),
})

function heartbeat(flow: FlowView): Heartbeat | null {
  const beat = flow.beat
  if (beat === null || beat.count < 3) return null
  return {
    payloadBytes: beat.size,
    count: beat.count,
    periodMs: rounded(beat.periodMs),
    jitterMs: rounded(beat.jitterMs),
    answered: beat.answered,
  }
}

/** To microseconds: what captures resolve. */
const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000
