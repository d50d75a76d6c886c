import { Failure } from '../../failure.ts'
import { visible } from '../../text/visible.ts'
import type { LogFormat } from '../format.ts'
import { linearPattern } from './linear-pattern.ts'
import type { LogConfig } from './log-config.ts'
import { userFormat } from './user-format.ts'

type Json = Readonly<Record<string, unknown>>

/** Keys of an lnav format that are read. */
const READ = new Set([
  'title',
  'description',
  'url',
  'regex',
  'sample',
  'timestamp-field',
  'level-field',
  'body-field',
  'thread-id-field',
  'multiline',
])

/**
 * Reads an lnav format file. Of each format its `regex`es, `sample`s, and the fields for time, level, body and thread are
 * used; `timestamp-format` is not needed, because times are read by their shape. What is not used is listed in `notes`.
 */
export function readLnavFormat(root: Json, path: string): LogConfig {
  const notes: string[] = []
  const formats: LogFormat[] = []
  for (const [name, value] of Object.entries(root)) {
    if (name === '$schema') continue
    const where = `${visible(path)}: ${visible(name)}`
    if (!isObject(value)) throw new Failure(`${where} is not a format: expected an object`)
    formats.push(oneFormat(name, value, where, notes))
  }
  return { formats, patterns: [], notes }
}

function oneFormat(name: string, value: Json, where: string, notes: string[]): LogFormat {
  const regex = value['regex']
  if (!isObject(regex) || Object.keys(regex).length === 0)
    throw new Failure(`${where} has no "regex": formats of JSON or without patterns are not read from lnav files`)
  const unused = Object.keys(value).filter((key) => !READ.has(key))
  if (unused.length > 0) notes.push(`${where}: not used: ${unused.map(visible).join(', ')}`)
  const groups = {
    time: fieldOf(value, 'timestamp-field', 'timestamp'),
    level: fieldOf(value, 'level-field', 'level'),
    thread: fieldOf(value, 'thread-id-field', 'thread'),
    message: fieldOf(value, 'body-field', 'body'),
  }
  const lines = Object.entries(regex).map(([id, entry]) => {
    const pattern = isObject(entry) ? entry['pattern'] : undefined
    if (typeof pattern !== 'string') throw new Failure(`${where}: regex.${visible(id)} has no "pattern"`)
    return linearPattern(renamed(pattern, groups), `${where}: regex.${visible(id)}`)
  })
  const without = lines.findIndex((line) => !line.groupNames.includes('time'))
  if (without >= 0) throw new Failure(`${where}: a regex has no group "${visible(groups.time)}" for the time`)
  const samples = Array.isArray(value['sample']) ? value['sample'] : []
  return userFormat({
    id: name,
    title: typeof value['title'] === 'string' ? value['title'] : name,
    lines,
    time: null,
    samples: samples.filter(hasLine).map((sample) => ({ line: sample.line.split('\n')[0]!, where })),
    where,
  })
}

/** Gives the groups the names that formats have here; lnav's own may be any, with hyphens even. */
function renamed(pattern: string, groups: Readonly<Record<string, string>>): string {
  const byTheirs = new Map(Object.entries(groups).map(([ours, theirs]) => [theirs, ours]))
  return pattern.replace(
    /\(\?P?<([A-Za-z_][\w-]*)>/g,
    (_whole, theirs: string) => `(?<${byTheirs.get(theirs) ?? `lnav_${theirs.replaceAll('-', '_')}`}>`,
  )
}

function fieldOf(value: Json, key: string, otherwise: string): string {
  const field = value[key]
  return typeof field === 'string' ? field : otherwise
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasLine(sample: unknown): sample is { readonly line: string } {
  return isObject(sample) && typeof sample['line'] === 'string'
}
