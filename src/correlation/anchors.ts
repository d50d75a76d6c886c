import type { EventKind, LogEvent } from '../log/event.ts'
import { type Anchor, EARLY, MOST_ANCHORS, MOST_WINDOWS, type NominalTime, PROMPT, windowOf } from './anchor.ts'
import type { SocketLife, SocketTable } from './socket-life.ts'
import type { WireConnection } from './wire-connection.ts'
import type { WireIndex } from './wire-index.ts'
import type { Moment } from './wire-moments.ts'

/** A send line may be written before or after its packet leaves. */
const SEND_EARLY = 20e6
const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

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
    const anchor = nominal === null ? null : anchorOf(event, nominal, life, wire, all, times.tick)
    if (anchor && (anchor.windows.length > 0 || anchor.bound !== null)) found.push(anchor)
  }
  return found
}

function anchorOf(
  event: LogEvent,
  nominal: number,
  life: SocketLife | null,
  wire: WireIndex,
  all: FirstOfAll,
  tick: number,
): Anchor | null {
  const at = (moments: readonly Moment[], certain: boolean, early = EARLY, prompt = PROMPT): Anchor => ({
    event,
    windows: moments.slice(0, MOST_WINDOWS).map((moment) => windowOf(nominal, tick, moment, early, prompt)),
    bound: null,
    certain,
  })
  switch (event.kind) {
    case 'accept':
      return acceptAnchor(event, nominal, wire, tick)
    case 'listening':
      return listeningAnchor(event, nominal, wire, tick)
    case 'recv':
    case 'readable': {
      const own = life?.accepted ? wire.ofPeer(life.accepted) : []
      if (own.length > 0)
        return at(
          ofBytes(
            own.flatMap((connection) => connection.clientPushes),
            event.bytes,
          ),
          true,
        )
      return event.kind === 'readable' && life?.listening ? at(all.of(establishedOf), false) : null
    }
    case 'send': {
      const own = life?.accepted ? wire.ofPeer(life.accepted) : []
      return at(
        ofBytes(
          own.flatMap((connection) => connection.serverPushes),
          event.bytes,
        ),
        true,
        SEND_EARLY,
      )
    }
    case 'connected':
      return at(first(wire.ofServerPort(event.peerPort), establishedOf), false)
    case 'connect-failed':
      return at(
        first(wire.ofServerPort(event.peerPort), (connection) => connection.refusals),
        false,
      )
    case 'close':
    case 'idle-close':
    case 'peer-close':
      return at(
        life?.accepted ? first(wire.ofPeer(life.accepted), closesOf) : all.of(closesOf),
        life?.accepted !== null && life !== null,
      )
    case 'status':
      return at(all.of(clientPushesOf), false)
    default:
      return null
  }
}

/** Kinds of lines that packets can date. */
const DATED: ReadonlySet<EventKind> = new Set([
  'accept',
  'listening',
  'recv',
  'readable',
  'send',
  'connected',
  'connect-failed',
  'close',
  'idle-close',
  'peer-close',
  'status',
])

/** As many lines as are compared, of each kind alike, and from all of the log: only so they show a drift. */
function spread(events: readonly LogEvent[]): LogEvent[] {
  const counts = new Map<EventKind, number>()
  let dated = 0
  for (const { kind } of events) {
    if (!DATED.has(kind)) continue
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    dated++
  }
  if (dated <= MOST_ANCHORS) return events.filter(({ kind }) => DATED.has(kind))
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

type MomentsOf = (connection: WireConnection) => readonly Moment[]

/** As many moments of connections as a line is compared with. */
function first(connections: readonly WireConnection[], momentsOf: MomentsOf): Moment[] {
  const moments: Moment[] = []
  for (const connection of connections) {
    moments.push(...momentsOf(connection))
    if (moments.length >= MOST_WINDOWS) break
  }
  return moments
}

/** The first moments of all connections, found once: there may be thousands without any, and hundreds of lines that ask. */
class FirstOfAll {
  readonly #all: readonly WireConnection[]
  readonly #found = new Map<MomentsOf, Moment[]>()

  constructor({ all }: WireIndex) {
    this.#all = all
  }

  of(momentsOf: MomentsOf): Moment[] {
    const known = this.#found.get(momentsOf)
    if (known !== undefined) return known
    const found = first(this.#all, momentsOf)
    this.#found.set(momentsOf, found)
    return found
  }
}

const establishedOf = ({ established }: WireConnection): readonly Moment[] => (established ? [established] : [])

const closesOf = (connection: WireConnection): readonly Moment[] => [
  ...connection.serverCloses,
  ...connection.clientCloses,
]

const clientPushesOf = ({ clientPushes }: WireConnection): readonly Moment[] => clientPushes

/** Pushes of exactly that size; all where one read or write spans several segments. */
function ofBytes(pushes: readonly Moment[], bytes: number | null): readonly Moment[] {
  const same = bytes === null ? pushes : pushes.filter((push) => push.bytes === bytes)
  return same.length > 0 ? same : pushes
}

/** accept() returns after the handshake, and before the accepted socket's first payload leaves. */
function acceptAnchor(event: LogEvent, nominal: number, wire: WireIndex, tick: number): Anchor | null {
  const own = wire.ofPeer(event)
  const windows = own.flatMap(establishedOf).map((moment) => windowOf(nominal, tick, moment))
  const only = own.length === 1 ? own[0] : undefined
  if (!only) return { event, windows, bound: null, certain: true }
  const reply = only.serverPushes[0]
  const bound = {
    from: only.established ? only.established.time - EARLY - nominal - tick : ALWAYS.from,
    to: reply ? reply.time + EARLY - nominal : ALWAYS.to,
  }
  const possible = windows.map((window) => ({ ...window, to: Math.min(window.to, bound.to) }))
  return { event, windows: possible.filter((window) => window.from <= window.to), bound, certain: true }
}

/** A port that refuses has no listener yet; one that answers has one. */
function listeningAnchor(event: LogEvent, nominal: number, wire: WireIndex, tick: number): Anchor | null {
  if (event.port === null) return null
  const own = wire.ofServerPort(event.port)
  const answered = Math.min(...own.flatMap((connection) => connection.synAcks.slice(0, 1).map((moment) => moment.time)))
  const refused = own.flatMap((connection) => connection.refusals).map((moment) => moment.time)
  // Refused after it was answered: a process before this one had the port, and the line need not precede its answers.
  if (!Number.isFinite(answered) || refused.some((time) => time > answered)) return null
  const from = refused.length > 0 ? Math.max(...refused) - nominal - tick - EARLY : ALWAYS.from
  return { event, windows: [], bound: { from, to: answered + EARLY - nominal }, certain: true }
}
