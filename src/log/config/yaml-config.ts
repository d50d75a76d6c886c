import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { Failure } from '../../failure.ts'
import { visible } from '../../text/visible.ts'
import { refuseDeepNesting } from '../../yaml/nesting.ts'
import { contentOf, wordsOf } from '../../yaml/read-yaml.ts'
import { EVENT_KINDS } from '../event.ts'
import { linearPattern } from './linear-pattern.ts'
import type { LogConfig } from './log-config.ts'
import { userEvent } from './user-event.ts'
import { STAMP_READERS, userFormat } from './user-format.ts'

const ID = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'an id is lower-case letters, digits and hyphens')
/** Facts that a pattern's groups may name. */
export const FACT_NAMES = [
  'handle',
  'listener',
  'handles',
  'slot',
  'name',
  'address',
  'port',
  'peerAddress',
  'peerPort',
  'bytes',
  'errno',
  'errorName',
  'value',
] as const

/** What a configuration file for logs may hold. */
export const LOG_CONFIG = z.strictObject({
  formats: z
    .array(
      z.strictObject({
        id: ID,
        title: z.string().optional(),
        line: z.string().min(1),
        time: z.enum(Object.keys(STAMP_READERS) as [string, ...string[]]).optional(),
        samples: z
          .array(
            z.strictObject({
              line: z.string(),
              level: z.string().optional(),
              thread: z.string().optional(),
              process: z.string().optional(),
              message: z.string().optional(),
            }),
          )
          .min(1, 'a format needs a sample line: it is its test'),
      }),
    )
    .optional(),
  events: z
    .array(
      z.strictObject({
        id: ID,
        kind: z.enum(EVENT_KINDS),
        keywords: z.array(z.string().min(1)).optional(),
        pattern: z.string().min(1),
        samples: z
          .array(
            z.strictObject({
              message: z.string(),
              facts: z
                .partialRecord(z.enum(FACT_NAMES), z.union([z.string(), z.number(), z.null(), z.array(z.string())]))
                .optional(),
            }),
          )
          .min(1, 'an event needs a sample message: it is its test'),
      }),
    )
    .optional(),
})

type Path = readonly PropertyKey[]

/** Reads formats and events from YAML; a Failure says on which line and column something is wrong. */
export function readYamlConfig(text: string, path: string): LogConfig {
  refuseDeepNesting(text, path)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${visible(path)}:${line}:${col}`
  }
  const [error] = document.errors
  if (error !== undefined) throw new Failure(`${at(error.pos[0])}: ${visible(error.message)}`, null, undefined, error)
  const where = (keys: Path) => at(offsetOf(document, keys))
  const checked = LOG_CONFIG.safeParse(contentOf(document, path) ?? {}, { reportInput: true })
  if (!checked.success) throw complaint(checked.error.issues[0]!, where)
  const { formats = [], events = [] } = checked.data
  return {
    formats: formats.map((format, i) => {
      const line = linearPattern(format.line, where(['formats', i, 'line']))
      if (!line.groupNames.includes('time') || !line.groupNames.includes('message'))
        throw new Failure(
          `${where(['formats', i, 'line'])}: the line pattern needs the groups (?<time>…) and (?<message>…)`,
          'level, thread and process may be named too',
        )
      const samples = format.samples.map((sample, j) => ({ ...sample, where: where(['formats', i, 'samples', j]) }))
      return userFormat({
        id: format.id,
        title: format.title ?? format.id,
        lines: [line],
        time: format.time ?? null,
        samples,
        where: where(['formats', i]),
      })
    }),
    patterns: events.map((event, i) =>
      userEvent({
        ...event,
        keywords: event.keywords ?? [],
        where: where(['events', i, 'pattern']),
        samples: event.samples.map((sample, j) => ({
          message: sample.message,
          facts: sample.facts ?? {},
          where: where(['events', i, 'samples', j]),
        })),
      }),
    ),
    notes: [],
  }
}

function complaint(issue: z.core.$ZodIssue, where: (path: Path) => string): Failure {
  return new Failure(
    `${where(issue.path)}: ${visible(wordsOf(issue))}`,
    'a log configuration has "formats" (id, line, time, samples) and "events" (id, kind, keywords, pattern, samples)',
  )
}

/** Where in the text a value stands, or the nearest thing around it. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
