import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const GNU_TIME = '/usr/bin/time'
const HAS_TIME = existsSync(GNU_TIME)
/** Longer than this nobody waits; the table says so. */
const PATIENCE_SECONDS = 180
/** Ends a command with all that it started. */
const TIMEOUT = existsSync('/usr/bin/timeout') ? ['/usr/bin/timeout', `${PATIENCE_SECONDS}`] : []

/**
 * Runs a shell command once. Seconds on the clock and of CPU; peak memory (megabytes, of the largest of its processes)
 * where GNU time is installed, else NaN. Null where the command could not do its work, or not in time.
 */
export function measure(command) {
  const began = process.hrtime.bigint()
  const taken = HAS_TIME ? withGnuTime(command) : withShellTimes(command)
  const wall = Number(process.hrtime.bigint() - began) / 1e9
  return taken && { wall, ...taken }
}

/** Runs a program with its arguments, within the patience where `timeout` is installed. */
function run(words, stdio) {
  const [program, ...args] = [...TIMEOUT, ...words]
  return spawnSync(program, args, { stdio, encoding: 'utf8' })
}

function withGnuTime(command) {
  const words = [GNU_TIME, '-f', '\n%U %S %M', '/bin/sh', '-c', `exec 2>/dev/null; ${command}`]
  const { status, stderr } = run(words, ['ignore', 'ignore', 'pipe'])
  if (!hasWorked(status)) return null
  const [user, system, kilobytes] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return { cpu: user + system, megabytes: kilobytes / 1024 }
}

/** POSIX: `times` prints what the shell and what its children took, each as minutes and seconds. */
function withShellTimes(command) {
  const words = ['/bin/sh', '-c', `{ ${command}; } >/dev/null 2>&1; status=$?; times; exit $status`]
  const { status, stdout } = run(words, ['ignore', 'pipe', 'ignore'])
  if (!hasWorked(status)) return null
  const [, children] = stdout.trim().split('\n').slice(-2)
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) => minutes * 60 + Number(rest))
  return { cpu: seconds[0] + seconds[1], megabytes: Number.NaN }
}

/** 1: findings that fail a build. */
const hasWorked = (status) => status !== null && status <= 1

/** Middle of the numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Output of a command's first line; null where it is not installed. */
export function firstLine(command) {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' })
  return status === 127 ? null : `${stdout}${stderr}`.trim().split('\n')[0]
}
