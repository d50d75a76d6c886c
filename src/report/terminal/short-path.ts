import { basename } from 'node:path'
import type { Report } from '../report.ts'

/**
 * What an input is called beside each fact that it proves: its file name where no other input has the same, so that a
 * long path does not fill the column. The whole path stands under "Read".
 */
export function shortPaths(report: Report): (path: string) => string {
  const inputs = new Set([...report.captures, ...report.logs].map(({ path }) => path))
  const count = new Map<string, number>()
  for (const path of inputs) count.set(basename(path), (count.get(basename(path)) ?? 0) + 1)
  return (path) => (count.get(basename(path)) === 1 ? basename(path) : path)
}
