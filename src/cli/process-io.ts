import { fstatSync, write } from 'node:fs'
import { totalmem } from 'node:os'
import { ExitCode } from '../failure.ts'
import { watchHeap } from './heap-watch.ts'
import type { Io } from './io.ts'
import { whyUnwritten } from './output-file.ts'

/** Worse first: an interrupted or partial run says so, whatever it found. */
const RANK = [
  ExitCode.BUG,
  ExitCode.FAILURE,
  ExitCode.INTERRUPTED,
  ExitCode.INCOMPLETE,
  ExitCode.NOTHING,
  ExitCode.FINDINGS,
  ExitCode.OK,
]

/** Resolves when standard output takes more, or never will again. */
function drained(): Promise<void> {
  const events = ['drain', 'error', 'close'] as const
  return new Promise((resolve) => {
    const done = () => {
      for (const event of events) process.stdout.off(event, done)
      resolve()
    }
    for (const event of events) process.stdout.on(event, done)
  })
}

/** Standard output where it is a file: a thread writes to it, while the stream that Node makes of it would wait. */
function openFile(): number | null {
  const { fd } = process.stdout
  try {
    return fstatSync(fd).isFile() ? fd : null
  } catch {
    return null
  }
}

/** Writes all of the bytes where the last ones ended. */
async function writeBytes(fd: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; )
    at += await new Promise<number>((resolve, reject) =>
      write(fd, bytes, at, bytes.length - at, null, (error, count) =>
        error === null ? resolve(count) : reject(error),
      ),
    )
}

/** Where a container's bound is above what the machine has, or there is none, the machine counts. */
function allowedMemory(): number {
  const constrained = process.constrainedMemory?.() ?? 0
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}

/** For a pipe, and for a terminal that nobody has told its size: it says 0. */
const UNKNOWN_WIDTH = 80

/** What the result goes to tells its width, or whoever will look at it does, in the shell's variable. */
function widthOf({ columns }: { readonly columns?: number }, told: string | undefined): number {
  if (columns) return columns
  return (/^\d{1,4}$/.test(told ?? '') && Number(told)) || UNKNOWN_WIDTH
}

/** Where a command's bytes go, and what becomes of it where nobody takes them or they cannot be written. */
class StandardOutput {
  /** Nothing is asked for any more: a pipe was closed, which is no error. */
  readerGone = false
  /** What was found could not be written. */
  lost = false
  readonly #file = openFile()
  readonly #ended: () => void

  constructor(ended: () => void) {
    this.#ended = ended
    process.stdout.on('error', (error) => this.#lose(error))
  }

  get isOpen(): boolean {
    return !this.readerGone && !this.lost
  }

  /** False once nobody takes more. */
  async write(piece: string | Uint8Array): Promise<boolean> {
    if (!this.isOpen) return false
    if (typeof piece === 'string') {
      if (!process.stdout.write(piece)) await drained()
    } else if (this.#file === null) await this.#send(piece)
    else await writeBytes(this.#file, piece).catch((error) => this.#lose(error))
    return this.isOpen
  }

  /** That it failed is known before the stream tells of it: nobody may take the piece for written meanwhile. */
  #send(piece: Uint8Array): Promise<void> {
    return new Promise((resolve) =>
      process.stdout.write(piece, (error) => {
        if (error) this.#lose(error)
        resolve()
      }),
    )
  }

  #lose(error: NodeJS.ErrnoException): void {
    if (this.isOpen && error.code !== 'EPIPE') {
      this.lost = true
      process.stderr.write(
        `noaccept: cannot write to standard output: ${whyUnwritten(error)}\n  help: what was written before is not all of the result\n`,
      )
    }
    this.readerGone = !this.lost
    this.#ended()
  }
}

/** What ends a run early: the user, a heap that fills up, an output that nobody takes; and the exit code that says so. */
class Ending {
  readonly output = new StandardOutput(() => this.#outputEnded())
  readonly #abort = new AbortController()
  #exitCode: ExitCode = ExitCode.OK
  #memoryFull = false

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  exitWith(told: ExitCode): void {
    // Nobody interrupted it.
    const code = this.#memoryFull && told === ExitCode.INTERRUPTED ? ExitCode.INCOMPLETE : told
    if (RANK.indexOf(code) < RANK.indexOf(this.#exitCode)) this.#exitCode = code
    process.exitCode = this.output.readerGone ? ExitCode.OK : this.#exitCode
  }

  interrupt(): void {
    if (this.signal.aborted) process.exit(ExitCode.INTERRUPTED)
    // A table or a list does not show that more would follow. On a terminal, progress stands in the line.
    const line = process.stderr.isTTY ? '\n' : ''
    process.stderr.write(`${line}noaccept: interrupted: it stops here, with what is known so far\n`)
    this.#abort.abort()
  }

  /** The limit is in MiB. */
  memoryFilled(limit: number): void {
    if (this.signal.aborted) return
    this.#memoryFull = true
    process.stderr.write(
      `noaccept: the ${limit} MiB of memory that this process may use are nearly full: it stops here, and tells what is known so far\n` +
        '  help: give it more (NODE_OPTIONS=--max-old-space-size=8192), or cut the input into parts by time: editcap -i 3600 IN OUT\n',
    )
    this.#abort.abort()
    this.exitWith(ExitCode.INCOMPLETE)
  }

  #outputEnded(): void {
    this.#abort.abort()
    this.exitWith(this.output.lost ? ExitCode.FAILURE : ExitCode.OK)
  }
}

/** The real process. The first SIGINT asks the command to finish with what it has; the second one ends it at once. */
export function processIo(): Io {
  const ending = new Ending()
  process.stderr.on('error', () => {})
  watchHeap((limit) => ending.memoryFilled(limit))
  process.on('SIGINT', () => ending.interrupt())
  process.on('SIGTERM', () => ending.interrupt())
  return {
    env: process.env,
    stdin: process.stdin,
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    columns: widthOf(process.stdout, process.env['COLUMNS']),
    memory: allowedMemory(),
    out: (piece) => ending.output.write(piece),
    note(text) {
      process.stderr.write(text)
    },
    signal: ending.signal,
    exitWith: (code) => ending.exitWith(code),
  }
}
