import { Speech } from './layout'
import { word16, word32 } from './memory'
import { payloadAt, payloadEnd, payloadLength } from './packet'

/**
 * What the first segment of an answer says of what is to follow it: records and messages that TLS has begun. Asked once of a flow.
 */

const RECORD_HEADER: usize = 5
const HANDSHAKE = 22
const SERVER_HELLO = 2
/** A handshake message's type and length, and the version before its random. */
const BEFORE_RANDOM: usize = 6
/** How the random of a HelloRetryRequest begins (RFC 8446 §4.1.3): after that the client speaks. */
const RETRY: i32 = 0xcf21ad74

/** The value of the second reply's signal, of a server that speaks so to such a client; 0 where the segment is all that it announces. */
export function announcement(server: i32, client: i32): i32 {
  if (server !== Speech.TLS || client !== Speech.TLS) return 0
  const bytes = ofTls()
  return bytes <= <i64>payloadLength ? 0 : ~(<i32>bytes)
}

/** Records that begin in the segment; one more, where the only one is a ServerHello, which never is all that a server says. */
function ofTls(): i64 {
  let at = payloadAt
  let records = 0
  while (at + RECORD_HEADER <= payloadEnd) {
    at += RECORD_HEADER + <usize>word16(at + 3)
    records++
  }
  // What the snap length cut off is not known to be whole records.
  if (at < payloadEnd) return <i64>(at - payloadAt + RECORD_HEADER)
  const end = payloadAt + <usize>payloadLength
  return <i64>(at - payloadAt + (at === end && records === 1 && isServerHello(at) ? RECORD_HEADER : 0))
}

/** A ServerHello alone in a record that ends at `end`, and no HelloRetryRequest. */
function isServerHello(end: usize): bool {
  const message = payloadAt + RECORD_HEADER
  if (end - message < BEFORE_RANDOM + 4 || load<u8>(payloadAt) !== HANDSHAKE || load<u8>(message) !== SERVER_HELLO)
    return false
  const length: usize = word32(message) & 0xffffff
  return message + 4 + length === end && word32(message + BEFORE_RANDOM) !== RETRY
}
