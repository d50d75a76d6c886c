import type { CaptureSummary } from '../capture/capture-reader.ts'
import type { ChainStep, ClockOffset, RootCause } from '../correlation/chain.ts'
import type { Connection } from '../diagnosis/connection.ts'
import type { Finding } from '../diagnosis/finding.ts'
import type { Listener } from '../diagnosis/listeners/listener.ts'
import type { Details } from './details.ts'
import type { Manifest } from './manifest.ts'

/** A log as the report tells of it. */
export interface LogSummary {
  readonly path: string
  readonly format: string
  readonly lines: number
  readonly events: number
  readonly unparsed: number
  /** Null where the log could not be put on the capture's clock: another run's, or without stamps. */
  readonly clock: ClockOffset | null
  readonly warnings: readonly string[]
}

/** Counts of what the decoder did not take for TCP, by reason. */
export interface Coverage {
  readonly reason: string
  readonly frames: number
}

/** Findings of one kind that a baseline let pass. */
export interface Suppressed {
  readonly rule: string
  readonly fingerprint: string
  readonly count: number
  readonly reason: string | null
}

/** Everything that was found, ready to be told. Times are nanoseconds since `epochSeconds`. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string }
  readonly epochSeconds: number
  readonly captures: readonly (CaptureSummary & { readonly tcpPackets: number; readonly interrupted: boolean })[]
  readonly coverage: readonly Coverage[]
  readonly logs: readonly LogSummary[]
  readonly listeners: readonly Listener[]
  readonly connectionCount: number
  /** Made one by one: a capture may hold millions. Each call starts anew. */
  readonly connections: () => Iterable<Connection>
  /** The same connection as among `connections`, without making the others; where absent, they are made and passed over. */
  readonly connectionOf?: (stream: number) => Connection | null
  readonly findings: readonly Finding[]
  /** Where the record of a frame starts in its (uncompressed) capture, in bytes; null where that was not kept. */
  readonly frameOffset?: (capture: number, frame: number) => number | null
  /** Findings beyond what is listed, by rule. */
  readonly omitted: readonly { readonly rule: string; readonly count: number }[]
  /** Findings that a baseline let pass; absent where none was given. */
  readonly suppressed?: readonly Suppressed[]
  readonly chain: readonly ChainStep[]
  readonly rootCause: RootCause | null
  /** For reports that people look at; absent where none was asked for. */
  readonly details?: Details
  /** Absent where none was asked for. */
  readonly manifest?: Manifest
  /** False where part of an input was not read: it is damaged, memory was full, or the run was interrupted. */
  readonly complete: boolean
}
