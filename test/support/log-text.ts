import type { ByteSource } from '../../src/capture/byte-source.ts'
import type { LogFile } from '../../src/log/event.ts'
import { readLogFrom } from '../../src/log/read-log.ts'

/** Reads a log that stands in the test, as the program would read it from a file. */
export async function logOf(text: string, index = 0, path = `log-${index}.txt`): Promise<LogFile> {
  const bytes = new TextEncoder().encode(text.replace(/^ +/gm, '').trimStart())
  let taken = 0
  const source: ByteSource = {
    storedBytes: bytes.length,
    read(target, at) {
      const count = Math.min(bytes.length - taken, target.length - at)
      target.set(bytes.subarray(taken, taken + count), at)
      taken += count
      return count
    },
    warnings: () => [],
    close: async () => {},
  }
  return readLogFrom(source, path, index)
}
