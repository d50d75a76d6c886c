import { type AnalysisMemory, OwnMemory } from './analysis-memory.ts'
import { FLOW_WORDS, FlowTime, SIDE_WORDS, SideState, setScale, timeOf } from './side-state.ts'
import { NODES_OF_A_SEGMENT } from './unacked-node.ts'

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
  /** When its sender's segment before it was seen, if there was one. */
  previousTime = 0
  /** True where its sender had sent a SYN and no ACK after it. */
  afterSyn = false

  /** What is known of all flows, and its arrays as they are for this segment. */
  memory: AnalysisMemory = new OwnMemory()
  words = this.memory.rows.words
  doubles = this.memory.rows.doubles
  rare = this.memory.rare.words
  rareDoubles = this.memory.rare.doubles
  nodes = this.memory.nodes.words
  nodeDoubles = this.memory.nodes.doubles
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

  /** Lays out the flow, makes room for what one of its segments needs, and sees where all of it lies. */
  prepare(flow: number): void {
    const { memory } = this
    const { rows, nodes } = memory
    if (flow >= rows.count || nodes.room - nodes.count < NODES_OF_A_SEGMENT) memory.reserve(flow)
    if (this.words !== rows.words || this.nodes !== nodes.words) this.#look()
    while (rows.count <= flow) this.#layOut()
  }

  #look(): void {
    const { rows, rare, nodes } = this.memory
    this.words = rows.words
    this.doubles = rows.doubles
    this.rare = rare.words
    this.rareDoubles = rare.doubles
    this.nodes = nodes.words
    this.nodeDoubles = nodes.doubles
  }

  /** The flow behind those that are laid out. */
  #layOut(): void {
    const { rows, rare } = this.memory
    const base = rows.count++ * FLOW_WORDS
    rare.count = rows.count
    this.rareDoubles[timeOf(base, FlowTime.SYN)] = Number.NaN
    for (let side = base; side <= base + SIDE_WORDS; side += SIDE_WORDS) {
      this.words[side + SideState.WINDOW] = -1
      setScale(this.words, side, -1)
    }
  }

  /** From SYN to the handshake's ACK. */
  get initialRtt(): number {
    const roundTrip = this.base < 0 ? 0 : this.rareDoubles[timeOf(this.base, FlowTime.INITIAL_RTT)]!
    return roundTrip === 0 ? NO_TIME : roundTrip
  }
}
