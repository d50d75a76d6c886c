import { ReplyShape } from './layout'
import { word16 } from './memory'
import { payloadAt, payloadEnd, payloadLength } from './packet'

/** What the segments of a server that speaks TLS are made of, when the handshake is over. */

const RECORD_HEADER: usize = 5
const APPLICATION_DATA = 23

/** The value of the segment's signal: its bytes, and of how many records it is, where all are of one length and end with it. */
export function recordsAlike(): i32 {
  return payloadLength | (alike() << ReplyShape.RECORDS)
}

/** Zero where they are not, or where that is not seen. */
function alike(): i32 {
  if (payloadEnd - payloadAt < <usize>payloadLength) return 0
  let at = payloadAt
  let records = 0
  let length = -1
  while (at + RECORD_HEADER <= payloadEnd && records < ReplyShape.MOST_RECORDS) {
    const bytes = word16(at + 3)
    if (load<u8>(at) !== APPLICATION_DATA || (length >= 0 && bytes !== length)) return 0
    length = bytes
    at += RECORD_HEADER + <usize>bytes
    records++
  }
  return at === payloadEnd ? records : 0
}
