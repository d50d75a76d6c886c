import { Document } from 'yaml'
import { z } from 'zod'
import { calendarDay } from '../text/calendar-day.ts'
import { type Position, readYaml } from '../yaml/read-yaml.ts'

const DATE = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD')
  .refine((text) => calendarDay(text) !== null, 'there is no such day')

/** One finding that is known. */
const ENTRY = z.strictObject({
  rule: z.string().min(1).describe('The rule that fires'),
  fingerprint: z.string().regex(/^[0-9a-f]{32}$/, 'a fingerprint is 32 hexadecimal digits'),
  about: z.string().optional().describe('The finding in words, for those who read this file'),
  reason: z.string().optional().describe('Why it is let pass'),
  expires: DATE.optional().describe('The last day on which it is let pass, in UTC'),
})

const BASELINE = z
  .strictObject({
    version: z.literal(1, 'this version reads baselines of version 1'),
    known: z.array(ENTRY).describe('Findings that are known and fail no run'),
  })
  .describe('Findings that noaccept counts and lets pass')

/** A finding that is known, as it stands in a baseline. */
export type KnownFinding = z.infer<typeof ENTRY>

/** A baseline that was read, and where in its file each entry stands. */
export interface Baseline {
  readonly known: readonly KnownFinding[]
  readonly place: (path: readonly PropertyKey[]) => Position
}

/** Reads a baseline; a Failure says on which line and column something is wrong. */
export function readBaseline(text: string, path: string): Baseline {
  const { content, place } = readYaml(
    text,
    path,
    BASELINE,
    'a baseline is a YAML map of "version" and "known", as --write-baseline writes it',
  )
  return { known: content.known, place }
}

const HEAD = ` Findings that noaccept counts and lets pass (--baseline). To each, "reason" and "expires: YYYY-MM-DD" may be added.
 --write-baseline writes this file anew and keeps them.`

/** The text of a baseline; the same findings give the same text. */
export function writeBaseline(known: readonly KnownFinding[]): string {
  const document = new Document({ version: 1, known })
  document.commentBefore = HEAD
  return document.toString({ lineWidth: 0 })
}
