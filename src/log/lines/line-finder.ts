import { readFileSync } from 'node:fs'

interface Global {
  readonly value: number
}

/** What `assembly/` exports; its comments say what each does. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly FOUND: Global
  readonly WINDOW: Global
  readonly REMEMBERED: Global
  readonly findLines: (from: number, to: number, terminator: number) => number
  readonly find: (start: number, end: number) => number
  readonly remember: (start: number, end: number) => number
  readonly setStamp: (slot: number, stamp: number, length: number, fraction: number, digits: number) => void
  readonly pin: (slot: number, place: number, byte: number) => number
  readonly forget: (slot: number) => void
  readonly forgetAll: () => void
}

/** Finds lines in a window of bytes, and those that differ from a remembered one in digits only. One for each log. */
export interface LineFinder extends Omit<Exports, 'memory' | 'FOUND' | 'WINDOW' | 'REMEMBERED'> {
  /** The bytes of the log that are looked at. */
  readonly bytes: Buffer
  /**
   * By line that was found: where it ends, the slot of the one that it is like, negative where there is none, and the
   * nanoseconds of its stamp's second, where its text says the same second as that of the line before it; negative elsewhere.
   */
  readonly found: Int32Array
  /** How many slots there are. */
  readonly slots: number
}

/** Result for a line that, digits aside, repeats the last unknown line of its slot. */
export const REPEATED = -2

/** Pins a digit to any value but zero. */
export const NOT_ZERO = 0

let compiled: object | undefined
/** Finders that are not in use: each memory takes ten gigabytes of address space, and the engine frees it late. */
const idle: LineFinder[] = []

/**
 * Gives a finder that remembers nothing; null where the system has no address space for it, or the processor nothing that
 * compares sixteen bytes: all can be done without.
 */
export function startLineFinder(): LineFinder | null {
  const finder = idle.pop() ?? newLineFinder()
  finder?.forgetAll()
  return finder
}

/** Takes a finder back. */
export function endLineFinder(finder: LineFinder): void {
  idle.push(finder)
}

function newLineFinder(): LineFinder | null {
  try {
    compiled ??= new WebAssembly.Module(readFileSync(new URL('../../../dist/line-finder.wasm', import.meta.url)))
    const { memory, FOUND, WINDOW, REMEMBERED, ...functions } = new WebAssembly.Instance(compiled, {})
      .exports as Exports
    const { buffer } = memory
    return {
      ...functions,
      bytes: Buffer.from(buffer, WINDOW.value),
      found: new Int32Array(buffer, FOUND.value, (WINDOW.value - FOUND.value) >> 2),
      slots: REMEMBERED.value,
    }
  } catch (error) {
    if (error instanceof RangeError || error instanceof WebAssembly.CompileError) return null
    throw error
  }
}
