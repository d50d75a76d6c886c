import type { BeatView } from '../flow/beats.ts'
import type { FlowView } from '../flow/flow-view.ts'
import type { Case } from './case.ts'
import type { Connection, Heartbeat, Traffic } from './connection.ts'
import type { Judgement } from './verdict.ts'

/**
 * What the packets of a flow amount to in numbers, with how it was judged. One literal without spreads: with them a
 * connection took 5 µs and not 2; few span captures.
 */
export function describeConnection(judged: Case, judgement: Judgement, findings: readonly number[]): Connection {
  const { flow, frames } = judged
  const capture = frames.captureOf(flow.firstFrame)
  const lastCapture = frames.captureOf(flow.lastFrame)
  const connection = {
    stream: flow.row,
    capture,
    client: judged.endpoint(flow.client),
    server: judged.endpoint(flow.server),
    verdict: judgement.verdict,
    confidence: judgement.confidence,
    candidates: judgement.candidates,
    state: flow.connState,
    history: flow.history,
    firstFrame: frames.numberOf(flow.firstFrame),
    lastFrame: frames.numberOf(flow.lastFrame),
    start: flow.firstTime,
    end: flow.lastTime,
    clientToServer: traffic(flow, flow.client),
    serverToClient: traffic(flow, flow.server),
    heartbeat: heartbeatOf(flow),
    findings,
  }
  return lastCapture === capture ? connection : { ...connection, lastCapture }
}

const traffic = (flow: FlowView, side: number): Traffic => ({
  packets: flow.packets(side),
  bytes: flow.bytes(side),
  payloadBytes: flow.payload(side),
  retransmissions: flow.retransmissions(side),
})

/** So often came what recurs: three times are two equal gaps, the least that can show a period. */
export const RECURRENCES = 3

/** Whether a flow's most frequent push of one size recurs. */
export const isHeartbeat = (beat: BeatView | null): beat is BeatView => beat !== null && beat.count >= RECURRENCES

function heartbeatOf({ beat }: FlowView): Heartbeat | null {
  if (!isHeartbeat(beat)) return null
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
