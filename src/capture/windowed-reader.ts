import type { CaptureReader, CaptureSummary } from './capture-reader.ts'
import type { Epoch } from './epoch.ts'
import type { Frame } from './frame.ts'
import { linkTypeName } from './link-type.ts'
import type { Window } from './window.ts'

/** What the readers of all formats share: waiting for bytes, counting frames, telling how the capture ended. */
export abstract class WindowedReader implements CaptureReader {
  readonly summary: CaptureSummary
  readonly reusesBytes: boolean = false
  protected readonly window: Window
  protected readonly epoch: Epoch
  protected readonly captureIndex: number
  /** Bytes without which `next` cannot go on. */
  protected need = 1
  #packets = 0
  #cutFrames = 0
  #wireBytes = 0
  // Doubles of their own: a field that is a number or null boxes each new number, 16 bytes per packet.
  #firstTime = Number.POSITIVE_INFINITY
  #lastTime = Number.NEGATIVE_INFINITY
  #previousTime = Number.NEGATIVE_INFINITY
  #backwardSteps = 0
  #linkType = -1
  #done = false

  constructor(window: Window, summary: CaptureSummary, captureIndex: number, epoch: Epoch) {
    this.window = window
    this.summary = summary
    this.captureIndex = captureIndex
    this.epoch = epoch
  }

  abstract next(frame: Frame): boolean

  async more(): Promise<boolean> {
    this.#publish()
    if (this.#done) return false
    if (await this.refill()) return true
    this.#finish()
    return false
  }

  async close(): Promise<void> {
    this.#done = true
    await this.window.source.close()
  }

  /** Gets the bytes that `next` waits for; false where there are no more. */
  protected refill(): Promise<boolean> {
    return this.window.fill(this.need)
  }

  /** Number that the next frame gets: one more than those that were counted. */
  protected get nextNumber(): number {
    return this.#packets + 1
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
    this.#packets++
    this.#wireBytes += frame.originalLength
    if (frame.end - frame.start < frame.originalLength) this.#cutFrames++
    const time = frame.time
    if (time < this.#firstTime) this.#firstTime = time
    if (time > this.#lastTime) this.#lastTime = time
    if (time < this.#previousTime) this.#backwardSteps++
    this.#previousTime = time
    if (frame.linkType !== this.#linkType) this.#meet(frame.linkType)
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

  #meet(linkType: number): void {
    this.#linkType = linkType
    const name = linkTypeName(linkType)
    if (!this.summary.linkTypes.includes(name)) this.summary.linkTypes.push(name)
  }

  #publish(): void {
    const { summary } = this
    summary.packets = this.#packets
    summary.cutFrames = this.#cutFrames
    summary.wireBytes = this.#wireBytes
    summary.backwardSteps = this.#backwardSteps
    summary.bytes = this.window.offset
    summary.storedBytes = this.window.source.storedBytes
    summary.firstTime = this.#packets === 0 ? null : this.#firstTime
    summary.lastTime = this.#packets === 0 ? null : this.#lastTime
  }

  #finish(): void {
    const { window, summary } = this
    if (this.#done) return
    const { left, fault } = window
    if (fault) this.stop(fault.expected, fault.found)
    else if (left > 0 && this.implausible())
      this.stop(`a record within the capture's bounds`, `one of ${this.need} bytes`)
    else if (left > 0)
      summary.warnings.push(
        `the last record (frame ${this.nextNumber}, at byte ${window.offset}) is cut short: ${left} of its ${this.need} bytes are there, as when a capture is stopped`,
      )
    this.#done = true
    this.ended()
    this.#publish()
    summary.bytes += left
    summary.warnings.push(...window.source.warnings())
  }
}
