import { AnalysisRows, FlowTime, timeOf } from './side-state.ts'

/** A time that is not known. */
const NO_TIME = Number.NaN

/**
 * The segment that is being analysed: what came out, and what the stages of the analysis share.
 * Times are nanoseconds, NaN where there is none; frame numbers are 0 where there is none.
 */
export class Segment {
  /** Bits of {@link AnalysisFlag}. */
  flags = 0
  /** From the base of its side, as signed 32 bits: `>>> 0` is the number that Wireshark shows. */
  seq = 0
  /** The same for the acknowledgment number: as in the header where ACK is not set. */
  ack = 0
  /** In bytes, scaled; a SYN's never is. */
  window = 0
  /** The shift of its sender's windows; -1 unknown, -2 no scaling. */
  scale = -1
  payloadLength = 0
  /** How long after its first transmission a retransmission came, and that frame. */
  rto = NO_TIME
  rtoFrame = 0
  /** The frame that it acknowledges, and how long that took. */
  acksFrame = 0
  ackRtt = NO_TIME
  /** Payload not acknowledged yet, this segment's included; 0 where it is not known. */
  bytesInFlight = 0
  /** Payload since the last PSH; 0 where `bytesInFlight` is. */
  pushBytesSent = 0
  /** How often the ACK in `duplicateAckFrame` was repeated. */
  duplicateAckNumber = 0
  duplicateAckFrame = 0
  /** True where its bytes go beyond everything its side had sent. */
  advances = false
  /** Frame of its sender's segment before this one, and that one's window as in its header. Known where it has flags. */
  previousFrame = 0
  previousWindow = -1
  /** True where its sender had sent a SYN and no ACK after it. */
  afterSyn = false

  readonly rows = new AnalysisRows()
  /** The memory of {@link AnalysisRows} as it is for this segment. */
  words = this.rows.words
  doubles = this.rows.doubles
  rare = this.rows.rare
  rareDoubles = this.rows.rareDoubles
  /** First words of the flow, its sender's and its receiver's side. */
  base = -1
  forward = 0
  reverse = 0
  frame = 0
  time = 0
  absoluteSeq = 0
  absoluteAck = 0
  /** The header's control bits. */
  control = 0
  headerWindow = 0

  /** Forgets the segment before. */
  clear(): void {
    this.flags = 0
    this.base = -1
    this.bytesInFlight = 0
    this.pushBytesSent = 0
    this.advances = false
    // Writing a float64 field costs more than asking: few segments have these.
    if (this.acksFrame !== 0) {
      this.acksFrame = 0
      this.ackRtt = NO_TIME
    }
    if (this.rtoFrame !== 0) {
      this.rtoFrame = 0
      this.rto = NO_TIME
    }
    if (this.duplicateAckNumber !== 0) {
      this.duplicateAckNumber = 0
      this.duplicateAckFrame = 0
    }
  }

  /** From SYN to the handshake's ACK. */
  get initialRtt(): number {
    const roundTrip = this.base < 0 ? 0 : this.rareDoubles[timeOf(this.base, FlowTime.INITIAL_RTT)]!
    return roundTrip === 0 ? NO_TIME : roundTrip
  }
}
