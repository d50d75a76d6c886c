import type { ByteSource } from '../../src/capture/source/byte-source.ts'
import type { LogFile } from '../../src/log/event.ts'
import { type ReadLogOptions, readLogFrom } from '../../src/log/read-log.ts'

/** A source that gives `bytes` in pieces of at most `piece`, as a slow pipe does. */
export function sourceOf(bytes: Uint8Array, piece = bytes.length): ByteSource {
  let at = 0
  return {
    get storedBytes() {
      return at
    },
    read(target, index) {
      const taken = bytes.subarray(at, at + Math.min(Math.max(piece, 1), target.length - index))
      target.set(taken, index)
      at += taken.length
      return taken.length
    },
    warnings: () => [],
    close: async () => {},
  }
}

/** Reads text, or bytes, as a log. */
export function readText(text: string | Uint8Array, options: ReadLogOptions = {}, piece?: number): Promise<LogFile> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  return readLogFrom(sourceOf(bytes, piece), 'test.log', 0, options)
}

/** Reads a log that stands indented in the test, as the program would read it from a file. */
export const logOf = (text: string, index = 0, path = `log-${index}.txt`): Promise<LogFile> =>
  readLogFrom(sourceOf(Buffer.from(text.replace(/^ +/gm, '').trimStart())), path, index)
