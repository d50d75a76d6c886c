import { type ByteSource, SourceFault } from '../source/byte-source.ts'
import { DecodedSource } from '../source/decoded-source.ts'
import { Window } from '../source/window.ts'
import { isSkippable } from './zstd-frame.ts'

const WORD = 4

/** Unpacks one frame after the other, block by block. Frames that hold nothing of the data are alike in lz4 and zstd. */
export abstract class FramedSource extends DecodedSource {
  protected readonly window: Window
  readonly #name: string
  readonly #magic: number

  constructor(packed: ByteSource, name: string, magic: number) {
    super(packed)
    this.window = new Window(packed)
    this.#name = name
    this.#magic = magic
  }

  protected abstract readonly isInFrame: boolean
  /** Reads the header of the frame whose magic number comes next. */
  protected abstract beginFrame(): Promise<void>
  protected abstract unpackBlock(): Promise<void>

  protected override async unpack(): Promise<boolean> {
    const { window } = this
    if (this.isInFrame) await this.unpackBlock()
    else if (await window.fill(1)) await this.#nextFrame()
    else if (window.fault) throw window.fault
    else return false
    return true
  }

  async #nextFrame(): Promise<void> {
    const { window } = this
    await this.require(WORD)
    const magic = window.view.getUint32(window.position, true)
    if (magic === this.#magic) return this.beginFrame()
    if (!isSkippable(magic)) throw new SourceFault(`another ${this.#name} frame`, magic.toString(16).padStart(8, '0'))
    await this.require(2 * WORD)
    window.skip(2 * WORD + window.view.getUint32(window.position + WORD, true))
    // Where it is the last one, its end is the end; where it is cut, nothing of the data is.
    await window.fill(1)
  }

  /** So many bytes of the frame are to be in the window. */
  protected async require(count: number): Promise<void> {
    if (await this.window.fill(count)) return
    throw this.window.fault ?? new SourceFault(`a complete ${this.#name} frame`, 'its end is missing')
  }
}
