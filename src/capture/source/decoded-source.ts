import { type ByteSource, SourceFault } from './byte-source.ts'

/** Output that is too much for its input only counts from here on: short runs of zeros are no bomb. */
const BOMB_BYTES = 64 << 20
/** DEFLATE cannot exceed 1032:1, captures of one repeated packet reach some hundreds: above it, something was made to swell. */
const BOMB_RATIO = 1100

/** So much is unpacked ahead of who asks: while one megabyte is analysed, a thread unpacks the next. */
const AHEAD_BYTES = 2 << 20

/** What is left of unpacked bytes, and who is told that nothing is. */
interface Piece {
  bytes: Uint8Array
  readonly used: () => void
}

/** Unpacks another source piece by piece, the next ones while the last one is being used. */
export abstract class DecodedSource implements ByteSource {
  protected readonly packed: ByteSource
  #ready: Piece[] = []
  #readyBytes = 0
  #produced = 0
  #ended = false
  #fault: unknown = null
  #unpacking = false
  #tell: () => void = () => {}

  constructor(packed: ByteSource) {
    this.packed = packed
  }

  get storedBytes(): number {
    return this.packed.storedBytes
  }

  async read(target: Uint8Array, at: number): Promise<number> {
    while (this.#ready.length === 0) {
      if (this.#fault) throw this.#fault
      if (this.#ended) return 0
      this.#goOn()
      await this.#news()
    }
    const piece = this.#ready[0]!
    const taken = piece.bytes.subarray(0, target.length - at)
    target.set(taken, at)
    this.#readyBytes -= taken.length
    piece.bytes = piece.bytes.subarray(taken.length)
    if (piece.bytes.length === 0) {
      this.#ready.shift()
      piece.used()
    }
    if (this.#readyBytes < AHEAD_BYTES && !this.#ended && this.#fault === null) this.#goOn()
    return taken.length
  }

  warnings(): string[] {
    return this.packed.warnings()
  }

  async close(): Promise<void> {
    this.#ended = true
    await this.packed.close()
  }

  #goOn(): void {
    if (this.#unpacking) return
    this.#unpacking = true
    void this.#unpackMore()
  }

  /** Resolves when something is ready, or will never be. */
  async #news(): Promise<void> {
    if (this.#ready.length > 0 || !this.#unpacking) return
    await new Promise<void>((resolve) => {
      this.#tell = resolve
    })
  }

  // What was unpacked before a fault is handed out before that is told. Goes on until enough is ready: where a thread
  // unpacks, a block may take several pieces.
  async #unpackMore(): Promise<void> {
    try {
      do this.#ended ||= !(await this.unpack())
      while (!this.#ended && this.#readyBytes < AHEAD_BYTES)
    } catch (error) {
      this.#fault = error
    }
    this.#unpacking = false
    this.#tell()
  }

  /** Unpacks the next piece and gives what came of it to `put`; false at the end. Throws {@link SourceFault}. */
  protected abstract unpack(): Promise<boolean>

  /** Hands out unpacked bytes; they must not change until they were used, which is told. */
  protected put(bytes: Uint8Array, used: () => void = () => {}): void {
    if (bytes.length === 0) return
    this.#ready.push({ bytes, used })
    this.#produced += bytes.length
    this.#readyBytes += bytes.length
    this.#tell()
    if (this.#produced > BOMB_BYTES && this.#produced > BOMB_RATIO * this.storedBytes)
      throw new SourceFault(
        `at most ${BOMB_RATIO} bytes out of each compressed one`,
        `${this.#produced} out of ${this.storedBytes}: a decompression bomb`,
      )
  }
}
