import { SourceFault } from '../source/byte-source.ts'

/** RFC 8878 §3.1.1: the magic number of a frame, little-endian. */
export const ZSTD_MAGIC = 0xfd2fb528
// The first of 16: frames that hold something else than data.
const SKIPPABLE_MAGIC = 0x184d2a50
/** Bytes of a block header. */
export const BLOCK_HEADER = 3
/** RFC 8878 recommends 8 MB; zstd itself unpacks this much unless `--long` asks for more. */
const MAX_WINDOW_BYTES = 128 << 20
/** RFC 8878 §3.1.1.2.4. */
const MAX_BLOCK_BYTES = 128 << 10
const CONTENT_SIZE_BYTES = [0, 2, 4, 8]
const DICTIONARY_BYTES = [0, 1, 2, 4]

/** What the header of a zstd frame says. */
export interface ZstdFrameHeader {
  readonly bytes: number
  /** How far back matches may reach: what a decoder must keep. */
  readonly windowBytes: number
  readonly hasChecksum: boolean
}

/** One block's header. */
export interface ZstdBlockHeader {
  readonly last: boolean
  /** Bytes that it occupies after its header. */
  readonly bytes: number
}

/** Tells whether a magic number belongs to a skippable frame. */
export function isSkippable(magic: number): boolean {
  return magic >= SKIPPABLE_MAGIC && magic < SKIPPABLE_MAGIC + 16
}

/** Length of the frame header whose magic number stands at `start`; its fifth byte must be there. */
export function zstdHeaderBytes(view: DataView, start: number): number {
  const descriptor = view.getUint8(start + 4)
  const single = (descriptor & 0x20) !== 0
  const contentSize = contentSizeBytes(descriptor)
  return 5 + (single ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3]! + contentSize
}

/** Reads a frame header that is there as a whole; refuses what could not be unpacked in bounded memory. */
export function readZstdHeader(view: DataView, start: number): ZstdFrameHeader {
  const descriptor = view.getUint8(start + 4)
  const bytes = zstdHeaderBytes(view, start)
  const single = (descriptor & 0x20) !== 0
  const size = single
    ? contentSize(view, start + bytes, contentSizeBytes(descriptor))
    : windowBytes(view.getUint8(start + 5))
  if (size > MAX_WINDOW_BYTES)
    throw new SourceFault(
      `a zstd window of at most ${MAX_WINDOW_BYTES} bytes`,
      `one of ${size}: unpack it first, with zstd -d --long=31`,
    )
  if ((descriptor & 3) !== 0 && dictionary(view, start + (single ? 5 : 6), DICTIONARY_BYTES[descriptor & 3]!) !== 0)
    throw new SourceFault('zstd data that stand alone', 'a frame that needs a dictionary')
  return { bytes, windowBytes: size, hasChecksum: (descriptor & 4) !== 0 }
}

/** Reads the block header at `start`. */
export function readBlockHeader(view: DataView, start: number): ZstdBlockHeader {
  const word = view.getUint16(start, true) | (view.getUint8(start + 2) << 16)
  const type = (word >> 1) & 3
  if (type === 3) throw new SourceFault('a raw, run-length or compressed zstd block', 'one of the reserved type')
  const size = word >> 3
  if (size > MAX_BLOCK_BYTES) throw new SourceFault(`a zstd block of at most ${MAX_BLOCK_BYTES} bytes`, `${size}`)
  // A run-length block is one byte, however long its run is.
  return { last: (word & 1) === 1, bytes: type === 1 ? 1 : size }
}

function contentSizeBytes(descriptor: number): number {
  const code = descriptor >> 6
  return code === 0 && (descriptor & 0x20) !== 0 ? 1 : CONTENT_SIZE_BYTES[code]!
}

function contentSize(view: DataView, end: number, bytes: number): number {
  if (bytes === 8) return Number(view.getBigUint64(end - 8, true))
  return bytes === 4 ? view.getUint32(end - 4, true) : 0
}

function windowBytes(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

function dictionary(view: DataView, start: number, bytes: number): number {
  let id = 0
  for (let index = 0; index < bytes; index++) id |= view.getUint8(start + index) << (8 * index)
  return id
}
