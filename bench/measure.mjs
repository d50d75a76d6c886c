import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const GNU_TIME = '/usr/bin/time'
const HAS_TIME = existsSync(GNU_TIME)

/**
 * Runs a shell command once. Seconds on the clock; seconds of CPU and peak memory (megabytes, of the largest of its
 * processes) where GNU time is installed, else NaN. Null where the command could not do its work.
 */
export function measure(command) {
  const began = process.hrtime.bigint()
  const shell = ['/bin/sh', '-c', `exec 2>/dev/null; ${command}`]
  const [program, ...args] = HAS_TIME ? [GNU_TIME, '-f', '\n%U %S %M', ...shell] : shell
  const { status, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  const wall = Number(process.hrtime.bigint() - began) / 1e9
  // 1: findings that fail a build.
  if (status === null || status > 1) return null
  const [user, system, kilobytes] = HAS_TIME ? stderr.trim().split('\n').at(-1).split(' ').map(Number) : []
  return { wall, cpu: user + system, megabytes: kilobytes / 1024 }
}

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
