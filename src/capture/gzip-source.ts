import { createGunzip } from 'node:zlib'
import type { ByteSource } from './byte-source.ts'
import { DecodedSource } from './decoded-source.ts'
import { ZlibPump } from './zlib-pump.ts'

// One input piece becomes at most 1032 times as much before anybody asks for it: 132 MiB, and of a capture half a megabyte,
// which a thread unpacks in one go while the main one analyses what came before.
const INPUT_BYTES = 1 << 17
const OUTPUT_BYTES = 1 << 20

/** Unpacks gzip, also several members in a row (as of rotated files that were concatenated). */
export class GzipSource extends DecodedSource {
  readonly #input = new Uint8Array(INPUT_BYTES)
  readonly #pump: ZlibPump

  constructor(packed: ByteSource) {
    super(packed)
    this.#pump = new ZlibPump(createGunzip({ chunkSize: OUTPUT_BYTES }), 'gzip', (bytes) => this.put(bytes))
  }

  override async close(): Promise<void> {
    this.#pump.destroy()
    await super.close()
  }

  protected override async unpack(): Promise<boolean> {
    const count = await this.packed.read(this.#input, 0)
    if (count === 0) await this.#pump.end()
    else await this.#pump.write(this.#input.subarray(0, count))
    return count > 0
  }
}
