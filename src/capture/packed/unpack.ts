import { Failure } from '../../failure.ts'
import type { Compression } from '../capture-reader.ts'
import type { ByteSource } from '../source/byte-source.ts'
import { inputName } from '../source/standard-input.ts'
import { Window } from '../source/window.ts'
import { WindowSource } from '../source/window-source.ts'
import { decoderOf, hasOwnThread } from './decoders.ts'
import { LZ4_MAGIC } from './lz4-block.ts'
import { isSkippable, ZSTD_MAGIC } from './zstd-frame.ts'

/** A capture packed twice happens (a rotated file that a backup packs again); more is made to exhaust readers. */
const MAX_LAYERS = 2

const MAGIC_BYTES = 4
// RFC 1952 §2.3.1: the identification, and the only method that there is.
const GZIP_START = 0x1f8b08
const SKIPPABLE_HEADER_BYTES = 8
/** How far skippable frames are passed over in search of the first one with data, which tells zstd from lz4. */
const MAX_SKIPPABLE_BYTES = 1 << 18

/** A window over unpacked bytes, and what they were unpacked from: the outermost one where there are two. */
export interface Unpacked {
  readonly window: Window
  readonly compression: Compression | null
}

/** A packed file from this size on is unpacked by a thread of its own: the thread's start takes as long as so much does. */
const THREAD_BYTES = 4 << 20

/** How a source is to be unpacked. */
export interface UnpackOptions {
  /** First size of the windows. */
  readonly windowBytes?: number | undefined
  /** Bytes of the source as stored, where that is known. */
  readonly size?: number | null
}

/**
 * Opens a window over `source`, with what unpacks it in between where its content says that it is compressed. Closing the
 * window's source closes all of them; where this throws, it has closed them.
 */
export async function unpack(
  source: ByteSource,
  path: string,
  { windowBytes, size }: UnpackOptions = {},
): Promise<Unpacked> {
  let window = new Window(source, windowBytes)
  let outermost: Compression | null = null
  try {
    for (let layers = 0; ; layers++) {
      const compression = await compressionOf(window)
      if (compression === null) return { window, compression: outermost }
      if (layers === MAX_LAYERS) throw packedTooOften(path)
      outermost ??= compression
      const packed = new WindowSource(window)
      const inThread = layers === 0 && (size ?? 0) >= THREAD_BYTES
      window = new Window(await (inThread ? threaded : decoderOf)(compression, packed), windowBytes)
    }
  } catch (error) {
    await window.source.close()
    throw error
  }
}

const packedTooOften = (path: string): Failure =>
  new Failure(`${inputName(path)} is packed more than ${MAX_LAYERS} times`, 'unpack it once, and give what comes out')

/** In a thread, unless the runtime does it in one by itself. */
async function threaded(compression: Compression, packed: ByteSource): Promise<ByteSource> {
  if (await hasOwnThread(compression)) return decoderOf(compression, packed)
  const { ThreadedSource } = await import('./threaded-source.ts')
  return new ThreadedSource(packed, compression)
}

async function compressionOf(window: Window): Promise<Compression | null> {
  let at = 0
  while (at <= MAX_SKIPPABLE_BYTES && (await window.fill(at + SKIPPABLE_HEADER_BYTES))) {
    const magic = window.view.getUint32(window.position + at, true)
    if (magic === ZSTD_MAGIC) return 'zstd'
    if (magic === LZ4_MAGIC) return 'lz4'
    if (!isSkippable(magic)) break
    at += SKIPPABLE_HEADER_BYTES + window.view.getUint32(window.position + at + MAGIC_BYTES, true)
  }
  if (window.left < MAGIC_BYTES) return null
  return window.view.getUint32(window.position) >>> 8 === GZIP_START ? 'gzip' : null
}
