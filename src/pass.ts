import type { CaptureReader } from './capture/capture-reader.ts'
import type { FrameTable } from './capture/frame-table.ts'
import { BATCH, Outcome } from './engine/memory-map.ts'
import { Current, type PacketVisitor } from './flow/current.ts'
import type { FlowTracker } from './flow/flow-tracker.ts'
import type { FrameIds } from './flow/frame-ids.ts'
import type { PacketDecoder } from './packet/decoder.ts'
import { Protocol, Stop } from './packet/packet.ts'
import { readPlainSegment } from './packet/plain-segment.ts'

/** What a visitor asks of ordinary segments, if anything. */
const askerOf = ({ asks, isServed }: PacketVisitor) => asks ?? (isServed === true ? [] : () => true)

/**
 * The loop that every packet goes through: frames are decoded, their flows followed, and visitors told. A batch at a time,
 * so that the memory of its flows can be touched ahead. The engine follows plain segments by itself; what is none is
 * decoded into a `Current` and handed over.
 */
export class Pass {
  /** Of a batch's frames those that were decoded, each at its place. */
  readonly #decoded = Array.from({ length: BATCH }, () => new Current())
  /** The plain segment that is looked at: one for all, which stays in the cache. */
  readonly #segment = new Current()
  readonly #decoder: PacketDecoder
  readonly #tracker: FlowTracker
  readonly #frameIds: FrameIds
  readonly #visitors: readonly PacketVisitor[]
  /** Questions of those that may want to see an ordinary segment. */
  readonly #askers: readonly ((flow: number, side: number) => boolean)[]
  /** Whether the engine analyses for visitors the segments that no flag can be for. */
  readonly #analyses: boolean
  /** Whether visitors are shown plain segments by their columns. */
  readonly #showsColumns: boolean

  constructor(decoder: PacketDecoder, tracker: FlowTracker, frameIds: FrameIds, visitors: readonly PacketVisitor[]) {
    this.#decoder = decoder
    this.#tracker = tracker
    this.#frameIds = frameIds
    this.#visitors = visitors
    for (const visitor of visitors) visitor.begin?.(tracker.flows)
    this.#showsColumns = visitors.every(({ visitSegments }) => visitSegments !== undefined)
    this.#askers = this.#showsColumns ? [] : visitors.flatMap(askerOf)
    this.#analyses = visitors.some(({ isServed }) => isServed === true)
  }

  /** Takes all frames that the reader has. */
  readWindow(reader: CaptureReader): void {
    if (reader.frames === null) this.#readSingly(reader)
    else for (let count = reader.fill(); count > 0; count = reader.fill()) this.#takeBatch(reader.frames, count)
  }

  #readSingly(reader: CaptureReader): void {
    const current = this.#decoded[0]!
    while (reader.next(current.frame)) {
      this.#decode(current)
      current.frameId = this.#frameIds.of(current.frame.number)
      this.#follow(current)
      this.#tell(current)
    }
  }

  #takeBatch(frames: FrameTable, count: number): void {
    const { engine } = frames
    const firstId = this.#frameIds.span(frames.first, count)
    const plain = engine.findPlainSegments(count)
    this.#decoder.coverage.countSegments(plain)
    for (let from = 0, to = count; from < count; from = to) {
      to = plain === count ? count : this.#decodeOthers(frames, from, count)
      engine.warm(from, to)
      if (this.#askers.length > 0) this.#show(frames, from, to, firstId)
      else this.#followAll(frames, from, to, firstId)
    }
  }

  /** Decodes the frames that are no plain segments; returns where those end that stay valid together. */
  #decodeOthers(frames: FrameTable, from: number, count: number): number {
    for (let index = from; index < count; index++) {
      if (frames.segments[index]! >= 0) continue
      const current = this.#decoded[index]!
      frames.get(index, current.frame)
      this.#decode(current)
      frames.hashes[index] = current.hash
      // The next reassembled datagram takes the place of this one.
      if (current.packet.reassembled) return index + 1
    }
    return count
  }

  #decode(current: Current): void {
    const { packet } = current
    this.#decoder.decode(current.frame, packet)
    current.hash = packet.protocol === Protocol.TCP ? this.#tracker.flows.table.hash(packet) : 0
  }

  /** Visitors are shown what the engine does not analyse, if there are any: each of them can wait for the end of a run. */
  #followAll(frames: FrameTable, from: number, to: number, firstId: number): void {
    const { engine } = frames
    let next = from
    while (next < to) {
      const index = engine.followFrames(next, to, firstId)
      if (this.#analyses) this.#analyse(frames, next, index, firstId)
      if (this.#showsColumns) for (const visitor of this.#visitors) visitor.visitSegments!(frames, next, index)
      next = index
      if (index < to && this.#followOther(frames, index, firstId)) this.#tell(this.#decoded[next++]!)
    }
  }

  /** A run of frames that were followed: shorter loops than one that follows and analyses each. */
  #analyse(frames: FrameTable, from: number, to: number, firstId: number): void {
    const { engine, first } = frames
    engine.warmAnalysis(from, to)
    for (let at = from; at < to; at++) {
      at = engine.analyseFollowed(at, to, first)
      if (at < to) this.#showSegment(frames, at, firstId)
    }
  }

  /** Follows a frame that the engine has left, if it is no plain segment; for one of these there is room now. */
  #followOther(frames: FrameTable, index: number, firstId: number): boolean {
    if (frames.segments[index]! >= 0) {
      this.#tracker.flows.reserve()
      return false
    }
    const current = this.#decoded[index]!
    current.frameId = firstId + index
    this.#follow(current)
    return true
  }

  /** Frame by frame: each packet is shown to visitors once its flow is up to date. */
  #show(frames: FrameTable, from: number, to: number, firstId: number): void {
    const { engine } = frames
    engine.warmAnalysis(from, to)
    for (let index = from; index < to; index++) {
      const isLeft = engine.followFrames(index, index + 1, firstId) === index
      if (isLeft && this.#followOther(frames, index, firstId)) {
        this.#tell(this.#decoded[index]!)
        continue
      }
      if (isLeft) engine.followFrames(index, index + 1, firstId)
      if (this.#isForVisitors(frames, index)) this.#showSegment(frames, index, firstId)
    }
  }

  /** What is not ordinary, what one of them asks for, and what the engine does not analyse. */
  #isForVisitors({ engine, first, rows, sides, outcomes }: FrameTable, index: number): boolean {
    if ((outcomes[index]! & Outcome.ORDINARY) === 0) return true
    const askers = this.#askers
    for (let i = 0; i < askers.length; i++) if (askers[i]!(rows[index]!, sides[index]!)) return true
    return this.#analyses && engine.analyseFollowed(index, index + 1, first) === index
  }

  #showSegment(frames: FrameTable, index: number, firstId: number): void {
    const current = this.#readSegment(frames, index)
    current.index = index
    current.frameId = firstId + index
    current.flow = frames.rows[index]!
    current.side = frames.sides[index]!
    current.reused = (frames.outcomes[index]! & Outcome.REUSED) !== 0
    this.#tell(current)
  }

  /** A plain segment is read as a packet only for who looks at it. */
  #readSegment(frames: FrameTable, index: number): Current {
    const current = this.#segment
    frames.get(index, current.frame)
    current.hash = frames.hashes[index]!
    readPlainSegment(current.frame, frames.segments[index]!, frames.versions[index] !== 0, current.packet)
    return current
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
