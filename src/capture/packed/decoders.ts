import type { Compression } from '../capture-reader.ts'
import type { ByteSource } from '../source/byte-source.ts'

/** Unpacks `packed`. Each decoder is loaded when a capture needs it: most are not packed. */
export async function decoderOf(compression: Compression, packed: ByteSource): Promise<ByteSource> {
  if (compression === 'gzip') return new (await import('./gzip-source.ts')).GzipSource(packed)
  if (compression === 'zstd') return new (await import('./zstd-source.ts')).ZstdSource(packed)
  return new (await import('./lz4-source.ts')).Lz4Source(packed)
}

/** True where the runtime unpacks in its own threads, so that the one that analyses goes on meanwhile. */
export async function hasOwnThread(compression: Compression): Promise<boolean> {
  if (compression === 'gzip') return true
  return compression === 'zstd' && (await import('./zstd-decoder.ts')).RUNTIME_HAS_ZSTD
}
