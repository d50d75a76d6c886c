import type { CaptureSpan } from '../../src/correlation/clocks/nominal-time.ts'
import { type Moment, MomentKind } from '../../src/correlation/wire/moment-log.ts'
import type { WireConnection } from '../../src/correlation/wire/wire-connection.ts'
import type { Connection } from '../../src/diagnosis/connection.ts'
import type { Verdict } from '../../src/diagnosis/verdict.ts'

/** A connection as a test tells of it. Times are seconds after the capture's first packet; frames are numbered for it. */
export interface Told {
  readonly stream?: number
  readonly client?: string
  readonly clientPort?: number
  readonly server?: string
  readonly serverPort?: number
  readonly verdict?: Verdict
  /** Verdicts that the packets support besides. */
  readonly candidates?: readonly Verdict[]
  /** When the handshake was; left out for a connection older than the capture. */
  readonly open?: number
  /** When SYNs were sent, where it was not once, at `open`. */
  readonly syns?: readonly number[]
  /** When the server repeated its SYN-ACK. */
  readonly synAckAgain?: readonly number[]
  readonly refused?: readonly number[]
  /** Time and bytes. */
  readonly pushes?: readonly (readonly [number, number])[]
  readonly replies?: readonly (readonly [number, number])[]
  readonly serverFin?: number
  readonly serverRst?: number
  readonly zeroWindow?: number
  /** Letters of what either end sent, as Zeek writes them. */
  readonly history?: string
}

/** 2026-11-23T03:53:40Z. */
export const EPOCH_SECONDS = 1_795_406_020

/** A capture of `seconds`, on that day. */
export const captureOf = (seconds: number): CaptureSpan => ({
  epochSeconds: EPOCH_SECONDS,
  from: 0,
  to: seconds * 1e9,
  dated: true,
  captures: 1,
})

/** Makes what the correlation sees of a connection, with frames in the order of time. */
export function wireOf(told: Told): WireConnection {
  const stream = told.stream ?? 0
  const own = momentsOf(told)
  const { established, refusals, syns, synAcks, clientPushes, serverPushes, serverCloses, serverZeroWindows } = own
  const all = [refusals, syns, synAcks, established ?? [], clientPushes, serverPushes, serverCloses, serverZeroWindows]
    .flat()
    .sort((one, other) => one.time - other.time)
  for (const [index, each] of all.entries()) each.frame = stream * 1000 + 1 + index
  const start = all[0]?.time ?? 0
  const end = all.at(-1)?.time ?? 0
  return {
    connection: connectionOf(told, stream, start, end),
    start,
    end,
    ...own,
    clientPushCount: clientPushes.length,
    serverPushCount: serverPushes.length,
    lastClientPush: clientPushes.at(-1) ?? null,
    lastServerPush: serverPushes.at(-1) ?? null,
    clientCloses: [],
  }
}

/** A moment whose frame is numbered once all of them are made. */
type Made = { -readonly [K in keyof Moment]: Moment[K] }

const moment = (kind: MomentKind, seconds: number, bytes = 0): Made => ({
  kind,
  capture: 0,
  frame: 0,
  time: Math.round(seconds * 1e9),
  bytes,
})

/** One of that kind at each of these times. */
const moments = (kind: MomentKind, ...times: readonly (number | undefined)[]): Made[] =>
  times.filter((time) => time !== undefined).map((time) => moment(kind, time))

const pushes = (told: Told['pushes']): Made[] =>
  (told ?? []).map(([time, bytes]) => moment(MomentKind.PUSH, time, bytes))

function momentsOf(told: Told) {
  const { open, refused = [], syns = open === undefined ? refused : [open] } = told
  const isOpen = open !== undefined
  return {
    refusals: moments(MomentKind.RST, ...refused),
    syns: moments(MomentKind.SYN, ...syns),
    synAcks: isOpen ? moments(MomentKind.SYN_ACK, open + 1e-5, ...(told.synAckAgain ?? [])) : [],
    established: isOpen ? moment(MomentKind.ACK, open + 2e-5) : null,
    clientPushes: pushes(told.pushes),
    serverPushes: pushes(told.replies),
    serverCloses: [...moments(MomentKind.FIN, told.serverFin), ...moments(MomentKind.RST, told.serverRst)],
    serverZeroWindows: moments(MomentKind.ZERO_WINDOW, told.zeroWindow),
  }
}

const NO_TRAFFIC = { packets: 0, bytes: 0, payloadBytes: 0, retransmissions: 0 }

const connectionOf = (told: Told, stream: number, start: number, end: number): Connection => ({
  stream,
  capture: 0,
  client: { address: told.client ?? '127.0.0.1', port: told.clientPort ?? 50_000 + stream },
  server: { address: told.server ?? '127.0.0.1', port: told.serverPort ?? 9000 },
  verdict: told.verdict ?? ((told.replies ?? []).length > 0 ? 'healthy' : 'ack-only'),
  confidence: 'likely',
  candidates: (told.candidates ?? []).map((verdict) => ({ verdict, standing: 'supported', reasons: [] })),
  state: 'S1',
  history: told.history ?? 'ShADa',
  firstFrame: stream * 1000 + 1,
  lastFrame: stream * 1000 + 999,
  start,
  end,
  clientToServer: { ...NO_TRAFFIC, payloadBytes: (told.pushes ?? []).reduce((sum, [, bytes]) => sum + bytes, 0) },
  serverToClient: NO_TRAFFIC,
  heartbeat: null,
  findings: [],
})

/** Pushes of one size every `period` seconds. */
export const beats = (from: number, period: number, count: number, bytes = 44): (readonly [number, number])[] =>
  Array.from({ length: count }, (_, index) => [from + index * period, bytes] as const)
