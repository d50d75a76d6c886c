import type { LogEvent } from '../../log/event.ts'

/** Lines that recur: what a timer makes a process write. */
const RECURRING: ReadonlySet<LogEvent['kind']> = new Set(['status', 'send', 'recv', 'no-answer', 'readable'])
/** Each line is compared with each packet: trains beyond this tell nothing more. */
export const MOST_LINES = 128

/** A log's lines that may recur. Grouped where they are asked for, and once: few logs need their beats, and some twice. */
export class RecurringLines {
  readonly #events: readonly LogEvent[]
  #groups: readonly LogEvent[][] | null = null

  constructor(events: readonly LogEvent[]) {
    this.#events = events
  }

  /** The first lines of each timer: in one wording, of one socket, peer and name. */
  groups(): readonly LogEvent[][] {
    this.#groups ??= grouped(this.#events)
    return this.#groups
  }
}

function grouped(events: readonly LogEvent[]): LogEvent[][] {
  const groups: LogEvent[][] = []
  const byWhat = new Map<string, Map<string, Map<number, Map<string, LogEvent[]>>>>()
  for (const event of events) {
    if (!RECURRING.has(event.kind) || event.time === null) continue
    const ofSocket = within(within(byWhat, event.pattern), event.handle ?? '')
    const ofPeer = within(ofSocket, event.peerPort ?? -1)
    const group = ofPeer.get(event.name ?? '')
    if (group === undefined) {
      const begun = [event]
      groups.push(begun)
      ofPeer.set(event.name ?? '', begun)
    } else if (group.length < MOST_LINES) group.push(event)
  }
  return groups
}

function within<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = maps.get(key)
  if (known !== undefined) return known
  const begun = new Map<L, V>()
  maps.set(key, begun)
  return begun
}
