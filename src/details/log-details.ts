import type { LoggedProcess } from '../correlation/processes/logged-process.ts'
import type { Scene } from '../correlation/scene.ts'
import type { SlotWrite, SocketLife } from '../correlation/sockets/socket-life.ts'
import { type Moment, MomentKind } from '../correlation/wire/moment-log.ts'
import type { WireConnection } from '../correlation/wire/wire-connection.ts'
import type { LogEvent } from '../log/event.ts'
import type { Details, SlotSpan, TimelineRow } from '../report/details.ts'
import { counted } from '../text/plural.ts'

/** Rows of one log, and of all packets: what a page can hold. Status lines go first where there are more. */
const PER_LOG = 3_000
const PACKETS = 2_000
/** Lines without a place on the clock stand at the end. */
const LAST = Number.MAX_VALUE
/** Sockets in slots that one picture can show. */
const SLOTS = 300

/** Lines that repeat themselves and tell little. */
const MINOR: readonly LogEvent['kind'][] = ['status', 'send', 'recv', 'readable']

/** What a page draws of logs beside the packets: one time line, and the socket tables' slots. */
export function logDetails(scene: Scene): Pick<Details, 'timeline' | 'slots' | 'leftOut'> {
  const leftOut: string[] = []
  const streams = streamsOfSockets(scene)
  const rows = scene.processes.flatMap((process) => logRows(process, streams, leftOut))
  rows.push(...packetRows(scene.wire.all, leftOut))
  rows.sort((a, b) => (a.time ?? LAST) - (b.time ?? LAST))
  const slots = scene.processes.flatMap(slotSpans)
  if (slots.length > SLOTS) leftOut.push(`${slots.length - SLOTS} of ${slots.length} sockets of the socket table.`)
  return { timeline: rows, slots: slots.slice(0, SLOTS), leftOut }
}

/** Which connection an accepted socket carries. */
function streamsOfSockets(scene: Scene): Map<SocketLife, WireConnection> {
  const streams = new Map<SocketLife, WireConnection>()
  for (const { accepted, wire } of scene.facts) if (accepted !== null) streams.set(accepted, wire)
  return streams
}

function logRows(
  process: LoggedProcess,
  streams: ReadonlyMap<SocketLife, WireConnection>,
  leftOut: string[],
): TimelineRow[] {
  const { file, clock, table } = process
  const events = chosen(file.events)
  if (events.length < file.events.length)
    leftOut.push(`${file.events.length - events.length} of the ${file.events.length} events of ${file.path}.`)
  const lives = table.livesOf(events)
  return events.map((event): TimelineRow => {
    const life = lives.get(event)
    const wire = life === undefined ? undefined : streams.get(life)
    return {
      time: clock?.of(event) ?? null,
      uncertainty: clock?.uncertainty ?? 0,
      source: 'log',
      kind: event.kind,
      text: event.text,
      capture: wire?.connection.capture ?? null,
      frame: null,
      log: event.log,
      line: event.line,
      stream: wire?.connection.stream ?? null,
    }
  })
}

/** All events where they fit; else those that change something before those that repeat, in the order of the file. */
function chosen(events: readonly LogEvent[]): readonly LogEvent[] {
  if (events.length <= PER_LOG) return events
  const major = events.filter((event) => !MINOR.includes(event.kind)).slice(0, PER_LOG)
  const room = PER_LOG - major.length
  const minor = events.filter((event) => MINOR.includes(event.kind)).slice(0, room)
  return [...major, ...minor].sort((a, b) => a.order - b.order)
}

const KINDS = {
  [MomentKind.SYN]: 'SYN',
  [MomentKind.SYN_ACK]: 'SYN, ACK',
  [MomentKind.ACK]: 'ACK',
  [MomentKind.PUSH]: 'payload',
  [MomentKind.FIN]: 'FIN',
  [MomentKind.RST]: 'RST',
  [MomentKind.ZERO_WINDOW]: 'zero window',
} as const satisfies Record<MomentKind, string>

function packetRows(connections: readonly WireConnection[], leftOut: string[]): TimelineRow[] {
  const rows: TimelineRow[] = []
  let dropped = 0
  for (const wire of connections) {
    const own = momentsOf(wire)
    if (rows.length + own.length > PACKETS) dropped++
    else rows.push(...own.map(([moment, text]) => packetRow(wire, moment, text)))
  }
  if (dropped > 0) leftOut.push(`Packets of ${counted(dropped, 'connection')} in the time line.`)
  return rows
}

const sizeOf = (push: Moment | undefined): string => counted(push?.bytes ?? 0, 'byte')

/** What a connection's life consists of: its handshake, its first payload each way, its last, its end. */
function momentsOf(wire: WireConnection): [Moment, string][] {
  const { client, server } = wire.connection
  const there = `${client.port} → ${server.port}`
  const back = `${server.port} → ${client.port}`
  const told: [Moment | null | undefined, string][] = [
    ...wire.syns.map((moment): [Moment, string] => [moment, `${there} opens`]),
    ...wire.synAcks.map((moment): [Moment, string] => [moment, `${back}: the system answers`]),
    [wire.established, `${there}: established`],
    [wire.clientPushes[0], `${there}: first payload, ${sizeOf(wire.clientPushes[0])}`],
    [wire.serverPushes[0], `${back}: first answer, ${sizeOf(wire.serverPushes[0])}`],
    [wire.clientPushes.length > 1 ? wire.lastClientPush : null, `${there}: last payload`],
    [wire.serverPushes.length > 1 ? wire.lastServerPush : null, `${back}: last payload`],
    [wire.serverZeroWindows[0], `${back}: its window is closed`],
    ...wire.refusals.map((moment): [Moment, string] => [moment, `${back}: refused`]),
    ...wire.clientCloses.map((moment): [Moment, string] => [moment, `${there}: the client ends it`]),
    ...wire.serverCloses.map((moment): [Moment, string] => [moment, `${back}: the server ends it`]),
  ]
  return told.flatMap(([moment, text]): [Moment, string][] => (moment ? [[moment, text]] : []))
}

const packetRow = (wire: WireConnection, moment: Moment, text: string): TimelineRow => ({
  time: moment.time,
  uncertainty: 0,
  source: 'packet',
  kind: KINDS[moment.kind],
  text,
  capture: moment.capture,
  frame: moment.frame,
  log: null,
  line: null,
  stream: wire.connection.stream,
})

/** Who held each slot from its store until the next one, or until its socket's end. */
function slotSpans(process: LoggedProcess): SlotSpan[] {
  const { table, clock } = process
  if (clock === null) return []
  const spans: SlotSpan[] = []
  const later = new Map<number, SlotWrite>()
  for (const write of [...table.writes].reverse()) {
    const next = later.get(write.slot)
    later.set(write.slot, write)
    const from = clock.of(write.event)
    if (from === null) continue
    const overwritten = next !== undefined && next.over !== null && next.over === write.life && !next.excusable
    const end = overwritten ? next.event : (write.life?.ended?.event ?? write.life?.detached ?? next?.event ?? null)
    spans.push({
      slot: write.slot,
      label: labelOf(write.life),
      from,
      to: end === null ? null : clock.of(end),
      overwritten,
      log: write.event.log,
      lines: [write.event.line],
    })
  }
  return spans.reverse()
}

const labelOf = (life: SocketLife | null): string => {
  if (life === null) return 'a socket'
  const name = life.handle === null ? life.key : `socket ${life.handle}`
  return life.listening === null ? name : `${name} (listening)`
}
