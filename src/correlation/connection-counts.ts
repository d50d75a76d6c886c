import type { LogEvent } from '../log/event.ts'
import { shapeOf } from '../log/shapes.ts'
import { EARLY, PROMPT } from './anchor.ts'
import { type Ground, type LoggedProcess, timeOf } from './logged-process.ts'
import type { WireConnection } from './wire-connection.ts'
import type { WireIndex } from './wire-index.ts'

/** A number of connections as a line tells it. */
interface Count {
  readonly value: number
  /** On the run's clock. */
  readonly time: number
  readonly event: LogEvent
}

/**
 * How many connections a process says that it has. Such a line names none: that the number rises after a handshake may be this
 * connection's accept, and no line says so. That it stays as it was, while it follows what becomes of others, speaks against it.
 */
export class ConnectionCounts {
  /** Lines in one wording count one thing. */
  readonly #series: readonly (readonly Count[])[]
  readonly #slack: number

  constructor(process: LoggedProcess) {
    this.#slack = (process.clock?.uncertainty ?? 0) + EARLY
    this.#series = process.file.kinds.has('connection-count') ? seriesOf(process) : []
  }

  /** True where a count is higher after a connection was made than before. */
  risesWith(found: WireConnection): boolean {
    const made = madeAt(found) - this.#slack
    return this.#series.some((counts) => {
      const before = counts.findLast(({ time }) => time < made)?.value ?? 0
      return counts.some(({ time, value }) => time >= made && value > before)
    })
  }

  /** Why it was not accepted, where a count that is right of all others does not count this one; null else. */
  withoutIt(found: WireConnection, wire: WireIndex): Ground | null {
    const others = wire.ofServerPort(found.connection.server.port).filter((other) => other !== found)
    const due = madeAt(found) + PROMPT + this.#slack
    for (const counts of this.#series) {
      const after = counts.filter(({ time }) => time > due && time < found.end - this.#slack)
      const [first] = after
      if (!first || !hasFollowed(counts)) continue
      if (!counts.every(({ time, value }) => value === this.#servedAt(others, time))) continue
      return {
        text: `its count of connections stays at ${first.value}, which is without this one`,
        events: [first.event],
        sameKind: false,
      }
    }
    return null
  }

  /** How many connections that the process surely has are open; NaN where one of them comes or goes about then. */
  #servedAt(others: readonly WireConnection[], time: number): number {
    let served = 0
    for (const other of others) {
      if (other.serverPushes.length === 0) continue
      const from = madeAt(other)
      const to = Math.min(
        ...[...other.clientCloses, ...other.serverCloses].map((close) => close.time),
        Number.POSITIVE_INFINITY,
      )
      if ([from, to].some((edge) => time > edge - this.#slack && time < edge + PROMPT + this.#slack)) return Number.NaN
      if (from < time && time < to) served++
    }
    return served
  }
}

const madeAt = ({ established, start }: WireConnection): number => established?.time ?? start

/** A number that never changes may be counted by nobody. */
const hasFollowed = (counts: readonly Count[]): boolean => counts.some(({ value }) => value !== counts[0]!.value)

function seriesOf(process: LoggedProcess): Count[][] {
  const series = new Map<string, Count[]>()
  for (const event of process.file.events) {
    const time = event.kind === 'connection-count' && event.value !== null ? timeOf(process, event) : null
    if (time === null) continue
    const key = `${event.process ?? ''}/${shapeOf(event.text)}`
    const counts = series.get(key)
    const count = { value: Number(event.value), time, event }
    if (counts) counts.push(count)
    else series.set(key, [count])
  }
  return [...series.values()]
}
