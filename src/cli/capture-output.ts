import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { ExitCode, Failure } from '../failure.ts'
import { visible } from '../text/visible.ts'
import type { Io } from './io.ts'
import { refuseInput, writeWhole } from './output-file.ts'

/** The name that stands for standard output. */
const STANDARD_OUTPUT = '-'

/** Refuses, before any work is done, a place where no capture can be written: one of `inputs`, a folder, a terminal. */
export async function refuseCaptureOutput(output: string, inputs: readonly string[], io: Io): Promise<void> {
  if (output !== STANDARD_OUTPUT) return refuseInput(output, inputs)
  if (io.stdoutIsTerminal)
    throw new Failure(
      'a capture is not text, and would garble the terminal',
      'name a file, or send it on: | tshark -r -',
    )
}

/**
 * Writes a capture to the file that was named, whole or not at all, or to standard output. False where standard output did
 * not take all of it.
 */
export async function writeCapture(
  output: string,
  pieces: AsyncIterable<Uint8Array>,
  io: Io,
  isPacked = false,
): Promise<boolean> {
  const whole = interruptible(pieces, io, output)
  const written = isPacked ? Readable.from(whole).compose(createGzip()) : whole
  if (output !== STANDARD_OUTPUT) {
    await writeWhole(output, written)
    return true
  }
  for await (const piece of written) if (!(await io.out(piece))) return false
  return true
}

/** What a place is called in a note. */
export const outputName = (output: string): string => (output === STANDARD_OUTPUT ? 'standard output' : visible(output))

/** An interruption fails the writing, so that no half of a file is left behind. */
async function* interruptible(pieces: AsyncIterable<Uint8Array>, io: Io, output: string): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    if (io.signal.aborted) {
      const left = output === STANDARD_OUTPUT ? 'what was written is not whole' : 'nothing was written'
      throw new Failure(`interrupted: ${left}`, null, ExitCode.INTERRUPTED)
    }
    yield piece
  }
}
