import { once } from 'node:events'
import { ExitCode } from '../failure.ts'
import type { Io } from './io.ts'

/** Worse first: an interrupted or partial run says so, whatever it found. */
const RANK = [
  ExitCode.BUG,
  ExitCode.INTERRUPTED,
  ExitCode.FAILURE,
  ExitCode.INCOMPLETE,
  ExitCode.NOTHING,
  ExitCode.FINDINGS,
  ExitCode.OK,
]

/** The real process. The first SIGINT asks the command to finish with what it has; the second one ends it at once. */
export function processIo(): Io {
  const abort = new AbortController()
  let readerGone = false
  let exitCode: ExitCode = ExitCode.OK
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    readerGone = true
    abort.abort()
  })
  process.stderr.on('error', () => {})
  const interrupt = () => {
    if (abort.signal.aborted) process.exit(ExitCode.INTERRUPTED)
    abort.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return {
    env: process.env,
    stdin: process.stdin,
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? 80,
    async out(text) {
      if (readerGone) return false
      if (!process.stdout.write(text))
        await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')])
      return !readerGone
    },
    note(text) {
      process.stderr.write(text)
    },
    signal: abort.signal,
    exitWith(code) {
      if (RANK.indexOf(code) < RANK.indexOf(exitCode)) exitCode = code
      process.exitCode = readerGone ? ExitCode.OK : exitCode
    },
  }
}
