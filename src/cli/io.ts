import type { ExitCode } from '../failure.ts'

/** Everything a command may touch of the process it runs in. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: NodeJS.ReadStream
  readonly stdoutIsTerminal: boolean
  readonly stderrIsTerminal: boolean
  readonly columns: number
  /**
   * Writes a result, waiting where the reader is slow; bytes are written when it resolves, until when they must stay as
   * they are. One call at a time. Resolves to false once the reader has gone away.
   */
  out(piece: string | Uint8Array): Promise<boolean>
  /** Writes a note, a warning or progress. */
  note(text: string): void
  /** Bytes of memory that the machine, or the container around the program, allows. */
  readonly memory: number
  /** Aborted by SIGINT or SIGTERM. */
  readonly signal: AbortSignal
  /** What the process will end with, unless something worse is said later. */
  exitWith(code: ExitCode): void
}
