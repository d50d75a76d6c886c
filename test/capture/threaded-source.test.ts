import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import xxhash from 'xxhash-wasm'
import { Lz4Source } from '../../src/capture/packed/lz4-source.ts'
import { ThreadedSource as SourceWithoutThread } from '../../src/capture/packed/threaded-source.ts'
import { type ByteSource, SourceFault } from '../../src/capture/source/byte-source.ts'
import { BytesSource } from '../support/bytes-source.ts'

// The thread's module is a built one: what is not built has none to start.
const BUILT = new URL('../../dist/capture/packed/threaded-source.js', import.meta.url)
const BUILT_FAULT = new URL('../../dist/capture/source/byte-source.js', import.meta.url)
const isBuilt = existsSync(BUILT)

const BLOCK_BYTES = 1 << 16
const STORED = 0x8000_0000

/** A frame of blocks that are kept as they are, each with its checksum. */
async function lz4Of(bytes: Uint8Array): Promise<Buffer> {
  const { h32Raw } = await xxhash()
  const word = (value: number) => {
    const four = Buffer.alloc(4)
    four.writeUInt32LE(value >>> 0)
    return four
  }
  const descriptor = Buffer.from([0x70, 0x40])
  const parts = [word(0x184d2204), descriptor, Buffer.from([(h32Raw(descriptor) >>> 8) & 255])]
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const block = bytes.subarray(at, at + BLOCK_BYTES)
    parts.push(word(STORED + block.length), Buffer.from(block), word(h32Raw(block)))
  }
  return Buffer.concat([...parts, word(0)])
}

/** All that a source gives, and how it ended where that was not well. */
async function drained(source: ByteSource): Promise<{ bytes: Buffer; fault: unknown }> {
  const target = new Uint8Array(100_000)
  const parts: Buffer[] = []
  try {
    for (let count = await source.read(target, 0); count > 0; count = await source.read(target, 0))
      parts.push(Buffer.from(target.subarray(0, count)))
    return { bytes: Buffer.concat(parts), fault: null }
  } catch (fault) {
    return { bytes: Buffer.concat(parts), fault }
  }
}

const opened: ByteSource[] = []
afterEach(async () => {
  for (const source of opened.splice(0)) await source.close()
})

/** A disk that cannot read on behind its first bytes. */
class BrokenSource extends BytesSource {
  readonly #Fault: typeof SourceFault

  /** What is built knows its own faults alone. */
  constructor(bytes: Uint8Array, Fault: typeof SourceFault) {
    super(bytes)
    this.#Fault = Fault
  }

  override read(target: Uint8Array, at: number): number {
    const count = super.read(target, at)
    if (count > 0) return count
    throw new this.#Fault('the rest of the file', 'an error of the disk')
  }
}

async function threaded(packed: ByteSource): Promise<ByteSource> {
  const { ThreadedSource } = (await import(BUILT.href)) as { ThreadedSource: typeof SourceWithoutThread }
  const source = new ThreadedSource(packed, 'lz4')
  opened.push(source)
  return source
}

const PLAIN = Uint8Array.from({ length: 5_000_000 }, (_, at) => (at * at) >>> 7)

describe.skipIf(!isBuilt)('a capture that a thread unpacks', () => {
  it('gives the bytes that it gives without a thread', async () => {
    const { bytes, fault } = await drained(await threaded(new BytesSource(await lz4Of(PLAIN))))
    expect(fault).toBeNull()
    expect(bytes.equals(PLAIN)).toBe(true)
  })

  it.each(['cut', 'damaged'])('gives what is readable of a %s one, and says the same of its end', async (how) => {
    const packed = await lz4Of(PLAIN)
    if (how === 'damaged') packed[3_000_000]! ^= 1
    const bad = how === 'cut' ? packed.subarray(0, 3_000_000) : packed
    await expectAlike(new BytesSource(bad), new BytesSource(bad))
  })

  it('gives what precedes an error of the disk, and then tells of that', async () => {
    const packed = (await lz4Of(PLAIN)).subarray(0, 3_000_000)
    const built = (await import(BUILT_FAULT.href)) as { SourceFault: typeof SourceFault }
    await expectAlike(new BrokenSource(packed, SourceFault), new BrokenSource(packed, built.SourceFault))
  })

  async function expectAlike(packedHere: ByteSource, packedThere: ByteSource): Promise<void> {
    const here = await drained(new Lz4Source(packedHere))
    const there = await drained(await threaded(packedThere))
    expect(here.bytes.length).toBeGreaterThan(2_900_000)
    expect(there.bytes.equals(here.bytes)).toBe(true)
    expect(`${there.fault}`).toBe(`${here.fault}`)
  }

  it('ends its thread when it is closed before its end', async () => {
    const packed = new BytesSource(await lz4Of(PLAIN))
    const { ThreadedSource } = (await import(BUILT.href)) as { ThreadedSource: typeof SourceWithoutThread }
    const source = new ThreadedSource(packed, 'lz4')
    await source.read(new Uint8Array(10), 0)
    await source.close()
    expect(packed.isClosed).toBe(true)
    expect((await drained(source)).bytes.length).toBeLessThan(PLAIN.length)
  })
})

describe('a thread that dies', () => {
  it('is told as what ended the capture', async () => {
    const source = new SourceWithoutThread(new BytesSource(await lz4Of(PLAIN)), 'lz4')
    opened.push(source)
    const { bytes, fault } = await drained(source)
    expect(bytes.length).toBe(0)
    expect(`${fault}`).toMatch(/expected a thread that unpacks the rest, found it ended early: .*unpack-thread/)
  })
})
