/** Where a capture's bytes come from: forwards only, once. */
export interface ByteSource {
  /** Bytes as stored that were taken so far: those of the compressed file, where there is one. */
  readonly storedBytes: number
  /** Puts bytes into `target` from index `at` on; resolves to their number, 0 at the end. Throws {@link SourceFault}. */
  read(target: Uint8Array, at: number): number | Promise<number>
  /**
   * The same, `length` bytes at most, while the caller does something else: for sources that are read from a disk. Nothing
   * else is asked of the source before it resolves, but to close, or for what is behind.
   */
  readonly readAhead?: ((target: Uint8Array, at: number, length: number) => Promise<number>) | undefined
  /**
   * At once the bytes behind those that `readAhead` is reading, as `read` puts them: once for each time. Null where that
   * fails, which `read` tells in its turn.
   */
  readonly readBehind?: ((target: Uint8Array, at: number) => number | null) | undefined
  /** What was noticed about the source as such, once it has ended: a file that grew, for instance. */
  warnings(): string[]
  close(): Promise<void>
}

/** The source cannot go on: a disk error, a compressed stream that contradicts itself or stops too early. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault'
  readonly expected: string
  readonly found: string

  constructor(expected: string, found: string, cause?: unknown) {
    super(`expected ${expected}, found ${found}`, { cause })
    this.expected = expected
    this.found = found
  }
}
