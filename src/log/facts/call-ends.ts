import type { EventKind } from '../event.ts'

/** Calls that wait for what they then tell of. */
const WAITING: ReadonlySet<EventKind> = new Set(['accept', 'readable', 'recv', 'peer-close'])
/** A call that another thread's line cut in two is stamped again where it ends. */
const RESUMED = '<...'
/** How long a call took, in seconds, as strace -T prints it. */
const TOOK = /<(\d{1,6}\.\d{1,9})>$/
/** As many as the events that are kept of a log's beginning: later ones are close enough to the ends of their calls. */
const KEPT = 200_000

/** Finds when calls ended in a log whose stamps say when they began. */
export class CallEnds {
  /** When the call of a line ended. */
  readonly #ends = new Map<number, number>()
  /** For each thread, the line of its last call, if that one had to wait. */
  readonly #waiting = new Map<string, number>()

  /** The next line of a thread: its last call had ended by then. */
  next(thread: string, time: number): void {
    const line = this.#waiting.get(thread)
    if (line === undefined) return
    this.#waiting.delete(thread)
    if (this.#ends.size < KEPT) this.#ends.set(line, time)
  }

  /** A call that told of an event, and began at `time`, NaN where no stamp says when. */
  told(thread: string, kind: EventKind, line: number, time: number, message: string): void {
    if (!WAITING.has(kind) || message.startsWith(RESUMED)) return
    const took = TOOK.exec(message)?.[1]
    if (took === undefined || Number.isNaN(time)) this.#waiting.set(thread, line)
    else if (this.#ends.size < KEPT) this.#ends.set(line, time + Math.round(Number(took) * 1e9))
  }

  /** When the call on `line` had ended; the time of the line where no later one tells. */
  endOf(line: number, time: number | null): number | null {
    return this.#ends.get(line) ?? time
  }
}
