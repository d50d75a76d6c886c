import type { CaptureReader } from './capture/capture-reader.ts'
import type { FrameTable } from './capture/frame-table.ts'
import { BATCH } from './engine/columns.ts'
import { Current, type PacketVisitor } from './flow/current.ts'
import type { FlowTracker } from './flow/flow-tracker.ts'
import type { FrameIds } from './flow/frame-ids.ts'
import type { PacketDecoder } from './packet/decoder.ts'
import { Protocol, Stop } from './packet/packet.ts'
import { readPlainSegment } from './packet/plain-segment.ts'

/**
 * The loop that every packet goes through: frames are decoded, their flows followed, and visitors told. A batch at a time,
 * so that the memory of its flows can be touched ahead. The engine takes what is ordinary; what it leaves is read into a
 * `Current` and goes the long way.
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
  /** Whether the engine analyses ordinary segments for visitors. */
  readonly #analyses: boolean

  constructor(decoder: PacketDecoder, tracker: FlowTracker, frameIds: FrameIds, visitors: readonly PacketVisitor[]) {
    this.#decoder = decoder
    this.#tracker = tracker
    this.#frameIds = frameIds
    this.#visitors = visitors
    for (const visitor of visitors) visitor.begin?.(tracker.flows)
    this.#askers = visitors.flatMap(({ asks, isServed }) => asks ?? (isServed === true ? [] : () => true))
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
      else this.#take(frames, from, to, firstId)
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

  #takeLongWay(frames: FrameTable, index: number, firstId: number): Current {
    const isPlain = frames.segments[index]! >= 0
    const current = isPlain ? this.#readSegment(frames, index) : this.#decoded[index]!
    current.frameId = firstId + index
    if (isPlain) this.#observe(frames, index, current)
    else this.#follow(current)
    return current
  }

  /** Follows a plain segment, and writes down whose it is for the engine's analysis. */
  #observe(frames: FrameTable, index: number, current: Current): void {
    this.#tracker.observe(current)
    frames.rows[index] = current.flow
    frames.sides[index] = current.side
  }

  #take(frames: FrameTable, from: number, to: number, firstId: number): void {
    const { engine } = frames
    let next = from
    while (next < to) {
      const index = engine.takeOrdinary(next, to, firstId)
      if (this.#analyses) this.#analyse(frames, next, index, firstId)
      if (index < to) this.#takeUnusual(frames, index, firstId)
      next = index + 1
    }
  }

  /** What becomes of ordinary segments once they were followed: visitors are shown those that the engine does not analyse. */
  #analyse(frames: FrameTable, from: number, to: number, firstId: number): void {
    const { engine, first } = frames
    for (let at = from; at < to; at++) {
      at = engine.analyseFollowed(at, to, first)
      if (at < to) this.#showOrdinary(frames, at, firstId)
    }
  }

  /** The long way; the analysis of a plain segment may be ordinary for all that. */
  #takeUnusual(frames: FrameTable, index: number, firstId: number): void {
    const current = this.#takeLongWay(frames, index, firstId)
    const mayBeOrdinary = this.#analyses && frames.segments[index]! >= 0
    if (!mayBeOrdinary || isLeft(frames, index)) this.#tell(current)
  }

  /** As without visitors, and each packet is shown to them once its flow is up to date. */
  #show(frames: FrameTable, from: number, to: number, firstId: number): void {
    for (let index = from; index < to; index++) {
      if (frames.engine.takeOrdinary(index, index + 1, firstId) === index)
        this.#tell(this.#takeLongWay(frames, index, firstId))
      else if (this.#isForVisitors(frames, index)) this.#showOrdinary(frames, index, firstId)
    }
  }

  /** Where one of them asks for an ordinary segment, or it is more than the engine analyses. */
  #isForVisitors(frames: FrameTable, index: number): boolean {
    const { rows, sides } = frames
    const askers = this.#askers
    for (let i = 0; i < askers.length; i++) if (askers[i]!(rows[index]!, sides[index]!)) return true
    return this.#analyses && isLeft(frames, index)
  }

  #showOrdinary(frames: FrameTable, index: number, firstId: number): void {
    const current = this.#readSegment(frames, index)
    current.frameId = firstId + index
    current.flow = frames.rows[index]!
    current.side = frames.sides[index]!
    current.reused = false
    this.#tell(current)
  }

  /** A plain segment is read as a packet only for who looks at it. */
  #readSegment(frames: FrameTable, index: number): Current {
    const current = this.#segment
    current.index = index
    frames.get(index, current.frame)
    current.hash = frames.hashes[index]!
    readPlainSegment(current.frame, frames.segments[index]!, current.packet)
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

/** Whether the engine leaves the analysis of the frame, which was followed. */
const isLeft = ({ engine, first }: FrameTable, index: number): boolean =>
  engine.analyseFollowed(index, index + 1, first) === index
