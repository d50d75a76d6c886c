import { readFileSync } from 'node:fs'

interface Global {
  readonly value: number
}

/** What `assembly/` exports; its comments say what each does. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly FOUND: Global
  readonly RUN: Global
  readonly COUNTED: Global
  readonly WINDOW: Global
  readonly REMEMBERED: Global
  readonly findLines: (from: number, to: number, terminator: number) => number
  readonly find: (start: number, end: number) => number
  readonly remember: (start: number, end: number) => number
  readonly setStamp: (
    slot: number,
    stamp: number,
    length: number,
    fraction: number,
    digits: number,
    layout: number,
  ) => void
  readonly setTelling: (slot: number) => void
  readonly countRun: (
    from: number,
    to: number,
    layout: number,
    before: number,
    latest: number,
    longest: number,
    stopsAtEvents: number,
  ) => number
  readonly pin: (slot: number, place: number, byte: number) => number
  readonly forget: (slot: number) => void
  readonly forgetAll: () => void
}

/** Finds lines in a window of bytes, and those that differ from a remembered one in digits only. One for each log. */
export interface LineFinder extends Omit<Exports, 'memory' | 'FOUND' | 'RUN' | 'COUNTED' | 'WINDOW' | 'REMEMBERED'> {
  /** The bytes of the log that are looked at. */
  readonly bytes: Buffer
  /**
   * By line that was found: where it ends, the slot of the one that it is like, negative where there is none, and the
   * nanoseconds of its stamp's second, where its text says the same second as that of the line before it; negative elsewhere.
   */
  readonly found: Int32Array
  /** What the run that was counted last amounts to, by {@link Run}; and by slot of it, which it is and how many lines are of it. */
  readonly run: Int32Array
  readonly counted: Int32Array
  /** How many slots there are. */
  readonly slots: number
}

/** Numbers that the finder tells of a line: see `found`. */
export const LINE_NUMBERS = 3

/**
 * What a run of lines of one second amounts to: how many went on in time and how many went back, by how many nanoseconds at most, which
 * was the first that did, the latest nanoseconds, and how many slots `counted` has.
 */
export const Run = { FORWARDS: 0, BACKWARDS: 1, FARTHEST_BACK: 2, FIRST_BACK: 3, LATEST: 4, SLOTS: 5 } as const
const RUN_WORDS = 8

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
    const { memory, FOUND, RUN, COUNTED, WINDOW, REMEMBERED, ...functions } = new WebAssembly.Instance(compiled, {})
      .exports as Exports
    const { buffer } = memory
    const found = new Int32Array(buffer, FOUND.value, (RUN.value - FOUND.value) >> 2)
    return {
      ...functions,
      bytes: Buffer.from(buffer, WINDOW.value),
      found,
      run: new Int32Array(buffer, RUN.value, RUN_WORDS),
      counted: new Int32Array(buffer, COUNTED.value, (2 * found.length) / LINE_NUMBERS),
      slots: REMEMBERED.value,
    }
  } catch (error) {
    if (error instanceof RangeError || error instanceof WebAssembly.CompileError) return null
    throw error
  }
}
