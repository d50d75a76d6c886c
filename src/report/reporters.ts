import type { ByteReporter, Reporter } from './reporter.ts'

/**
 * Every way to show a report, each loaded when it is asked for: `const json = await REPORTERS.json()` is a function from a
 * report to its text, in pieces.
 */
export const REPORTERS = {
  terminal: async () => (await import('./terminal.ts')).terminal,
  json: async () => (await import('./json.ts')).json,
  ndjson: async () => (await import('./ndjson.ts')).ndjson,
  markdown: async () => (await import('./markdown.ts')).markdown,
  csv: async () => (await import('./csv.ts')).csv,
  sarif: async () => (await import('./sarif.ts')).sarif,
  junit: async () => (await import('./junit.ts')).junit,
  tap: async () => (await import('./tap.ts')).tap,
  github: async () => (await import('./github.ts')).github,
  html: async () => (await import('./html.ts')).loadHtml(),
} as const satisfies Record<string, () => Promise<Reporter>>

/** The same for who writes to a file or a pipe: as bytes where a report may be large. */
export const WRITERS = {
  ...REPORTERS,
  json: async () => (await import('./json.ts')).jsonBytes,
  ndjson: async () => (await import('./ndjson.ts')).ndjsonBytes,
} as const satisfies Record<string, () => Promise<Reporter | ByteReporter>>

/** Names of the ways to show a whole report, the usual one first. */
export const REPORT_FORMATS = Object.keys(REPORTERS) as (keyof typeof REPORTERS)[]
