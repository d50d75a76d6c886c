import { Frame, NO_BYTES } from '../capture/frame.ts'
import { Layer } from './layer.ts'
import type { Packet, Stop } from './packet.ts'

/** Numbering that a value which nobody understands belongs to. */
export const Numbering = { NONE: 0, LINK_TYPE: 1, ETHER_TYPE: 2, IP_PROTOCOL: 3, ADDRESS_FAMILY: 4 } as const
export type Numbering = (typeof Numbering)[keyof typeof Numbering]

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
    const wireEnd = this.start + length
    if (wireEnd < this.wireEnd) this.wireEnd = wireEnd
    if (this.end > this.wireEnd) this.end = this.wireEnd
  }
}
