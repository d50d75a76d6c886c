/** An input as it was when it was read: what ties a report to it. */
export interface ManifestInput {
  readonly path: string
  /** Null for what has no size: a pipe, a device. */
  readonly bytes: number | null
  /** RFC 3339, in UTC, to the nanosecond; null for standard input. */
  readonly modified: string | null
  /** Of the bytes as they are stored, in hexadecimal; null for what can be read only once. */
  readonly sha256: string | null
  /** False where size or time of modification were others after the analysis; null where there is nothing to compare. */
  readonly unchanged: boolean | null
}

/** What made a report, from what: for the chain of custody. */
export interface Manifest {
  readonly program: { readonly name: string; readonly version: string; readonly node: string }
  readonly inputs: readonly ManifestInput[]
  /** As they were given or stand by default. */
  readonly options: Readonly<Record<string, unknown>>
  /** Ids of the rules that were asked. */
  readonly rules: readonly string[]
}
