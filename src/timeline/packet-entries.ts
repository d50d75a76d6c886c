import { type Moment, MomentKind } from '../correlation/wire/moment-log.ts'
import type { WireConnection } from '../correlation/wire/wire-connection.ts'
import type { Endpoint } from '../diagnosis/connection.ts'
import { formatDuration } from '../text/duration.ts'
import { counted } from '../text/plural.ts'
import { entry, type TimelineEntry } from './entry.ts'

/** From so many packets in a row on, one line stands for all of them. */
const FOLDED_FROM = 3

const KIND_NAMES: Readonly<Record<MomentKind, string>> = {
  [MomentKind.SYN]: 'SYN',
  [MomentKind.SYN_ACK]: 'SYN-ACK',
  [MomentKind.ACK]: 'ACK',
  [MomentKind.PUSH]: 'push',
  [MomentKind.FIN]: 'FIN',
  [MomentKind.RST]: 'RST',
  [MomentKind.ZERO_WINDOW]: 'zero window',
}

const port = (end: Endpoint): string => `${end.port}`

/** What the packets of one connection tell; pushes in a row folded into one entry unless `unfolded`. */
export function* packetEntries(wire: WireConnection, unfolded: boolean): Generator<TimelineEntry> {
  const { client, server, stream } = wire.connection
  const ways = { client: `${port(client)} → ${port(server)}`, server: `${port(server)} → ${port(client)}` }
  const one = (moment: Moment, way: string, kind: string, text = kind): TimelineEntry =>
    entry({
      time: moment.time,
      source: 'packet',
      kind,
      text: `${way} ${text}`,
      capture: moment.capture,
      frame: moment.frame,
      stream,
    })
  for (const [index, syn] of wire.syns.entries()) yield one(syn, ways.client, index === 0 ? 'SYN' : 'SYN again')
  for (const refusal of wire.refusals) yield one(refusal, ways.server, 'refused', 'RST: refused')
  if (wire.synAcks[0]) yield one(wire.synAcks[0], ways.server, 'SYN-ACK')
  if (wire.established && wire.synAcks[0]) yield one(wire.established, ways.client, 'established', 'ACK: established')
  for (const side of ['client', 'server'] as const) {
    const pushes = side === 'client' ? wire.clientPushes : wire.serverPushes
    const others = side === 'client' ? wire.serverPushes : wire.clientPushes
    for (const run of runsOf(pushes, others, unfolded)) yield pushEntry(run, ways[side], stream)
    for (const close of side === 'client' ? wire.clientCloses : wire.serverCloses)
      yield one(close, ways[side], KIND_NAMES[close.kind])
  }
  for (const stop of wire.serverZeroWindows) yield one(stop, ways.server, 'zero window')
}

/**
 * The first push stands alone: it is what the connection was made for. The size that recurs most is its beat, folded
 * whatever lies between; others are folded in a row, as long as the other end is silent.
 */
function runsOf(pushes: readonly Moment[], others: readonly Moment[], unfolded: boolean): Moment[][] {
  const [first, ...rest] = pushes
  if (!first || unfolded) return pushes.map((push) => [push])
  const beats = beatsAmong(rest)
  const runs: Moment[][] = beats.length > 0 ? [[first], beats] : [[first]]
  let run: Moment[] = []
  for (const push of rest.filter((each) => !beats.includes(each))) {
    const last = run.at(-1)
    if (last && others.some((other) => other.time > last.time && other.time < push.time)) {
      runs.push(run)
      run = []
    }
    run.push(push)
  }
  if (run.length > 0) runs.push(run)
  return runs.flatMap((each) => (each.length < FOLDED_FROM ? each.map((push) => [push]) : [each]))
}

function beatsAmong(pushes: readonly Moment[]): Moment[] {
  const bySize = new Map<number, Moment[]>()
  for (const push of pushes) {
    const same = bySize.get(push.bytes)
    if (same) same.push(push)
    else bySize.set(push.bytes, [push])
  }
  const most = [...bySize.values()].reduce<Moment[]>((best, same) => (same.length > best.length ? same : best), [])
  return most.length < FOLDED_FROM ? [] : most
}

function pushEntry(run: readonly Moment[], way: string, stream: number): TimelineEntry {
  const first = run[0]!
  const last = run.at(-1)!
  const sizes = new Set(run.map((push) => push.bytes))
  const bytes =
    sizes.size === 1 ? counted(first.bytes, 'byte') : `${run.reduce((sum, push) => sum + push.bytes, 0)} bytes in all`
  const period = run.length > 1 ? (last.time - first.time) / (run.length - 1) : 0
  return entry({
    time: first.time,
    source: 'packet',
    kind: run.length === 1 ? 'push' : sizes.size === 1 ? 'beats' : 'pushes',
    text:
      run.length === 1
        ? `${way} push, ${bytes}`
        : `${way} ${run.length} pushes, ${bytes}${sizes.size === 1 ? ' each' : ''}, every ${formatDuration(period)}`,
    capture: first.capture,
    frame: first.frame,
    lastFrame: last.frame,
    stream,
    count: run.length,
    until: run.length === 1 ? null : last.time,
  })
}
