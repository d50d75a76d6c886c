import type { LogEvent } from '../../log/event.ts'
import { countBelow } from '../ascending.ts'
import { type LoggedProcess, timeOf } from '../processes/logged-process.ts'
import { listeningPort, type SlotWrite, type SocketLife } from './socket-life.ts'

/** Stores further apart than this are two incidents, not one check-then-act race: 1 s is far above any scheduling delay. */
export const BURST = 1e9

/** When a line was written: on the run's clock, else by its stamp. */
export const stampOf = (process: LoggedProcess, event: LogEvent): number | null => timeOf(process, event) ?? event.time

/** How many uses may be under way when a slot is taken, where no times tell. */
const UNDER_WAY = 1

/** What a socket was used for, in the order of the lines. */
interface Uses {
  readonly events: readonly LogEvent[]
  /** For each use, the latest time of it and of those after it, and how many of these have no time. */
  readonly latest: readonly number[]
  readonly timeless: readonly number[]
}

/** The sockets whose places were taken, and whether the process found them again. */
export class SlotOwners {
  readonly #process: LoggedProcess
  readonly #uses = new Map<SocketLife, Uses>()
  /** Accepts by the listening socket's handle, by its port where they name none, and those that name neither. */
  readonly #accepts = new Map<string | number | null, LogEvent[]>()

  constructor(process: LoggedProcess) {
    this.#process = process
    for (const { accepted } of process.table.lives) {
      if (accepted === null) continue
      const key = accepted.listener ?? accepted.port
      const own = this.#accepts.get(key)
      if (own === undefined) this.#accepts.set(key, [accepted])
      else own.push(accepted)
    }
  }

  /**
   * It is read from, or accepts, well after that: then the two slots of one number belong to two tables, as each thread, each
   * direction or each worker may have its own. What was under way when its place was taken is over within a burst.
   */
  isFoundAgain({ over, event }: SlotWrite): boolean {
    const { events, latest, timeless } = this.#usesOf(over!)
    const next = countBelow(events, event.order + 1, ({ order }) => order)
    if (next === events.length) return false
    const taken = stampOf(this.#process, event)
    if (taken === null) return events.length - next > UNDER_WAY
    return latest[next]! - taken > BURST || timeless[next]! > UNDER_WAY
  }

  #usesOf(life: SocketLife): Uses {
    const known = this.#uses.get(life)
    if (known !== undefined) return known
    const events = [...life.received, ...this.#acceptsOf(life)].sort((a, b) => a.order - b.order)
    const latest = new Array<number>(events.length)
    const timeless = new Array<number>(events.length)
    for (let index = events.length - 1; index >= 0; index--) {
      const time = stampOf(this.#process, events[index]!)
      latest[index] = Math.max(latest[index + 1] ?? Number.NEGATIVE_INFINITY, time ?? Number.NEGATIVE_INFINITY)
      timeless[index] = (timeless[index + 1] ?? 0) + (time === null ? 1 : 0)
    }
    const uses = { events, latest, timeless }
    this.#uses.set(life, uses)
    return uses
  }

  /** The accepts of a listening socket; those that do not tell whose they are, where the process has no other. */
  #acceptsOf(listener: SocketLife): LogEvent[] {
    if (listener.listening === null) return []
    const port = listeningPort(listener)
    const own = listener.handle === null ? [] : (this.#accepts.get(listener.handle) ?? [])
    if (this.#process.table.listeners.length !== 1)
      return [...own, ...(port === null ? [] : (this.#accepts.get(port) ?? []))]
    const ofNobody = [...this.#accepts].flatMap(([key, events]) => (typeof key === 'string' ? [] : events))
    return [...own, ...ofNobody]
  }
}
