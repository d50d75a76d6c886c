import type { Frame } from '../capture/frame.ts'
import { Dossier, type Dossiers } from './dossier.ts'

/**
 * When does a Linux receiver acknowledge? After its quick acknowledgments are used up, data that the application reads
 * is acknowledged at the read, and data that stays unread when the delayed-ACK timer runs out. Void once the server has
 * sent payload (then acknowledgments wait for it), and after a pause longer than the retransmission time-out, which
 * fills the budget of quick acknowledgments up again.
 */

/** TCP_MAX_QUICKACKS: segments that Linux acknowledges at once after the handshake. */
const QUICK_ACKS = 16
/** TCP_RTO_MIN: a pause this long may renew the budget. */
const RENEWING_PAUSE = 200e6
/** TCP_DELACK_MIN is 40 ms; less the tick by which a timer may run out early. */
const DELAYED = 36e6
/** Beyond this it is neither: the sender's next segment or a busy machine was in between. */
const TOO_LATE = 60e6

/**
 * True where the acknowledgment of the client's `segments`th segment, sent `pause` after the one before, will tell: with
 * a shorter pause the second of two segments is acknowledged at once, read or not (RFC 9293 §3.8.6.3).
 */
export const isTimed = (segments: number, pause: number): boolean =>
  segments > QUICK_ACKS && pause > TOO_LATE && pause < RENEWING_PAUSE

/** The server acknowledged the client's newest payload in `frame`. */
export function noteAckDelay(dossiers: Dossiers, dossier: number, frame: Frame): void {
  const delay = frame.time - dossiers.doubles[(dossier + Dossier.LAST_PUSH) >> 1]!
  if (delay < 0 || delay > TOO_LATE) return
  dossiers.words[dossier + (delay < DELAYED ? Dossier.PROMPT_ACKS : Dossier.DELAYED_ACKS)]!++
}
