import { closeSync, openSync, readSync } from 'node:fs'
import type { LogFile } from './event.ts'
import type { LogFormat } from './format.ts'
import { FORMATS } from './formats.ts'
import { LogBuilder } from './log-builder.ts'
import type { EventPattern } from './pattern.ts'
import { PATTERNS } from './patterns.ts'

const CHUNK = 1 << 20

export interface ReadLogOptions {
  /** Formats to know besides the shipped ones; they are tried first. */
  readonly formats?: readonly LogFormat[]
  /** Event patterns besides the shipped ones; they are tried first. */
  readonly patterns?: readonly EventPattern[]
}

/** Reads a log to its end. `logIndex` is its place among those given. Bytes never make it throw. */
export async function readLog(path: string, logIndex: number, options: ReadLogOptions = {}): Promise<LogFile> {
  const builder = new LogBuilder(path, logIndex, {
    formats: [...(options.formats ?? []), ...FORMATS],
    patterns: [...(options.patterns ?? []), ...PATTERNS],
  })
  const file = openSync(path, 'r')
  const chunk = Buffer.allocUnsafe(CHUNK)
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) builder.push(chunk.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return builder.finish()
}
