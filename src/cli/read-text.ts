import { open } from 'node:fs/promises'
import { nameless, unreadable } from '../capture/source/open-source.ts'
import { Failure } from '../failure.ts'
import { visible } from '../text/visible.ts'

/** A baseline of a hundred thousand findings is smaller; what is larger is something else. */
const MAX_TEXT_BYTES = 16 << 20

const CHUNK = 1 << 16

/**
 * The text of a file that is written by hand or by this program: an expectation, a baseline. Null where there is no such
 * file; a Failure says why it cannot be read, be it that it is endless (a device) or far too large.
 */
export async function readText(path: string): Promise<string | null> {
  if (path === '') throw nameless('input')
  try {
    return await boundedText(path)
  } catch (error) {
    if (error instanceof Failure) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw unreadable(path, error as NodeJS.ErrnoException)
  }
}

async function boundedText(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const chunks: Buffer[] = []
    for (let length = 0; length <= MAX_TEXT_BYTES; ) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, null)
      if (bytesRead === 0) return Buffer.concat(chunks).toString('utf8')
      chunks.push(buffer.subarray(0, bytesRead))
      length += bytesRead
    }
  } finally {
    await file.close()
  }
  throw new Failure(`${visible(path)} has more than ${MAX_TEXT_BYTES} bytes`, 'name the file that was meant')
}
