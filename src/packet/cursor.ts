import { Frame, NO_BYTES } from '../capture/frame.ts'
import { FragmentTable } from './fragments.ts'
import { Layer } from './layer.ts'
import type { Packet, Stop } from './packet.ts'

/** Numbering that a value which nobody understands belongs to. */
export const Numbering = {
  NONE: 0,
  LINK_TYPE: 1,
  ETHER_TYPE: 2,
  IP_PROTOCOL: 3,
  ADDRESS_FAMILY: 4,
  LLC: 5,
  PPP: 6,
  MPLS: 7,
  ERSPAN: 8,
  WLAN: 9,
} as const
export type Numbering = (typeof Numbering)[keyof typeof Numbering]

/** Longest datagram that fragments can make: IPv4's total length and IPv6's payload length have 16 bits. */
const MAX_DATAGRAM = 65535

/** Where decoding of one frame has got to. Each layer moves `start` past its header and narrows the two ends. */
export class Cursor {
  frame: Frame = new Frame()
  bytes: DataView = NO_BYTES
  /** Where the next header starts. */
  start = 0
  /** Where the captured bytes end. */
  end = 0
  /** Where the bytes end by the word of the headers passed: `end`, or behind it where the snap length cut them. */
  wireEnd = 0
  /** Fragments of datagrams that are not complete yet. */
  readonly fragments = new FragmentTable()
  /** Why the walk stopped, finer than {@link Stop}: the layer, or the value that is not understood. */
  layer: Layer = Layer.DONE
  numbering: Numbering = Numbering.NONE
  value = 0

  /** Bytes that were captured of what is left. */
  get captured(): number {
    return this.end - this.start
  }

  /** Ends the walk at a value that is not understood. */
  unknown(packet: Packet, stop: Stop, numbering: Numbering, value: number): Layer {
    packet.stop = stop
    this.numbering = numbering
    this.value = value
    return Layer.DONE
  }

  /** Ends the walk inside `layer`. */
  broken(packet: Packet, stop: Stop, layer: Layer): Layer {
    packet.stop = stop
    this.layer = layer
    return Layer.DONE
  }

  /** Takes the rest as `length` bytes long, where there are that many. */
  limit(length: number): void {
    this.limitTo(this.start + length)
  }

  /** Takes the rest to end at `wireEnd`, where it does not end before. */
  limitTo(wireEnd: number): void {
    if (wireEnd < this.wireEnd) this.wireEnd = wireEnd
    if (this.end > this.wireEnd) this.end = this.wireEnd
  }

  /** Goes on in the datagram that the fragment in hand completes; false where it does not, or was cut by the snap length. */
  reassemble(packet: Packet, protocol: number, id: number, offset: number, more: boolean): boolean {
    const { fragments, start, end } = this
    if (end !== this.wireEnd || offset + end - start > MAX_DATAGRAM) return false
    const key = `${packet.address.join()},${protocol},${id}`
    if (!fragments.add(key, this.frame.time, offset, more, this.bytes, packet.networkStart, start, end)) return false
    keepHeader(packet, fragments.headerStart)
    this.bytes = fragments.bytes
    this.start = fragments.start
    this.end = fragments.end
    this.wireEnd = fragments.end
    return true
  }

  /** Goes on in `payload`, which the one in hand was unpacked to. */
  goOnIn(packet: Packet, payload: Uint8Array): void {
    const { networkStart, networkEnd } = packet
    const header = new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + networkStart, networkEnd - networkStart)
    const datagram = new Uint8Array(header.length + payload.length)
    datagram.set(header)
    datagram.set(payload, header.length)
    keepHeader(packet, 0)
    this.bytes = new DataView(datagram.buffer)
    this.start = header.length
    this.end = datagram.length
    this.wireEnd = datagram.length
  }
}

/**
 * The header of the fragment, or of what was packed, now stands at `start`, before the datagram. What an earlier datagram of
 * the same frame held before it is no more.
 */
function keepHeader(packet: Packet, start: number): void {
  packet.networkEnd += start - packet.networkStart
  packet.networkStart = start
  if (packet.reassembled && packet.ipHeaders > packet.framedHeaders) {
    packet.ipStarts[packet.framedHeaders] = start
    packet.ipHeaders = packet.framedHeaders + 1
  } else packet.framedHeaders = packet.ipHeaders
  packet.reassembled = true
}
