import { BATCH, TALLY_FIELDS, Tally } from '../engine/memory-map.ts'
import type { CaptureReader, CaptureSummary } from './capture-reader.ts'
import type { Epoch } from './epoch.ts'
import { Frame } from './frame.ts'
import type { FrameTable } from './frame-table.ts'
import { linkTypeName } from './link-type.ts'
import type { Window } from './source/window.ts'

/** What the readers of all formats share: waiting for bytes, counting frames, telling how the capture ended. */
export abstract class WindowedReader implements CaptureReader {
  readonly summary: CaptureSummary
  readonly frames: FrameTable | null
  protected readonly window: Window
  protected readonly epoch: Epoch
  protected readonly captureIndex: number
  /** Bytes without which `next` cannot go on. */
  protected need = 1
  /** Records that hold no packet and take a number. */
  protected otherRecords = 0
  readonly #frame = new Frame()
  readonly #tally: Float64Array
  #linkType = -1
  #done = false
  /** Bytes of a record that the end of the capture cuts short: read, though they make no record. */
  #cutBytes = 0

  /** `frames` has to hold the window's bytes, where it is given. */
  constructor(
    window: Window,
    summary: CaptureSummary,
    captureIndex: number,
    epoch: Epoch,
    frames: FrameTable | null = null,
  ) {
    this.window = window
    this.frames = frames
    this.#tally = frames?.tally ?? new Float64Array(TALLY_FIELDS)
    this.#tally.fill(0)
    this.#tally[Tally.FIRST_TIME] = Number.POSITIVE_INFINITY
    this.#tally[Tally.LAST_TIME] = Number.NEGATIVE_INFINITY
    this.#tally[Tally.PREVIOUS_TIME] = Number.NEGATIVE_INFINITY
    this.summary = summary
    this.captureIndex = captureIndex
    this.epoch = epoch
  }

  abstract next(frame: Frame): boolean

  /** The engine fills it, once the run's epoch is known, as far as it gets; `next` does where there is something to say. */
  fill(): number {
    const { frames, window } = this
    if (frames === null) return 0
    frames.first = this.nextNumber
    frames.capture = this.captureIndex
    let count = Number.isNaN(this.epoch.seconds) ? 0 : this.readMany(frames, window.offset - window.position)
    if (count > 0) {
      window.position = frames.tally[Tally.POSITION]!
      for (let index = 0; index < count; index++) this.#meet(frames.linkType(index))
      return count
    }
    while (count < BATCH && !(count > 0 && this.endsBatch()) && this.next(this.#frame)) {
      if (count === 0) frames.first = this.#frame.number
      frames.set(count++, this.#frame)
    }
    return count
  }

  /** True where the frame that comes next might not have the number after the last one's. */
  protected endsBatch(): boolean {
    return false
  }

  /** Lets the engine read records from the window's position on; `base` is what positions are less than offsets. Returns how many. */
  protected readMany(_frames: FrameTable, _base: number): number {
    return 0
  }

  async more(): Promise<boolean> {
    this.#publish()
    if (this.#done) return false
    if (await this.refill()) return true
    this.#finish()
    return false
  }

  /** Whoever stops early has in the summary what was read until then. */
  async close(): Promise<void> {
    this.#publish()
    this.#done = true
    await this.window.source.close()
  }

  /** Gets the bytes that `next` waits for; false where there are no more. */
  protected refill(): Promise<boolean> {
    return this.window.fill(this.need)
  }

  /** Number that the next frame gets: one more than those that were counted or passed over. */
  protected get nextNumber(): number {
    return this.#tally[Tally.PACKETS]! + this.otherRecords + 1
  }

  /** True where a record that ends after the source claims more than this capture can hold: then it is no cut end. */
  protected implausible(): boolean {
    return false
  }

  /** Says that `next` needs `bytes` from the window's position on. */
  protected wait(bytes: number): false {
    this.need = bytes
    return false
  }

  /** Takes `frame` into the summary. */
  protected count(frame: Frame): true {
    const tally = this.#tally
    const time = frame.time
    tally[Tally.PACKETS]!++
    tally[Tally.WIRE_BYTES]! += frame.originalLength
    if (frame.end - frame.start < frame.originalLength) tally[Tally.CUT_FRAMES]!++
    if (time < tally[Tally.FIRST_TIME]!) tally[Tally.FIRST_TIME] = time
    if (time > tally[Tally.LAST_TIME]!) tally[Tally.LAST_TIME] = time
    if (time < tally[Tally.PREVIOUS_TIME]!) tally[Tally.BACKWARD_STEPS]!++
    tally[Tally.PREVIOUS_TIME] = time
    this.#meet(frame.linkType)
    return true
  }

  /** Ends the capture at the window's position: what is there cannot be a record. */
  protected stop(expected: string, found: string): false {
    this.summary.damage ??= { frame: this.nextNumber, offset: this.window.offset, expected, found }
    this.#done = true
    return false
  }

  /** Called once, after the last record. */
  protected ended(): void {}

  /** Takes a link type into the summary. */
  #meet(linkType: number): void {
    if (linkType === this.#linkType) return
    this.#linkType = linkType
    const name = linkTypeName(linkType)
    if (!this.summary.linkTypes.includes(name)) this.summary.linkTypes.push(name)
  }

  #publish(): void {
    const { summary } = this
    const tally = this.#tally
    const packets = tally[Tally.PACKETS]!
    summary.packets = packets
    summary.cutFrames = tally[Tally.CUT_FRAMES]!
    summary.wireBytes = tally[Tally.WIRE_BYTES]!
    summary.backwardSteps = tally[Tally.BACKWARD_STEPS]!
    summary.bytes = this.window.offset + this.#cutBytes
    summary.storedBytes = this.window.source.storedBytes
    summary.firstTime = packets === 0 ? null : tally[Tally.FIRST_TIME]!
    summary.lastTime = packets === 0 ? null : tally[Tally.LAST_TIME]!
  }

  #finish(): void {
    const { window, summary } = this
    if (this.#done) return
    const { left, fault } = window
    if (fault) this.stop(fault.expected, fault.found)
    else if (left > 0 && this.implausible())
      this.stop(`a record within the capture’s bounds`, `one of ${this.need} bytes`)
    else if (left > 0)
      summary.warnings.push(
        `the last record (frame ${this.nextNumber}, at byte ${window.offset}) is cut short: ${left} of its ${this.need} bytes are there, as when a capture is stopped`,
      )
    this.#done = true
    this.#cutBytes = left
    this.ended()
    this.#publish()
    summary.warnings.push(...window.source.warnings())
  }
}
