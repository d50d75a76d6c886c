import type { FlowView } from '../../flow/flow-view.ts'
import { Speech } from '../../flow/speech.ts'

/** What follows so closely is a piece of the same message, or the client's word to what it was just told. */
export const AT_ONCE = 100e6
/** A message as long as several segments fills all but its last; loopback's segments are longer than anybody writes. */
const MOST_OF_A_SEGMENT = 0.5
const FULL_SEGMENT = 1460
/** The last flight of a handshake and the first request, which may follow it at once. */
const END_OF_HANDSHAKE = 2

/** What is pending came in one piece, or in pieces close together. */
export function isOneMessage(flow: FlowView): boolean {
  if (flow.unanswered < 2) return flow.unanswered === 1 && usualRun(flow) === 0
  return flow.pendingSince === flow.lastPush || isTransfer(flow)
}

/** What is pending are the pieces of one long message: no answer is due before its end, which only its protocol tells. */
export function isTransfer(flow: FlowView): boolean {
  const full = Math.min(flow.syn(flow.server)?.mss || FULL_SEGMENT, FULL_SEGMENT)
  if (flow.payload(flow.client) <= MOST_OF_A_SEGMENT * full * flow.segments(flow.client)) return false
  return flow.unanswered > 1 && flow.lastPush - flow.lastReply < flow.unanswered * AT_ONCE
}

/** How many segments of the client an answer was for at most; 0 where a single request was open at a time, which is no habit of waiting. */
export function usualRun(flow: FlowView): number {
  const longest = Math.max(flow.firstRun, flow.longestRun)
  return longest <= (flow.speech(flow.client) === Speech.TLS ? END_OF_HANDSHAKE : 1) ? 0 : longest
}
