import { rareWords } from './dossiers'
import { Dossier, RareDossier } from './layout'
import { add, double } from './memory'
import { dossierAt } from './regions'

/**
 * When does a Linux receiver acknowledge? After its quick acknowledgments are used up, data that the application reads
 * is acknowledged at the read, and data that stays unread when the delayed-ACK timer runs out. Void once the server has
 * sent payload (then acknowledgments wait for it), and after a pause longer than the retransmission time-out, which
 * fills the budget of quick acknowledgments up again.
 */

/** TCP_MAX_QUICKACKS: segments that Linux acknowledges at once after the handshake. */
const QUICK_ACKS: i32 = 16
/** TCP_RTO_MIN: a pause this long may renew the budget. */
const RENEWING_PAUSE: f64 = 200e6
/** TCP_DELACK_MIN is 40 ms; less the tick by which a timer may run out early. */
const DELAYED: f64 = 36e6
/** Beyond this it is neither: the sender's next segment or a busy machine was in between. */
const TOO_LATE: f64 = 60e6

/**
 * True where the acknowledgment of the client's `segments`th segment, sent at `time`, will tell: with a shorter pause the
 * second of two segments is acknowledged at once, read or not (RFC 9293 §3.8.6.3).
 */
export function isTimed(offset: i32, segments: i32, time: f64): bool {
  const pause = time - double(dossierAt(offset), Dossier.LAST_PUSH)
  return segments > QUICK_ACKS && pause > TOO_LATE && pause < RENEWING_PAUSE
}

/** The server acknowledged the client's newest payload at `time`. */
export function noteAckDelay(offset: i32, time: f64): void {
  const delay = time - double(dossierAt(offset), Dossier.LAST_PUSH)
  if (delay < 0 || delay > TOO_LATE) return
  add(rareWords(offset), delay < DELAYED ? RareDossier.PROMPT_ACKS : RareDossier.DELAYED_ACKS, 1)
}
