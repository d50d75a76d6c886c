import type { CaptureReader } from './capture/capture-reader.ts'
import { Current, type PacketVisitor } from './flow/current.ts'
import type { FlowTracker } from './flow/flow-tracker.ts'
import type { FrameIds } from './flow/frame-ids.ts'
import { BATCH } from './flow/prefetch.ts'
import type { PacketDecoder } from './packet/decoder.ts'
import { Protocol, Stop } from './packet/packet.ts'
import { plainSegmentAt, readPlainSegment } from './packet/plain-segment.ts'

/**
 * The loop that every packet goes through: frames are decoded, their flows followed, and visitors told. A batch at a time,
 * so that the memory of its flows can be touched ahead.
 */
export class Pass {
  readonly #batch = Array.from({ length: BATCH }, () => new Current())
  readonly #decoder: PacketDecoder
  readonly #tracker: FlowTracker
  readonly #frameIds: FrameIds
  readonly #visitors: readonly PacketVisitor[]

  constructor(decoder: PacketDecoder, tracker: FlowTracker, frameIds: FrameIds, visitors: readonly PacketVisitor[]) {
    this.#decoder = decoder
    this.#tracker = tracker
    this.#frameIds = frameIds
    this.#visitors = visitors
  }

  /** Takes all frames that the reader has. */
  readWindow(reader: CaptureReader): void {
    for (let count = this.#decode(reader); count > 0; count = this.#decode(reader)) {
      this.#tracker.warm(this.#batch, count)
      for (const visitor of this.#visitors) visitor.warm?.(this.#batch, count)
      for (let i = 0; i < count; i++) this.#take(this.#batch[i]!)
    }
  }

  /** Decodes the next frames; as many as stay valid together. */
  #decode(reader: CaptureReader): number {
    const most = reader.reusesBytes ? 1 : BATCH
    let count = 0
    while (count < most && reader.next(this.#batch[count]!.frame)) {
      const current = this.#batch[count++]!
      current.segment = plainSegmentAt(current.frame)
      if (current.segment >= 0) {
        this.#decoder.coverage.countSegment()
        continue
      }
      this.#decoder.decode(current.frame, current.packet)
      // The next reassembled datagram takes the place of this one.
      if (current.packet.reassembled) break
    }
    return count
  }

  #take(current: Current): void {
    current.frameId = this.#frameIds.of(current.frame.number)
    if (current.segment >= 0) this.#takeSegment(current)
    else {
      this.#follow(current)
      this.#tell(current)
    }
  }

  /** A plain segment is read as a packet only for who looks at it. */
  #takeSegment(current: Current): void {
    const taken = this.#tracker.take(current)
    if (taken && this.#visitors.length === 0) return
    readPlainSegment(current.frame, current.segment, current.packet)
    if (!taken) this.#tracker.observe(current)
    this.#tell(current)
  }

  #follow(current: Current): void {
    const { protocol, stop, quoted } = current.packet
    current.flow = -1
    if (protocol === Protocol.TCP && stop === Stop.NONE) this.#tracker.observe(current)
    else if (quoted) this.#tracker.observeQuoted(current)
    else if (protocol === Protocol.TCP && stop === Stop.BAD_LENGTH) this.#tracker.reserve(current)
  }

  #tell(current: Current): void {
    const visitors = this.#visitors
    for (let i = 0; i < visitors.length; i++) visitors[i]!.visit(current)
  }
}
