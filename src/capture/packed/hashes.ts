import xxhash, { type XXHashAPI } from 'xxhash-wasm'
import { noAddressSpace } from '../../engine/address-space.ts'

export type Hashes = XXHashAPI

let compiled: Promise<Hashes> | null = null

/** The checksums of zstd and lz4. Compiled once: a capture may be packed as thousands of small frames. */
export function hashes(): Promise<Hashes> {
  compiled ??= xxhash().catch((error: unknown) => {
    throw error instanceof RangeError ? noAddressSpace(error) : error
  })
  return compiled
}
