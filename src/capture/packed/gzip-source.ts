import { createGunzip } from 'node:zlib'
import type { ByteSource } from '../source/byte-source.ts'
import { DecodedSource } from '../source/decoded-source.ts'
import { ZlibPump } from './zlib-pump.ts'

// One input piece becomes at most 1032 times as much before anybody asks for it: 132 MiB, and of a capture half a megabyte,
// which a thread unpacks in one go while the main one analyses what came before.
const INPUT_BYTES = 1 << 17
const OUTPUT_BYTES = 1 << 20
/** Input of one turn while a fault is looked for; from the last turn before it on, each byte is one. */
const SALVAGE_BYTES = 1 << 10

/** Unpacks gzip, also several members in a row (as of rotated files that were concatenated). */
export class GzipSource extends DecodedSource {
  readonly #input = new Uint8Array(INPUT_BYTES)
  readonly #pump: ZlibPump
  #handedOut = 0
  /** False while the first piece is unpacked. */
  #begun = false

  constructor(packed: ByteSource) {
    super(packed)
    this.#pump = new ZlibPump(createGunzip({ chunkSize: OUTPUT_BYTES }), 'gzip', (bytes) => {
      this.#handedOut += bytes.length
      this.put(bytes)
    })
  }

  override async close(): Promise<void> {
    this.#pump.destroy()
    await super.close()
  }

  protected override async unpack(): Promise<boolean> {
    const count = await this.packed.read(this.#input, 0)
    if (count === 0) await this.#pump.end()
    else await this.#write(this.#input.subarray(0, count))
    return count > 0
  }

  async #write(piece: Uint8Array): Promise<void> {
    try {
      await this.#pump.write(piece)
    } catch (fault) {
      if (!this.#begun) await this.#salvage(piece)
      throw fault
    }
    this.#begun = true
  }

  /**
   * Hands out what precedes a fault in the first piece, which is the whole of a small capture: zlib drops what it has
   * unpacked of a piece that it fails in, also where what fails is garbage behind the end.
   */
  async #salvage(piece: Uint8Array): Promise<void> {
    const good = await writeUntilFault(piece, 0, SALVAGE_BYTES, () => {})
    let known = this.#handedOut
    await writeUntilFault(piece, good, 1, (bytes) => {
      const fresh = bytes.subarray(Math.min(known, bytes.length))
      known -= bytes.length - fresh.length
      this.put(fresh)
    })
  }
}

/** Unpacks a piece, what stands before `from` at once and the rest in steps. Returns where the step that failed begins. */
async function writeUntilFault(
  piece: Uint8Array,
  from: number,
  step: number,
  put: (bytes: Uint8Array) => void,
): Promise<number> {
  const pump = new ZlibPump(createGunzip(), 'gzip', put)
  let at = 0
  try {
    for (let end = from; at < piece.length; end += step) {
      if (end > at) await pump.write(piece.subarray(at, end))
      at = end
    }
  } catch {
    // The fault that is told already.
  } finally {
    pump.destroy()
  }
  return at
}
