import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaptureReader, CaptureSummary } from '../../src/capture/capture-reader.ts'
import { Frame } from '../../src/capture/frame.ts'
import { FrameTable } from '../../src/capture/frame-table.ts'
import { LinkType } from '../../src/capture/link-type.ts'
import { Outcome } from '../../src/engine/memory-map.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { OTHER_BEATS_WORDS } from '../../src/flow/beats.ts'
import { DOSSIER_WORDS } from '../../src/flow/dossier.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { FrameIds } from '../../src/flow/frame-ids.ts'
import { RARE_DOSSIER_WORDS } from '../../src/flow/rare-dossier.ts'
import { ROW_WORDS } from '../../src/flow/row.ts'
import { SYN_SHAPE_WORDS } from '../../src/flow/syn-shape.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Flag } from '../../src/packet/packet.ts'
import { Pass } from '../../src/pass.ts'

const TCP_HEADER = 20
/** Segments whose rows are guessed before the first of them is followed. */
const AHEAD = 4

interface Sent {
  readonly fromClient: boolean
  readonly flags: number
  readonly seq: number
  readonly ack: number
  readonly length: number
  readonly window: number
  readonly id: number
  /** Milliseconds after the segment before. */
  readonly after: number
}

/** A frame of link type RAW. */
function bytesOf(sent: Sent, version: 4 | 6): DataView {
  const network = version === 4 ? 20 : 40
  const bytes = new DataView(new ArrayBuffer(network + TCP_HEADER + sent.length))
  if (version === 4) writeIpv4(bytes, sent)
  else writeIpv6(bytes, sent)
  bytes.setUint16(network, sent.fromClient ? 50_000 : 9000)
  bytes.setUint16(network + 2, sent.fromClient ? 9000 : 50_000)
  bytes.setInt32(network + 4, sent.seq)
  bytes.setInt32(network + 8, sent.ack)
  bytes.setUint8(network + 12, 0x50)
  bytes.setUint8(network + 13, sent.flags)
  bytes.setUint16(network + 14, sent.window)
  bytes.setUint16(network + 16, version === 4 ? 0 : sent.id)
  return bytes
}

function writeIpv4(bytes: DataView, { fromClient, id }: Sent): void {
  bytes.setUint8(0, 0x45)
  bytes.setUint16(2, bytes.byteLength)
  bytes.setUint16(4, id)
  bytes.setUint8(8, 64)
  bytes.setUint8(9, 6)
  bytes.setInt32(12, fromClient ? 0x0a000001 : 0x0a000002)
  bytes.setInt32(16, fromClient ? 0x0a000002 : 0x0a000001)
}

function writeIpv6(bytes: DataView, { fromClient }: Sent): void {
  bytes.setUint8(0, 0x60)
  bytes.setUint16(4, bytes.byteLength - 40)
  bytes.setUint8(6, 6)
  bytes.setUint8(7, 64)
  bytes.setUint8(23, fromClient ? 1 : 2)
  bytes.setUint8(39, fromClient ? 2 : 1)
}

/** Gives the segments out, a few at a time into the engine's table, or one by one where there is none. */
class Segments implements CaptureReader {
  readonly summary = {} as CaptureSummary
  readonly frames: FrameTable | null
  readonly #segments: readonly Sent[]
  readonly #version: 4 | 6
  /** Of those followed so far. */
  ordinary = 0
  #given = 0
  #inBatch = 0
  #time = 0

  constructor(segments: readonly Sent[], version: 4 | 6, frames: FrameTable | null) {
    this.#segments = segments
    this.#version = version
    this.frames = frames
  }

  fill(): number {
    const frame = new Frame()
    const { window, start, outcomes } = this.frames!
    for (const outcome of outcomes.subarray(0, this.#inBatch)) this.ordinary += outcome & Outcome.ORDINARY
    this.frames!.first = this.#given + 1
    let count = 0
    for (let at = start; count < AHEAD && this.next(frame); at = frame.end) {
      window.set(new Uint8Array(frame.bytes.buffer), at)
      frame.start = at
      frame.end = at + frame.originalLength
      this.frames!.set(count++, frame)
    }
    this.#inBatch = count
    return count
  }

  next(frame: Frame): boolean {
    const sent = this.#segments[this.#given++]
    if (sent === undefined) return false
    this.#time += sent.after * 1e6
    frame.number = this.#given
    frame.time = this.#time
    frame.linkType = LinkType.RAW
    frame.bytes = bytesOf(sent, this.#version)
    frame.start = 0
    frame.end = frame.originalLength = frame.bytes.byteLength
    return true
  }

  more = async () => false
  close = async () => {}
}

/** Everything that following the segments leaves; how many of them went the short way. */
function follow(segments: readonly Sent[], version: 4 | 6, byShortWay: boolean) {
  const tracker = new FlowTracker(startEngine())
  const pass = new Pass(new PacketDecoder(), tracker, new FrameIds(), [])
  const { engine, table, dossiers, rareDossiers, otherBeats, synShapes, signals, connStates } = tracker.flows
  const reader = new Segments(segments, version, byShortWay ? new FrameTable(engine) : null)
  pass.readWindow(reader)
  const { inversions, duplicates } = tracker.flows
  const state = [
    [...table.words.subarray(0, 10 * ROW_WORDS)],
    [...dossiers.words.subarray(0, 10 * DOSSIER_WORDS)],
    [...rareDossiers.words.subarray(0, 10 * RARE_DOSSIER_WORDS)],
    [...otherBeats.words.subarray(0, 10 * OTHER_BEATS_WORDS)],
    [...synShapes.words.subarray(0, 10 * SYN_SHAPE_WORDS)],
    Array.from({ length: table.count }, (_, row) => [signals.of(row), connStates.history(row, 0)]),
    inversions,
    duplicates,
  ]
  return { state, taken: reader.ordinary }
}

/** Mostly the first value, now and then one of the others. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 20, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

/** A talk that is in order but for what is told, so that many segments are ordinary and any may not be. */
const aTalk = fc
  .array(
    fc.record({
      fromClient: fc.boolean(),
      length: fc.constantFrom(0, 0, 1, 44, 44, 44, 100, 1448),
      /** How far from what is next in line. */
      off: mostly(0, -1, -44, 44, 1),
      ackOff: mostly(0, -44, 44, 1),
      control: mostly(0, 0, Flag.FIN, Flag.RST, Flag.SYN),
      window: mostly(8192, 8100, 0),
      again: mostly(false, true),
      after: fc.constantFrom(0, 1, 50, 100, 2100),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    const opening = { length: 0, window: 8192, after: 1 }
    const sent: Sent[] = [
      { ...opening, fromClient: true, flags: Flag.SYN, seq: -3, ack: 0, id: 1 },
      { ...opening, fromClient: false, flags: Flag.SYN | Flag.ACK, seq: 500, ack: -2, id: 2 },
      { ...opening, fromClient: true, flags: Flag.ACK, seq: -2, ack: 501, id: 3 },
    ]
    const next = { client: -2, server: 501 }
    for (const [index, step] of steps.entries()) {
      const [own, peer] = step.fromClient ? (['client', 'server'] as const) : (['server', 'client'] as const)
      sent.push({
        ...step,
        flags: Flag.ACK | step.control,
        // A SYN begins another connection on the same ports.
        seq: (next[own] + step.off + (step.control === Flag.SYN ? 100_000 : 0)) | 0,
        ...(step.control === Flag.SYN ? { flags: Flag.SYN } : {}),
        ack: (next[peer] + step.ackOff) | 0,
        id: step.again ? index + 3 : index + 4,
      })
      if (step.off >= 0) next[own] = (next[own] + step.off + step.length) | 0
    }
    return sent
  })

describe('the short way', () => {
  it('leaves of a flow what the long way leaves, whatever the segments', () => {
    let taken = 0
    fc.assert(
      fc.property(aTalk, fc.constantFrom(4, 6), (segments, version) => {
        const short = follow(segments, version, true)
        taken += short.taken
        expect(short.state).toEqual(follow(segments, version, false).state)
      }),
      { numRuns: 1000 },
    )
    expect(taken).toBeGreaterThan(1000)
  })

  it.each([4, 6] as const)('is the way of a request and its answer, over IPv%i', (version) => {
    const talk: Sent[] = [
      { fromClient: true, flags: Flag.SYN, seq: 0, ack: 0, length: 0, window: 100, id: 1, after: 1 },
      { fromClient: false, flags: Flag.SYN | Flag.ACK, seq: 0, ack: 1, length: 0, window: 100, id: 2, after: 1 },
      { fromClient: true, flags: Flag.ACK, seq: 1, ack: 1, length: 0, window: 100, id: 3, after: 1 },
    ]
    for (let turn = 0; turn < 10; turn++) {
      const sent = turn * 44 + 1
      talk.push({ fromClient: true, flags: 24, seq: sent, ack: sent, length: 44, window: 100, id: 0, after: 5 })
      talk.push({ fromClient: false, flags: 24, seq: sent, ack: sent + 44, length: 44, window: 100, id: 0, after: 5 })
    }
    // The first batch of IPv6 tells the addresses.
    expect(follow(talk, version, true).taken).toBeGreaterThanOrEqual(16)
  })
})
