import type { Io } from '../../src/cli/io.ts'
import type { ExitCode } from '../../src/failure.ts'

/** A process that writes into memory. */
export interface RecordedIo extends Io {
  stdout: string
  stderr: string
  exitCode: ExitCode | null
}

export function recordedIo(change: Partial<Omit<Io, 'out' | 'note' | 'exitWith'>> = {}): RecordedIo {
  const io: RecordedIo = {
    env: {},
    stdin: process.stdin,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: 80,
    memory: 2 ** 32,
    signal: new AbortController().signal,
    ...change,
    stdout: '',
    stderr: '',
    exitCode: null,
    async out(piece) {
      io.stdout += typeof piece === 'string' ? piece : Buffer.from(piece).toString()
      return true
    },
    note(text) {
      io.stderr += text
    },
    exitWith(code) {
      io.exitCode = code
    },
  }
  return io
}
