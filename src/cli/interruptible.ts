import { ExitCode, Failure } from '../failure.ts'
import type { Io } from './io.ts'

/** The pieces of a copy; an interruption leaves no half of one behind, because the writing then fails. */
export async function* interruptible(pieces: AsyncIterable<Uint8Array>, io: Io): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    if (io.signal.aborted) throw new Failure('interrupted: nothing was written', null, ExitCode.INTERRUPTED)
    yield piece
  }
}
