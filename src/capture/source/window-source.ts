import type { ByteSource } from './byte-source.ts'
import type { Window } from './window.ts'

/** A source whose first bytes were looked at through a window: gives those first, then the rest. */
export class WindowSource implements ByteSource {
  readonly #window: Window

  constructor(window: Window) {
    this.#window = window
  }

  get storedBytes(): number {
    return this.#window.source.storedBytes
  }

  read(target: Uint8Array, at: number): number | Promise<number> {
    const window = this.#window
    if (window.left === 0) {
      if (window.fault) throw window.fault
      return window.source.read(target, at)
    }
    const taken = window.bytes.subarray(window.position, Math.min(window.end, window.position + target.length - at))
    target.set(taken, at)
    window.position += taken.length
    return taken.length
  }

  /** Undefined where the source cannot. */
  get readAhead(): ByteSource['readAhead'] {
    const { source } = this.#window
    if (source.readAhead === undefined) return undefined
    return async (target, at, length) =>
      this.#window.left === 0 && this.#window.fault === null
        ? await source.readAhead!(target, at, length)
        : await this.read(target.subarray(0, at + length), at)
  }

  /** Undefined where the source cannot. Only what the source itself reads ahead has something behind it. */
  get readBehind(): ByteSource['readBehind'] {
    const { source } = this.#window
    return source.readBehind === undefined
      ? undefined
      : (target, at) => (this.#window.left === 0 ? source.readBehind!(target, at) : null)
  }

  warnings(): string[] {
    return this.#window.source.warnings()
  }

  async close(): Promise<void> {
    await this.#window.source.close()
  }
}
