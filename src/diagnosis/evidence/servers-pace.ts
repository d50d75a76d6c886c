import type { FlowView } from '../../flow/flow-view.ts'
import { firstReplyBytes } from './first-byte.ts'
import { opensDialogue } from './protocol.ts'
import { LEAST_BEATS, rhythmOf } from './rhythm.ts'

/** A person sees no pause in less: who speaks again so soon reacts to what it was just told. */
const AT_ONCE_MS = 100

/**
 * The server said more than it was asked for, and the client speaks right after it, each time in the same words: what comes
 * next may be the server's own, at its own pace, as its heartbeats are.
 */
export function followsServersPace(flow: FlowView): boolean {
  const { beat } = flow
  if (beat === null || beat.count < LEAST_BEATS || flow.segments(flow.server) <= flow.answered) return false
  // But for its first words, an opening.
  if (beat.count < flow.segments(flow.client) - 1 || opensDialogue(flow)) return false
  return beat.periodMs - flow.laterResponse / 1e6 < AT_ONCE_MS
}

/** The same, of a server whose pauses are longer than answers are that a client asks for again at once. */
export const waitsForEvents = (flow: FlowView): boolean =>
  followsServersPace(flow) && flow.laterResponse / 1e6 >= AT_ONCE_MS

/**
 * The client beats by its clock, whatever it is told, and the server says messages of that very size: so two ends look of which
 * each tells that it is there (BGP's KEEPALIVE, AMQP's heartbeat), and neither answers the other. What lies between them
 * is how far their clocks are apart.
 */
export function mayKeepItsOwnTime(flow: FlowView): boolean {
  const beat = rhythmOf(flow)
  // But for its first words, an opening.
  if (beat === null || beat.count < flow.segments(flow.client) - 1) return false
  // Who speaks at once when it was answered waits for answers.
  if (beat.periodMs - flow.laterResponse / 1e6 < AT_ONCE_MS) return false
  const { server } = flow
  const said = flow.payload(server)
  const beats = flow.segments(server)
  return (
    beats >= LEAST_BEATS && (said === beats * beat.size || said - firstReplyBytes(flow) === (beats - 1) * beat.size)
  )
}
