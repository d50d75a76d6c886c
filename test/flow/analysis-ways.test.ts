import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Current, PacketVisitor } from '../../src/flow/current.ts'
import { FlowStatistics } from '../../src/flow/flow-statistics.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { Flag } from '../../src/packet/packet.ts'
import { scan } from '../../src/scan.ts'

const LINK_TYPE_RAW = 101
const FILE_HEADER = 24
const RECORD_HEADER = 16
const IPV4_HEADER = 20
/** More than a batch: what follows belongs to flows that are known by then. */
const OPENING_SEGMENTS = 70

interface Sent {
  readonly flow: number
  readonly fromClient: boolean
  readonly flags: number
  readonly seq: number
  readonly ack: number
  readonly length: number
  readonly window: number
  readonly options: readonly number[]
  /** Milliseconds after the segment before. */
  readonly after: number
}

/** NOP, NOP, TIMESTAMPS. */
const TIMESTAMPS = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1]
/** NOP, NOP, SACK of one block of 44 bytes. */
const SACK = [1, 1, 5, 10, 0, 0, 1, 0, 0, 0, 1, 44]
const WINDOW_SCALE_2 = [1, 3, 3, 2]
/** What SYNs usually offer: as Linux and Windows do, without scaling, with an end of the list, with too large a shift. */
const USUAL_OFFERS = [
  [],
  WINDOW_SCALE_2,
  TIMESTAMPS,
  [2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7],
  [2, 4, 5, 180, 1, 3, 3, 8, 1, 1, 4, 2],
  [2, 4, 5, 180, 4, 2, 0, 0],
  [3, 3, 77, 0],
]
/** A cookie. */
const FAST_OPEN = [34, 10, 1, 2, 3, 4, 5, 6, 7, 8, 1, 1]
/** Two shifts, Fast Open with a cookie and asking for one, its experiment, a SACK, lengths that make no sense, Multipath TCP. */
const UNUSUAL_OFFERS = [
  [3, 3, 2, 3, 3, 4, 1, 1],
  FAST_OPEN,
  [34, 2, 1, 1, 3, 3, 5, 1],
  [254, 8, 0xf9, 0x89, 1, 2, 3, 4],
  SACK,
  [2, 5, 5, 180, 1, 3, 3, 3],
  [3, 2, 3, 3],
  [2, 4, 5, 180, 1, 1, 1, 3],
  [3, 3, 4, 2, 4, 0, 3, 3],
  [8, 11, 3, 3],
  [30, 4, 0, 1, 1, 3, 3, 6],
]

/** A capture of the segments, raw IPv4. */
function captureOf(segments: readonly Sent[]): Buffer {
  const header = Buffer.alloc(FILE_HEADER)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(262_144, 16)
  header.writeUInt32LE(LINK_TYPE_RAW, 20)
  let milliseconds = 0
  const records = segments.map((sent, index) => {
    milliseconds += sent.after
    return recordOf(sent, index + 1, milliseconds)
  })
  return Buffer.concat([header, ...records])
}

function recordOf(sent: Sent, id: number, milliseconds: number): Buffer {
  const headerLength = 20 + sent.options.length
  const total = IPV4_HEADER + headerLength + sent.length
  const record = Buffer.alloc(RECORD_HEADER + total)
  record.writeUInt32LE(1_700_000_000 + Math.floor(milliseconds / 1000), 0)
  record.writeUInt32LE((milliseconds % 1000) * 1000, 4)
  record.writeUInt32LE(total, 8)
  record.writeUInt32LE(total, 12)
  const ip = record.subarray(RECORD_HEADER)
  ip.set([0x45, 0, total >> 8, total & 255, id >> 8, id & 255, 0, 0, 64, 6])
  ip.writeUInt32BE(sent.fromClient ? 0x0a000001 : 0x0a000002, 12)
  ip.writeUInt32BE(sent.fromClient ? 0x0a000002 : 0x0a000001, 16)
  const tcp = ip.subarray(IPV4_HEADER)
  tcp.writeUInt16BE(sent.fromClient ? 50_000 + sent.flow : 9000, 0)
  tcp.writeUInt16BE(sent.fromClient ? 9000 : 50_000 + sent.flow, 2)
  tcp.writeInt32BE(sent.seq, 4)
  tcp.writeInt32BE(sent.ack, 8)
  tcp.set([headerLength << 2, sent.flags], 12)
  tcp.writeUInt16BE(sent.window, 14)
  tcp.set(sent.options, 20)
  return record
}

/** What the analysis tells of a segment. */
function outcomeOf(analysis: TcpAnalysis) {
  const { flags, seq, ack, window, scale, acksFrame, ackRtt, bytesInFlight, pushBytesSent, advances } = analysis
  const { rto, rtoFrame, duplicateAckNumber, duplicateAckFrame, initialRtt } = analysis
  const repeats = [rto, rtoFrame, duplicateAckNumber, duplicateAckFrame, initialRtt]
  return [flags, seq, ack, window, scale, acksFrame, ackRtt, bytesInFlight, pushBytesSent, advances, ...repeats]
}

/** Sees what is shown, behind the two that it is told of. */
class Onlooker implements PacketVisitor {
  readonly analysis = new TcpAnalysis()
  readonly statistics = new FlowStatistics(this.analysis)
  readonly isServed: boolean
  shown = 0
  readonly outcomes: (readonly unknown[])[] = []
  readonly flagged: (readonly unknown[])[] = []

  constructor(isServed: boolean) {
    this.isServed = isServed
  }

  visit({ frame }: Current): void {
    this.shown++
    const { flags } = this.analysis
    this.outcomes.push(outcomeOf(this.analysis))
    if (flags !== 0) this.flagged.push([frame.number, flags, this.analysis.reading()?.because])
  }
}

/** An onlooker that asks the two itself: they have memory of their own then, and no engine. */
class Outsider extends Onlooker {
  override visit(current: Current): void {
    this.analysis.visit(current)
    this.statistics.visit(current)
    super.visit(current)
  }
}

async function analysed(capture: Buffer, onlooker: Onlooker) {
  const { analysis, statistics } = onlooker
  const visitors = onlooker instanceof Outsider ? [onlooker] : [analysis, statistics, onlooker]
  const { flows } = await scan(['-'], { stdin: Readable.from([capture]), visitors })
  const told = Array.from({ length: 2 * flows.table.count }, (_, side) => statistics.of(side >> 1, side & 1))
  return { told, inversions: analysis.inversions, dropped: analysis.dropped, flagged: onlooker.flagged }
}

/** Mostly the first value, now and then one of the others. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 20, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const aStep = fc.record({
  flow: fc.constantFrom(0, 0, 0, 1),
  fromClient: fc.boolean(),
  length: fc.constantFrom(0, 0, 1, 44, 44, 44, 100, 1448),
  /** How far from what is next in line. */
  off: mostly(0, -1, -44, 44, 1, -100_000),
  ackOff: mostly(0, 0, -44, -144, 44, 1),
  flags: mostly(Flag.ACK, Flag.ACK, Flag.ACK | Flag.PSH, Flag.ACK | Flag.FIN, Flag.ACK | Flag.RST, Flag.SYN),
  window: mostly(8192, 8100, 50, 0),
  options: mostly([], TIMESTAMPS, TIMESTAMPS, SACK),
  after: fc.constantFrom(0, 0, 1, 50, 100, 2100),
})

const anOffer = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...USUAL_OFFERS) },
  { weight: 1, arbitrary: fc.constantFrom(...UNUSUAL_OFFERS) },
)

/** What may stand before a handshake: SYNs that are repeated, cross each other or have another number, anything else. */
const aPrelude = fc.array(
  fc.record({
    fromClient: fc.boolean(),
    length: mostly(0, 1, 44),
    off: fc.constantFrom(0, 0, -1, -1, 1000),
    ackOff: fc.constantFrom(0, 0, -1, 1, 1000),
    flags: fc.constantFrom(
      ...[Flag.SYN, Flag.SYN, Flag.SYN | Flag.ACK, Flag.SYN | Flag.ACK, Flag.ACK, Flag.RST, Flag.RST | Flag.ACK],
      ...[Flag.SYN | Flag.FIN, Flag.SYN | Flag.PSH | Flag.ACK, Flag.FIN | Flag.ACK, 0],
    ),
    window: fc.constantFrom(8192, 0),
    options: anOffer,
    after: fc.constantFrom(0, 1, 1100),
  }),
  { maxLength: 4 },
)

const aHandshake = fc.record({
  prelude: fc.oneof(fc.constant([]), aPrelude),
  offers: fc.tuple(anOffer, anOffer),
  /** Of the SYN. */
  length: mostly(0, 44),
  /** How far the SYN-ACK and the last acknowledgment are from what they should acknowledge. */
  ackOffs: fc.tuple(mostly(0, 1, -1, 1000), mostly(0, 1, -1)),
})
/** The payload of a SYN that is taken, or ignored (RFC 7413). */
const aFastHandshake = fc.record({
  prelude: fc.constant([]),
  offers: fc.tuple(fc.constantFrom(FAST_OPEN, [], WINDOW_SCALE_2), anOffer),
  length: fc.constant(44),
  ackOffs: fc.tuple(fc.constantFrom(0, -44), fc.constant(0)),
})
const anyHandshake = fc.oneof({ weight: 6, arbitrary: aHandshake }, { weight: 1, arbitrary: aFastHandshake })

/** FINs and their acknowledgments, in whatever order. */
const anEnding = fc.array(
  fc.record({
    fromClient: fc.boolean(),
    length: fc.constantFrom(0, 0, 0, 1, 44),
    off: fc.constantFrom(0, 0, 0, 0, 0, -1, 1, -44),
    ackOff: fc.constantFrom(0, 0, 0, 0, -1, -2, -44, 1),
    flags: fc.constantFrom(
      Flag.FIN | Flag.ACK,
      Flag.FIN | Flag.ACK,
      Flag.FIN | Flag.PSH | Flag.ACK,
      Flag.ACK,
      Flag.FIN,
    ),
    window: mostly(8192, 8100, 50, 0),
    options: mostly([], TIMESTAMPS, SACK),
    after: fc.constantFrom(0, 1, 50),
  }),
  { maxLength: 8 },
)

type Handshake = typeof aHandshake extends fc.Arbitrary<infer T> ? T : never

interface Step extends Omit<Sent, 'seq' | 'ack'> {
  readonly off?: number
  readonly ackOff?: number
}

/** Gives steps the numbers that are next in line in their talks. */
class Talks {
  readonly sent: Sent[] = []
  readonly #next: { client: number; server: number }[]

  constructor(client: number) {
    this.#next = [0, 1].map((flow) => ({ client: (client + flow) | 0, server: 500 + flow }))
  }

  send(step: Step): void {
    const { off = 0, ackOff = 0 } = step
    const talk = this.#next[step.flow]!
    const [own, peer] = step.fromClient ? (['client', 'server'] as const) : (['server', 'client'] as const)
    this.sent.push({ ...step, seq: (talk[own] + off) | 0, ack: (talk[peer] + ackOff) | 0 })
    const counted = (step.flags & (Flag.SYN | Flag.FIN)) === 0 ? 0 : 1
    if (off >= 0) talk[own] = (talk[own] + off + step.length + counted) | 0
  }

  shakeHands(flow: number, { prelude, offers, length, ackOffs }: Handshake): void {
    for (const step of prelude) this.send({ ...step, flow })
    const usual = { flow, length: 0, window: 8192, after: 1 }
    this.send({ ...usual, options: offers[0], length, fromClient: true, flags: Flag.SYN })
    this.send({ ...usual, options: offers[1], fromClient: false, flags: Flag.SYN | Flag.ACK, ackOff: ackOffs[0] })
    this.send({ ...usual, options: [], fromClient: true, flags: Flag.ACK, ackOff: ackOffs[1] })
  }

  /** Forgets what was sent: ports are used again. */
  startOver(flow: number, by: number): void {
    const talk = this.#next[flow]!
    this.#next[flow] = { client: (talk.client + by) | 0, server: (talk.server + by) | 0 }
  }
}

/** Two talks side by side, in order but for what is told, so that many segments are ordinary and any may not be. */
const talks = fc
  .record({
    client: fc.constantFrom(-3, -1, 0, 100, 2 ** 31 - 2000, -37 * 44),
    handshakes: fc.tuple(anyHandshake, anyHandshake),
    steps: fc.array(aStep, { maxLength: 120 }),
    endings: fc.tuple(anEnding, anEnding),
    by: fc.constantFrom(-1, 0, 100_000, -100_000),
    again: fc.oneof(fc.constant(null), anyHandshake),
  })
  .map(({ client, handshakes, steps, endings, by, again }) => {
    const talking = new Talks(client)
    const usual = { length: 44, window: 8192, options: [], after: 1, flags: Flag.ACK | Flag.PSH }
    for (const flow of [0, 1]) {
      talking.shakeHands(flow, handshakes[flow]!)
      for (let turn = 0; turn < OPENING_SEGMENTS / 2; turn++)
        talking.send({ ...usual, flow, fromClient: turn % 2 === 0 })
    }
    for (const step of steps) talking.send(step)
    for (const flow of [0, 1]) for (const step of endings[flow]!) talking.send({ ...step, flow })
    talking.startOver(0, by)
    if (again !== null) talking.shakeHands(0, again)
    for (let turn = 0; turn < 4; turn++) talking.send({ ...usual, flow: 0, fromClient: turn % 2 === 0 })
    return talking.sent
  })

describe('the ways of the analysis', () => {
  it('come to the same: in the engine, with an onlooker that is shown all, and without an engine', async () => {
    let segments = 0
    let shown = 0
    await fc.assert(
      fc.asyncProperty(talks, async (sent) => {
        const capture = captureOf(sent)
        const [served, onlooker, outsider] = [new Onlooker(true), new Onlooker(false), new Outsider(false)]
        const expected = await analysed(capture, outsider)
        expect(await analysed(capture, onlooker)).toEqual(expected)
        expect(onlooker.outcomes).toEqual(outsider.outcomes)
        expect(await analysed(capture, served)).toEqual(expected)
        segments += outsider.shown
        shown += served.shown
      }),
      { numRuns: 300 },
    )
    expect(shown).toBeLessThan(segments / 2)
  })

  it('are the same for what one side alone sends, many segments in flight, and nothing of it is shown', async () => {
    const bulk = { flow: 0, flags: Flag.ACK, window: 8192, options: TIMESTAMPS, after: 1 }
    const ordered = Array.from({ length: 400 }, (_, at): Sent => {
      const acknowledges = at % 8 === 7
      const sentSoFar = 1 + 100 * (at - Math.floor(at / 8))
      return acknowledges
        ? { ...bulk, fromClient: false, seq: 501, ack: sentSoFar - 250, length: 0 }
        : { ...bulk, fromClient: true, seq: sentSoFar, ack: 501, length: 100 }
    })
    const opening = { ...bulk, length: 0, options: WINDOW_SCALE_2 }
    const ending = { ...bulk, length: 0, flags: Flag.FIN | Flag.ACK }
    const sent = 1 + 100 * 350
    const capture = captureOf([
      { ...opening, fromClient: true, flags: Flag.SYN, seq: 0, ack: 0 },
      { ...opening, fromClient: false, flags: Flag.SYN | Flag.ACK, seq: 500, ack: 1 },
      { ...opening, options: [], fromClient: true, seq: 1, ack: 501 },
      ...ordered,
      { ...ending, fromClient: true, seq: sent, ack: 501, length: 100 },
      { ...ending, fromClient: false, seq: 501, ack: sent + 101 },
      { ...bulk, length: 0, fromClient: true, seq: sent + 101, ack: 502 },
    ])
    const [served, outsider] = [new Onlooker(true), new Outsider(false)]
    const expected = await analysed(capture, outsider)
    expect(await analysed(capture, served)).toEqual(expected)
    expect(expected.told[0]!.roundTrip!.samples).toBeGreaterThan(0)
    expect(served.shown).toBe(0)
  })
})
