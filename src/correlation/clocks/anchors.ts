import type { EventKind, LogEvent } from '../../log/event.ts'
import type { SocketLife, SocketTable } from '../sockets/socket-life.ts'
import type { WireIndex } from '../wire/wire-index.ts'
import { type Anchor, MOST_ANCHORS, type NominalTime } from './anchor.ts'
import { anchorOf, FirstOfAll, isDatable } from './line-anchor.ts'

/** What packets may date of a log, and the sockets that these lines speak of. */
export interface DatableLines {
  readonly lines: readonly LogEvent[]
  readonly lives: ReadonlyMap<LogEvent, SocketLife>
  /** Ports that the log says more than once to be listened on. */
  readonly restarted: ReadonlySet<number>
}

/** Chosen once for a log, however often it is put on another clock. */
export function datableLines(events: readonly LogEvent[], table: SocketTable): DatableLines {
  const lines = spread(events)
  return { lines, lives: table.livesOf(lines), restarted: portsListenedTwice(events) }
}

/** Everything in a log that the packets can date: accepts, connects, reads and writes, poll results, closes, queries. */
export function anchorsOf({ lines, lives, restarted }: DatableLines, wire: WireIndex, times: NominalTime): Anchor[] {
  const found: Anchor[] = []
  const all = new FirstOfAll(wire)
  for (const event of lines) {
    // Each refusal and answer then belongs to one process's life, and the log does not say which.
    if (event.kind === 'listening' && event.port !== null && restarted.has(event.port)) continue
    const nominal = times.of(event)
    const life = lives.get(event) ?? null
    const anchor = nominal === null ? null : anchorOf({ event, nominal, life, wire, all, tick: times.tick })
    if (anchor && (anchor.windows.length > 0 || anchor.bound !== null)) found.push(anchor)
  }
  return found
}

/** As many lines as are compared, an equal share of each kind, taken from all over the log: otherwise no drift would show. */
function spread(events: readonly LogEvent[]): LogEvent[] {
  const counts = new Map<EventKind, number>()
  let dated = 0
  for (const { kind } of events) {
    if (!isDatable(kind)) continue
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    dated++
  }
  if (dated <= MOST_ANCHORS) return events.filter(({ kind }) => isDatable(kind))
  const share = Math.floor(MOST_ANCHORS / counts.size)
  const steps = new Map([...counts].map(([kind, count]) => [kind, Math.ceil(count / share)]))
  const seen = new Map<EventKind, number>()
  return events.filter(({ kind }) => {
    const step = steps.get(kind)
    if (step === undefined) return false
    const index = seen.get(kind) ?? 0
    seen.set(kind, index + 1)
    return index % step === 0
  })
}

function portsListenedTwice(events: readonly LogEvent[]): Set<number> {
  const once = new Set<number>()
  const twice = new Set<number>()
  for (const event of events) {
    if (event.kind !== 'listening' || event.port === null) continue
    if (once.has(event.port)) twice.add(event.port)
    once.add(event.port)
  }
  return twice
}
