import type { Reporter } from './reporter.ts'

/** Every way to show a report. Each is loaded only when it is asked for. */
export const REPORTERS = {
  terminal: async () => (await import('./terminal.ts')).terminal,
  json: async () => (await import('./json.ts')).json,
  ndjson: async () => (await import('./ndjson.ts')).ndjson,
} as const satisfies Record<string, () => Promise<Reporter>>

/** The ways that make sense for the conversation table alone. */
export const CONNECTION_REPORTERS = {
  terminal: async () => (await import('./terminal.ts')).connectionsTerminal,
  json: async () => (await import('./json.ts')).json,
  ndjson: async () => (await import('./ndjson.ts')).connectionsNdjson,
} as const satisfies Record<string, () => Promise<Reporter>>
