import type { LogEvent } from '../../log/event.ts'
import { shapeOf } from '../../log/facts/shapes.ts'
import { countBelow, itself } from '../ascending.ts'
import { EARLY, PROMPT } from '../clocks/anchor.ts'
import { type Ground, type LoggedProcess, timeOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import type { WireIndex } from '../wire/wire-index.ts'

/** A number of connections as a line tells it. */
interface Count {
  readonly value: number
  /** On the run's clock. */
  readonly time: number
  readonly event: LogEvent
}

/** What lines in one wording count, in order of time; for each the highest value from it on. */
interface Series {
  readonly counts: readonly Count[]
  readonly highest: readonly number[]
}

const byTime = ({ time }: Count): number => time

/**
 * How many connections a process says that it has. Such a line names none: that the number rises after a handshake may be this
 * connection's accept, and no line says so. That it stays as it was, while it follows what becomes of others, speaks against it.
 */
export class ConnectionCounts {
  readonly #series: readonly Series[]
  readonly #slack: number
  /** By server port: the series that are right of all connections that were served. */
  readonly #exact = new Map<number | string, readonly Series[]>()

  constructor(process: LoggedProcess) {
    this.#slack = (process.clock?.uncertainty ?? 0) + EARLY
    this.#series = process.file.kinds.has('connection-count') ? seriesOf(process) : []
  }

  /** True where a count is higher after a connection was made than before. */
  risesWith(found: WireConnection): boolean {
    const made = madeAt(found) - this.#slack
    return this.#series.some(({ counts, highest }) => {
      const next = countBelow(counts, made, byTime)
      const before = counts[next - 1]?.value ?? 0
      return next < counts.length && highest[next]! > before
    })
  }

  /** Why one that was not served was not accepted: a count that is right of all served ones stays without it; null else. */
  withoutIt(found: WireConnection, wire: WireIndex): Ground | null {
    if (this.#series.length === 0 || found.serverPushes.length > 0) return null
    const due = madeAt(found) + PROMPT + this.#slack
    for (const { counts } of this.#exactFor(found.connection.server.port, wire)) {
      const first = counts[countBelow(counts, due + 1, byTime)]
      if (!first || first.time >= found.end - this.#slack) continue
      return {
        text: `its count of connections stays at ${first.value}, which is without this one`,
        events: [first.event],
        sameKind: false,
        isBanner: false,
      }
    }
    return null
  }

  #exactFor(port: number | string, wire: WireIndex): readonly Series[] {
    const known = this.#exact.get(port)
    if (known !== undefined) return known
    const served = new ServedCount(wire.ofServerPort(port), this.#slack)
    const exact = this.#series.filter(
      ({ counts }) => hasFollowed(counts) && counts.every(({ time, value }) => value === served.at(time)),
    )
    this.#exact.set(port, exact)
    return exact
  }
}

/** How many connections are open that their process surely has. */
class ServedCount {
  readonly #begins: readonly number[]
  readonly #ends: readonly number[]
  readonly #slack: number

  constructor(connections: readonly WireConnection[], slack: number) {
    const served = connections.filter(({ serverPushes }) => serverPushes.length > 0)
    this.#begins = served.map(madeAt).sort(ascending)
    this.#ends = served.map(closedAt).sort(ascending)
    this.#slack = slack
  }

  /** NaN where one of them comes or goes about then. */
  at(time: number): number {
    if (this.#isNearOneOf(this.#begins, time) || this.#isNearOneOf(this.#ends, time)) return Number.NaN
    return countBelow(this.#begins, time, itself) - countBelow(this.#ends, time, itself)
  }

  #isNearOneOf(edges: readonly number[], time: number): boolean {
    const next = edges[countBelow(edges, time - PROMPT - this.#slack, itself)]
    return next !== undefined && next < time + this.#slack
  }
}

const ascending = (a: number, b: number): number => a - b

const madeAt = ({ established, start }: WireConnection): number => established?.time ?? start

const closedAt = ({ clientCloses, serverCloses }: WireConnection): number =>
  [...clientCloses, ...serverCloses].reduce((first, { time }) => Math.min(first, time), Number.POSITIVE_INFINITY)

/** A number that never changes may be counted by nobody. */
const hasFollowed = (counts: readonly Count[]): boolean => counts.some(({ value }) => value !== counts[0]!.value)

/** Lines in one wording count one thing. */
function seriesOf(process: LoggedProcess): Series[] {
  const byWording = new Map<string, Count[]>()
  for (const event of process.file.events) {
    const time = event.kind === 'connection-count' && event.value !== null ? timeOf(process, event) : null
    if (time === null) continue
    const key = `${event.process ?? ''}/${shapeOf(event.text)}`
    const counts = byWording.get(key)
    const count = { value: Number(event.value), time, event }
    if (counts) counts.push(count)
    else byWording.set(key, [count])
  }
  return [...byWording.values()].map((counts) => {
    counts.sort((a, b) => a.time - b.time)
    return { counts, highest: highestFrom(counts) }
  })
}

function highestFrom(counts: readonly Count[]): number[] {
  const highest = counts.map(({ value }) => value)
  for (let at = highest.length - 2; at >= 0; at--) highest[at] = Math.max(highest[at]!, highest[at + 1]!)
  return highest
}
