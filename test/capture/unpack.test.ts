import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { unpack } from '../../src/capture/packed/unpack.ts'
import { BytesSource } from '../support/bytes-source.ts'

describe('a source that is refused while it is unpacked', () => {
  // A thread that unpacks waits for whoever takes what it has: left open, it would keep the process alive.
  it('is closed with all that unpacks it', async () => {
    const source = new BytesSource(gzipSync(gzipSync(gzipSync('never read'))))
    await expect(unpack(source, 'thrice.gz')).rejects.toThrow('packed more than 2 times')
    expect(source.isClosed).toBe(true)
  })
})
