import { closeSync, openSync, readSync } from 'node:fs'
import { unreadable } from '../../capture/source/open-source.ts'
import { Failure } from '../../failure.ts'
import { visible } from '../../text/visible.ts'
import type { LogFormat } from '../format.ts'
import type { EventPattern } from '../pattern.ts'

/** A configuration is written by hand: a file larger than this is something else. */
const MAX_BYTES = 1 << 20

/** Formats and event patterns that a user gives. */
export interface LogConfig {
  readonly formats: readonly LogFormat[]
  readonly patterns: readonly EventPattern[]
  /** What of the file was not used. */
  readonly notes: readonly string[]
}

/** Reads a configuration for logs: YAML, or an lnav format file (JSON). A Failure says where something is wrong. */
export async function readLogConfig(path: string): Promise<LogConfig> {
  const text = contentOf(path)
  const json = /^\s*\{/.test(text) ? parsed(text) : null
  // JSON is YAML too: lnav's files are known by having none of the two keys.
  if (json !== null && !('formats' in json) && !('events' in json)) {
    const { readLnavFormat } = await import('./lnav-format.ts')
    return readLnavFormat(json, path)
  }
  const { readYamlConfig } = await import('./yaml-config.ts')
  return readYamlConfig(text, path)
}

function contentOf(path: string): string {
  try {
    const file = openSync(path, 'r')
    try {
      return boundedText(file, path)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(path, error as NodeJS.ErrnoException)
  }
}

/** A device has no size that would tell beforehand how much comes. */
function boundedText(file: number, path: string): string {
  const bytes = Buffer.alloc(MAX_BYTES + 1)
  let length = 0
  for (let count = -1; count !== 0 && length < bytes.length; length += count)
    count = readSync(file, bytes, length, bytes.length - length, null)
  if (length <= MAX_BYTES) return bytes.toString('utf8', 0, length)
  throw new Failure(`${visible(path)} is not a log configuration: it has more than ${MAX_BYTES} bytes`)
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    return null
  }
}
