import type { FlowView } from '../../flow/flow-view.ts'
import { Signal } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'
import { BEYOND_HABIT } from '../fact.ts'
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

/** First words of clients that are in no protocol in which the first words are answered by themselves. */
const UNKNOWN: readonly Speech[] = [Speech.TEXT, Speech.BINARY, Speech.UNSEEN]

/** Two pauses are the least that shows a pace. */
const LEAST_UNASKED = 2

/**
 * The client spoke once, and the server goes on by itself since, after pauses such as the one before its first word: so what a
 * client subscribed to comes when there is something to tell, the first of it, too.
 */
export function tellsAsItComes(flow: FlowView): boolean {
  const unasked = flow.segments(flow.server) - flow.answered
  if (flow.answered !== 1 || flow.unanswered > 0 || unasked < LEAST_UNASKED) return false
  if (!UNKNOWN.includes(flow.speech(flow.client))) return false
  const first = flow.oldestSignal(Signal.REPLY)
  const pause = (flow.lastReply - first) / unasked
  return flow.lastPush <= first && flow.firstResponse <= BEYOND_HABIT * pause
}
