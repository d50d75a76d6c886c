import {
  Block,
  BYTE_ORDER_MAGIC,
  EnhancedPacket,
  FRAMING,
  holdsPacket,
  Minimum,
  Section,
  takesNumber,
} from './pcapng-block.ts'
import { Option, OptionCursor } from './pcapng-options.ts'

const OPTION_HEADER = 4
/** The length of a block that stands again at its end. */
const TRAILER = 4
/** Where a section header's options begin, and a packet block's data: in the enhanced as in the obsolete one. */
const SECTION_OPTIONS = Minimum.SECTION_HEADER - TRAILER
const PACKET_DATA = Minimum.PACKET - TRAILER
/** A length field of 16 bits. */
const MAX_OPTION_BYTES = 65_535

/** What is to be said in a copy of a capture. */
export interface Annotations {
  /** Comment of the first section. */
  readonly section: string
  /** Comments by frame number. */
  readonly frames: ReadonlyMap<number, readonly string[]>
  /** Frames that the copy holds; null for all. */
  readonly keep: ReadonlySet<number> | null
}

/**
 * Adds comments to the blocks of a pcapng while they pass. Everything else goes through as it is: unknown blocks,
 * options, existing comments, byte order. A section's length, where it is told, becomes “not specified”.
 */
export class BlockAnnotator {
  /** Frames that have a comment now. */
  commented = 0
  /** Packets written. */
  packets = 0
  /** Frames in simple packet blocks, which have no room for a comment. */
  readonly unplaced: number[] = []
  readonly #annotations: Annotations
  #little = true
  #frame = 0
  #sections = 0
  #rest: Uint8Array = new Uint8Array(0)

  constructor(annotations: Annotations) {
    this.#annotations = annotations
  }

  /** The blocks of `pieces`, annotated; a piece may end within a block. */
  async *annotate(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      let from = 0
      let at = 0
      while (at + FRAMING <= bytes.length) {
        const end = at + this.#lengthOf(view, at)
        if (end > bytes.length) break
        const replaced = this.#replacement(bytes, view, at, end)
        if (replaced !== null) {
          if (at > from) yield bytes.subarray(from, at)
          if (replaced.length > 0) yield replaced
          from = end
        }
        at = end
      }
      if (at > from) yield bytes.subarray(from, at)
      this.#rest = bytes.slice(at)
    }
  }

  #lengthOf(view: DataView, at: number): number {
    if (view.getUint32(at) === Block.SECTION_HEADER)
      this.#little = view.getUint32(at + Section.MAGIC, true) === BYTE_ORDER_MAGIC
    // Writers of the first drafts left the padding out of the length.
    return Math.max(FRAMING, (view.getUint32(at + 4, this.#little) + 3) & ~3)
  }

  /** What stands in the block's place: nothing where it is dropped, null where it stays. */
  #replacement(bytes: Uint8Array, view: DataView, at: number, end: number): Uint8Array | null {
    const type = view.getUint32(at, this.#little)
    if (type === Block.SECTION_HEADER) {
      if (this.#sections++ > 0) return null
      const copy = this.#withComments(bytes, view, at, end, SECTION_OPTIONS, [this.#annotations.section])
      new DataView(copy.buffer).setBigInt64(Section.LENGTH, -1n, this.#little)
      return copy
    }
    if (takesNumber(type)) this.#frame++
    if (!holdsPacket(type)) return null
    this.#frame++
    const { keep, frames } = this.#annotations
    if (keep !== null && !keep.has(this.#frame)) return new Uint8Array(0)
    this.packets++
    const comments = frames.get(this.#frame)
    if (comments === undefined) return null
    if (type === Block.SIMPLE_PACKET) {
      this.unplaced.push(this.#frame)
      return null
    }
    this.commented++
    const data = (view.getUint32(at + EnhancedPacket.CAPTURED, this.#little) + 3) & ~3
    return this.#withComments(bytes, view, at, end, PACKET_DATA + data, comments)
  }

  /** A copy of the block with comments after the options it has. `options` is where they start in it. */
  #withComments(
    bytes: Uint8Array,
    view: DataView,
    at: number,
    end: number,
    options: number,
    comments: readonly string[],
  ): Uint8Array<ArrayBuffer> {
    const kept = this.#endOfOptions(bytes, view, at + options, end - 4) - at
    const texts = comments.map(commentBytes)
    const added = texts.reduce((sum, text) => sum + OPTION_HEADER + ((text.length + 3) & ~3), OPTION_HEADER)
    const length = kept + added + 4
    const copy = new Uint8Array(length)
    copy.set(bytes.subarray(at, at + kept))
    const out = new DataView(copy.buffer)
    let to = kept
    for (const text of texts) {
      out.setUint16(to, Option.COMMENT, this.#little)
      out.setUint16(to + 2, text.length, this.#little)
      copy.set(text, to + OPTION_HEADER)
      to += OPTION_HEADER + ((text.length + 3) & ~3)
    }
    // The end of options is four zeros, and they are there.
    out.setUint32(4, length, this.#little)
    out.setUint32(length - 4, length, this.#little)
    return copy
  }

  /** Where the last whole option ends. */
  #endOfOptions(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const whole = new DataView(bytes.buffer, 0)
    const cursor = new OptionCursor(whole, view.byteOffset + start, view.byteOffset + end, this.#little)
    let last = start
    while (cursor.next()) last = Math.min(end, cursor.start - view.byteOffset + ((cursor.length + 3) & ~3))
    return last
  }
}

/** UTF-8, cut at a whole character where it is too long for an option. */
function commentBytes(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= MAX_OPTION_BYTES) return bytes
  let end = MAX_OPTION_BYTES
  while ((bytes[end]! & 0xc0) === 0x80) end--
  return bytes.subarray(0, end)
}
