import { ControlBit, type ListedSegment } from './tcp-info.ts'
import { scaleShift } from './tcp-synthesis.ts'
import { type Numbers, TcpdumpNumbers } from './tcpdump-numbers.ts'

const LARGEST_WINDOW = 65_535
/** Shift for windows that were printed scaled while the handshake, which told the scale, is not in the list. */
const ASSUMED_SHIFT = 8
/** Between the stand-in initial sequence numbers of connections that used the same ports one after the other. */
const REUSE_STEP = 0x1000_0000
/** Flows that are remembered; beyond, the oldest one is forgotten. */
const MAX_FLOWS = 200_000

/** What must be known of a connection to put its segments' windows and sequence numbers back. */
class ListedFlow {
  /** Added to relative sequence numbers: another one when the ports are used again. */
  base = 0
  readonly tcpdump = new TcpdumpNumbers()
  /** Shift of the windows that each end sends; null where no handshake told it. Index 0: the end whose key is smaller. */
  readonly shift: (number | null)[] = [null, null]
  /** What the handshake offered; null: no scaling, undefined: not in the list. */
  readonly offer: [number | null | undefined, number | null | undefined] = [undefined, undefined]
}

/** The connections of a packet list, by their addresses and ports as printed. */
export class ListedFlows {
  /** Windows that do not fit their field, because no handshake tells their scale. */
  clippedWindows = 0
  readonly #flows = new Map<string, ListedFlow>()

  /** The connection of a segment, and which of its ends sends. */
  of(source: string, destination: string, segment: ListedSegment): { flow: ListedFlow; side: 0 | 1 } {
    const from = `${source} ${segment.sourcePort}`
    const to = `${destination} ${segment.destinationPort}`
    const side = from <= to ? 0 : 1
    const key = side === 0 ? `${from} ${to}` : `${to} ${from}`
    let flow = this.#flows.get(key)
    if (flow === undefined) {
      if (this.#flows.size >= MAX_FLOWS) this.#flows.delete(this.#flows.keys().next().value!)
      flow = new ListedFlow()
      this.#flows.set(key, flow)
    }
    return { flow, side }
  }

  /**
   * The numbers of a segment's header, but for a multiple of 2^32; `absolute` where they are printed as they stand there. Segments
   * must come in order.
   */
  numbers(flow: ListedFlow, side: 0 | 1, segment: ListedSegment, absolute: boolean): Numbers {
    if (segment.printedBy === 'tcpdump') return flow.tcpdump.place(side, segment, absolute)
    this.#noteReuse(flow, segment)
    const base = absolute ? 0 : flow.base
    return { seq: (segment.seq ?? 0) + base, ack: segment.ack + base, edges: 0 }
  }

  /** The window field behind a printed window. Handshakes are remembered: the segments must come in order. */
  windowField(flow: ListedFlow, side: 0 | 1, segment: ListedSegment): number {
    if ((segment.flags & ControlBit.SYN) !== 0) {
      noteHandshake(flow, side, segment)
      return Math.min(segment.window, LARGEST_WINDOW)
    }
    if (segment.printedBy === 'tcpdump') return segment.window
    if ((flow.shift[side] ?? null) === null && segment.window > LARGEST_WINDOW) flow.shift[side] = ASSUMED_SHIFT
    const field = Math.floor(segment.window / 2 ** (flow.shift[side] ?? 0))
    if (field <= LARGEST_WINDOW) return field
    this.clippedWindows++
    return LARGEST_WINDOW
  }

  /** Starts another sequence number space where the list says that the ports are used again. */
  #noteReuse(flow: ListedFlow, segment: ListedSegment): void {
    if (segment.portsReused && (segment.flags & (ControlBit.SYN | ControlBit.ACK)) === ControlBit.SYN)
      flow.base += REUSE_STEP
  }
}

// RFC 7323 §2.2: windows are scaled only where both ends offered it.
function noteHandshake(flow: ListedFlow, side: 0 | 1, segment: ListedSegment): void {
  const other = side === 0 ? 1 : 0
  const option = segment.options.find(({ kind }) => kind === 'window-scale')
  const offer = option ? scaleShift(option.values[0]!) : null
  if ((segment.flags & ControlBit.ACK) === 0) flow.offer[other] = undefined
  flow.offer[side] = offer
  if (offer === null || flow.offer[other] === null) flow.shift.fill(0)
  else flow.shift[side] = offer
}
