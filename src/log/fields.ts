import { withoutColours } from './colours.ts'
import type { Head } from './format.ts'

/** A structured line's fields as they were written. */
export type FieldMap = Readonly<Record<string, unknown>>

const MESSAGE = [
  'msg',
  'message',
  'MESSAGE',
  'event',
  '@m',
  '@mt',
  'log',
  'text',
  'textPayload',
  'RenderedMessage',
  'Message',
]
const LEVEL = ['level', 'lvl', 'severity', 'PRIORITY', 'levelname', '@l', 'loglevel', 'log.level', 'Level', 'LogLevel']
const THREAD = [
  'thread',
  'threadName',
  'thread_name',
  'process.thread.name',
  'tid',
  'thread_id',
  'goroutine',
  'pid',
  '_PID',
  'SYSLOG_PID',
  'process_id',
]
const PROCESS = ['SYSLOG_IDENTIFIER', '_COMM', 'app', 'service', 'program', 'process', 'name']
const TIME =
  /^(?:@?(?:time|timestamp|ts|t|datetime|date|asctime|at|Timestamp|timeMillis|instant|[eE]ventTime)|_time|_.*TIMESTAMP)$/
/** What says where and by what a line was written, not what happened; of journald all that it adds itself (`_…`). */
const AROUND = /^(?:_|(?:host(?:name)?|ecs\.version|log\.logger|logger|v)$)/
/** Bunyan's and pino's levels. */
const NUMBERED: Readonly<Record<string, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
}
/** How deep objects are looked into: `req.remoteAddress`, `err.code`. */
const DEPTH = 2

/** Journald's message, which it writes as numbers where it is not plain text. */
const JOURNALD = 'MESSAGE'

const textOf = (bytes: readonly unknown[]): string =>
  withoutColours(Buffer.from(bytes.map(Number)).toString('utf8')).trim()

/** A head of a structured line: its message, then what else it says as `key=value`, so that one kind of pattern reads both. */
export function headOfFields(written: FieldMap): Head {
  const fields = Array.isArray(written[JOURNALD]) ? { ...written, [JOURNALD]: textOf(written[JOURNALD]) } : written
  const used = new Set<string>()
  const take = (names: readonly string[]): string | null => {
    const name = names.find((each) => isScalar(fields[each]))
    if (name === undefined) return null
    used.add(name)
    return String(fields[name])
  }
  const message = filledIn(take(MESSAGE), fields)
  const level = take(LEVEL)
  const thread = take(THREAD)
  const process = take(PROCESS)
  const rest = Object.entries(fields).filter(([name]) => !used.has(name) && !TIME.test(name) && !AROUND.test(name))
  const words = [...(message === null ? [] : [message]), ...flatten(rest, '', DEPTH)]
  return { level: level === null ? null : (NUMBERED[level] ?? level), thread, process, message: words.join(' ') }
}

/** Message templates of Serilog and NLog stand beside the fields that belong in them. */
function filledIn(message: string | null, fields: FieldMap): string | null {
  if (message === null || !message.includes('{')) return message
  return message.replace(/\{[@$]?(\w{1,60})(?:[,:][^{}]{0,40})?\}/g, (hole, name: string) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    return isScalar(value) ? String(value) : hole
  })
}

function* flatten(entries: readonly (readonly [string, unknown])[], prefix: string, depth: number): Generator<string> {
  for (const [name, value] of entries) {
    if (isScalar(value)) yield `${prefix}${name}=${String(value)}`
    else if (depth > 0 && typeof value === 'object' && value !== null)
      yield* flatten(Object.entries(value), `${prefix}${name}.`, depth - 1)
  }
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
