import type { Drain } from './evidence/drain.ts'
import type { Confidence } from './verdict.ts'

/** How much a finding matters, the worst first: error is what breaks a connection, warning what may, note what is worth knowing. */
export const SEVERITIES = ['error', 'warning', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]

/** One fact behind a claim, and where to look it up. At least one frame or line, or a text that says what is absent. */
export interface Evidence {
  readonly text: string
  /** Index into the report's captures; null for a fact from a log alone. */
  readonly capture: number | null
  /** Frame numbers in that capture, ascending. */
  readonly frames: readonly number[]
  /** Index into the report's logs; null for a fact from packets alone. */
  readonly log: number | null
  /** Line numbers in that log, from 1, ascending. */
  readonly lines: readonly number[]
  /** The first of these lines as printed. */
  readonly quote?: string
  /** From the first of these frames to the first of these lines, on the capture's clock; the log's own doubt beside it. */
  readonly apart?: { readonly ms: number; readonly uncertaintyMs: number }
}

/** One packet of a conversation, or several alike that a line stands for, as a ladder shows it. */
export interface LadderRow {
  /** Of the only or the first packet. */
  readonly frame: number
  /** The capture that holds it, where that is not the connection's first. */
  readonly capture?: number | undefined
  /** Nanoseconds since the run's epoch. */
  readonly time: number
  /** Null for a line that stands for packets of both directions, such as “3 more pushes and their ACKs”. */
  readonly direction: 'to-server' | 'to-client' | null
  /** In the field's words: `SYN`, `push 44`, `ack 45`. */
  readonly text: string
  /** What this packet decides: “no byte was read”. Null where it is shown for context. */
  readonly note: string | null
}

/** Something that a rule found, with its proof. */
export interface Finding {
  /** Id of the rule, as in `noaccept explain RULE`. */
  readonly rule: string
  readonly severity: Severity
  readonly confidence: Confidence
  /** One sentence that stands alone. */
  readonly title: string
  readonly explanation: string
  /** What it is about: a stream, a listener's index, a log's index; null where it is about something else. */
  readonly stream: number | null
  readonly listener: number | null
  readonly log: number | null
  readonly evidence: readonly Evidence[]
  readonly nextSteps: readonly string[]
  /** A Wireshark display filter that shows it; null where packets show nothing of it. */
  readonly filter: string | null
  /** The packets that decide it, in the capture's order: a dozen lines at most, the others stand in the evidence. */
  readonly ladder?: readonly LadderRow[]
  /** What the receive window could show of reading, where it is about that. */
  readonly drain?: Drain
}

/** Evidence from packets alone. */
export const seen = (text: string, capture: number, frames: readonly number[]): Evidence => ({
  text,
  capture,
  frames,
  log: null,
  lines: [],
})

/** Evidence from a log alone. */
export const logged = (text: string, log: number, lines: readonly number[]): Evidence => ({
  text,
  capture: null,
  frames: [],
  log,
  lines,
})
