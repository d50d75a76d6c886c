import { describe, expect, it } from 'vitest'
import { readZstdHeader } from '../../src/capture/packed/zstd-frame.ts'
import { SourceFault } from '../../src/capture/source/byte-source.ts'

/** RFC 8878 §3.1.1: magic, descriptor, window of 1 KiB, and a dictionary's number of one byte. */
const header = (dictionary: number) =>
  new DataView(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0b0000_0001, 0, dictionary).buffer)

describe('the header of a zstd frame', () => {
  it('is refused where it names a dictionary that its reader does not have', () => {
    expect(() => readZstdHeader(header(7), 0)).toThrow(SourceFault)
    expect(() => readZstdHeader(header(7), 0)).toThrow(/dictionary/)
  })

  it('is taken where the number of its dictionary is 0, which stands for none', () => {
    expect(readZstdHeader(header(0), 0)).toEqual({ bytes: 7, windowBytes: 1024, hasChecksum: false })
  })
})
