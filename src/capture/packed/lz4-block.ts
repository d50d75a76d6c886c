import { readFileSync } from 'node:fs'
import { noAddressSpace } from '../../engine/address-space.ts'
import { Failure } from '../../failure.ts'
import { SourceFault } from '../source/byte-source.ts'

/** The magic number of an lz4 frame, little-endian. */
export const LZ4_MAGIC = 0x184d2204

interface Global {
  readonly value: number
}

/** What `assembly/` exports; its comments say what each does. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly INPUT: Global
  readonly OUTPUT: Global
  readonly HISTORY: Global
  readonly LITERALS_BEYOND: Global
  readonly TOO_LONG: Global
  readonly NO_OFFSET: Global
  readonly OFFSET_BEYOND: Global
  readonly excess: Global
  readonly available: Global
  readonly unpack: (length: number, most: number, history: number) => number
}

let compiled: object | undefined

/** It copies sixteen bytes at a time, which V8 refuses to compile for a processor that cannot. */
function compile(): object {
  try {
    return new WebAssembly.Module(readFileSync(new URL('../../../dist/lz4.wasm', import.meta.url)))
  } catch (cause) {
    throw cause instanceof WebAssembly.CompileError ? noVectors(cause) : cause
  }
}

const noVectors = (cause: unknown): Failure =>
  new Failure(
    'lz4 is unpacked with vector instructions (SSE4.1 or NEON), which this processor does not have',
    'unpack it first: lz4 -dc FILE | noaccept analyze -',
    undefined,
    cause,
  )

function startAssembly(): Exports {
  compiled ??= compile()
  try {
    return new WebAssembly.Instance(compiled, {}).exports as Exports
  } catch (error) {
    throw error instanceof RangeError ? noAddressSpace(error) : error
  }
}

/** Unpacks the blocks of lz4 frames, one after the other. */
export class Lz4Blocks {
  readonly #assembly: Exports
  readonly #memory: Uint8Array
  #largest = 0
  #isLinked = false
  /** How many bytes before a block its matches may reach. */
  #history = 0

  constructor() {
    this.#assembly = startAssembly()
    this.#memory = new Uint8Array(this.#assembly.memory.buffer)
  }

  /** Begins a frame whose blocks have `largest` bytes at most, unpacked or packed; where they are linked, matches reach into earlier ones. */
  begin(largest: number, isLinked: boolean): void {
    this.#largest = largest
    this.#isLinked = isLinked
    this.#history = 0
  }

  /** Unpacks a block. The bytes are valid until the next one. Throws {@link SourceFault}. */
  unpack(packed: Uint8Array): Uint8Array {
    const { INPUT, OUTPUT, unpack } = this.#assembly
    this.#memory.set(packed, INPUT.value)
    const length = unpack(packed.length, this.#largest, this.#history)
    if (length < 0) throw this.#fault(length)
    return this.#done(OUTPUT.value, length)
  }

  /** Takes a block that is not packed, as `unpack` does. */
  store(plain: Uint8Array): Uint8Array {
    const start = this.#assembly.OUTPUT.value
    this.#memory.set(plain, start)
    return this.#done(start, plain.length)
  }

  /** What the next block's matches may reach back to is moved in front of where that will be. */
  #done(start: number, length: number): Uint8Array {
    const end = start + length
    const unpacked = this.#memory.subarray(start, end)
    if (this.#isLinked) {
      const kept = Math.min(this.#assembly.HISTORY.value, this.#history + length)
      this.#memory.copyWithin(start - kept, end - kept, end)
      this.#history = kept
    }
    return unpacked
  }

  #fault(code: number): SourceFault {
    const { LITERALS_BEYOND, TOO_LONG, NO_OFFSET, OFFSET_BEYOND, excess, available } = this.#assembly
    switch (code) {
      case LITERALS_BEYOND.value:
        return damaged('literals within their block', `${excess.value} bytes beyond it`)
      case TOO_LONG.value:
        return damaged('a block within the size that its frame allows', 'a longer one')
      case NO_OFFSET.value:
        return damaged('a match offset', 'the end of the block')
      case OFFSET_BEYOND.value:
        return damaged(`a match offset from 1 to ${available.value}`, `${excess.value}`)
      default:
        return damaged('literals at the end of the block', 'a match')
    }
  }
}

const damaged = (expected: string, found: string): SourceFault => new SourceFault(`lz4 data with ${expected}`, found)
