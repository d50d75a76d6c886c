import { Failure } from '../failure.ts'
import { visible } from '../text/visible.ts'
import type { ByteSource } from './byte-source.ts'
import type { Compression } from './capture-reader.ts'
import { LZ4_MAGIC } from './lz4-block.ts'
import { Window } from './window.ts'
import { WindowSource } from './window-source.ts'
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

/** Opens a window over `source`, with what unpacks it in between where its content says that it is compressed. */
export async function unpack(source: ByteSource, path: string, windowBytes?: number): Promise<Unpacked> {
  let window = new Window(source, windowBytes)
  let outermost: Compression | null = null
  for (let layers = 0; ; layers++) {
    const compression = await compressionOf(window)
    if (compression === null) return { window, compression: outermost }
    if (layers === MAX_LAYERS)
      throw new Failure(
        `${visible(path)} is packed more than ${MAX_LAYERS} times`,
        'unpack it once, and give what comes out',
      )
    outermost ??= compression
    window = new Window(await unpacking(compression, new WindowSource(window)), windowBytes)
  }
}

/** Each decoder is loaded when a capture needs it: most are not packed. */
async function unpacking(compression: Compression, packed: ByteSource): Promise<ByteSource> {
  if (compression === 'gzip') return new (await import('./gzip-source.ts')).GzipSource(packed)
  if (compression === 'zstd') return new (await import('./zstd-source.ts')).ZstdSource(packed)
  return new (await import('./lz4-source.ts')).Lz4Source(packed)
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
