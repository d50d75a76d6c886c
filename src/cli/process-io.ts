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

/** The real process. The first SIGINT asks the command to finish with what it has; the second one ends it at once. */
export function processIo(): Io {
  const abort = new AbortController()
  let readerGone = false
  let outputLost = false
  let exitCode: ExitCode = ExitCode.OK
  let memoryFull = false
  const exitWith = (told: ExitCode) => {
    // Nobody interrupted it.
    const code = memoryFull && told === ExitCode.INTERRUPTED ? ExitCode.INCOMPLETE : told
    if (RANK.indexOf(code) < RANK.indexOf(exitCode)) exitCode = code
    process.exitCode = readerGone ? ExitCode.OK : exitCode
  }
  const file = openFile()
  const lose = (error: NodeJS.ErrnoException) => {
    if (!readerGone && !outputLost && error.code !== 'EPIPE') {
      outputLost = true
      process.stderr.write(
        `noaccept: cannot write to standard output: ${whyUnwritten(error)}\n  help: what was written before is not all of the result\n`,
      )
    }
    readerGone = !outputLost
    abort.abort()
    exitWith(outputLost ? ExitCode.FAILURE : ExitCode.OK)
  }
  process.stdout.on('error', lose)
  process.stderr.on('error', () => {})
  const interrupt = () => {
    if (abort.signal.aborted) process.exit(ExitCode.INTERRUPTED)
    // A table or a list does not show that more would follow. On a terminal, progress stands in the line.
    const line = process.stderr.isTTY ? '\n' : ''
    process.stderr.write(`${line}noaccept: interrupted: it stops here, with what is known so far\n`)
    abort.abort()
  }
  watchHeap((limit) => {
    if (abort.signal.aborted) return
    memoryFull = true
    process.stderr.write(
      `noaccept: the ${limit} MiB of memory that this process may use are nearly full: it stops here, and tells what is known so far\n` +
        '  help: give it more (NODE_OPTIONS=--max-old-space-size=8192), or cut the input into parts by time: editcap -i 3600 IN OUT\n',
    )
    abort.abort()
    exitWith(ExitCode.INCOMPLETE)
  })
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return {
    env: process.env,
    stdin: process.stdin,
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? 80,
    memory: allowedMemory(),
    async out(piece) {
      if (readerGone || outputLost) return false
      if (typeof piece !== 'string') {
        if (file === null) await new Promise((resolve) => process.stdout.write(piece, resolve))
        else await writeBytes(file, piece).catch(lose)
      } else if (!process.stdout.write(piece)) await drained()
      return !readerGone && !outputLost
    },
    note(text) {
      process.stderr.write(text)
    },
    signal: abort.signal,
    exitWith,
  }
}
