import { describe, expect, it } from 'vitest'
import { briefReading, readingOf } from '../../src/diagnosis/evidence/drain.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { analyzed, Conversation } from '../support/scene-capture.ts'
import { Segments } from '../support/segments.ts'

/** A SYN's options as each system writes them. */
const WINDOWS = [2, 4, 5, 180, 1, 3, 3, 8, 1, 1, 4, 2]
const LINUX = [2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]

interface Server {
  readonly options: readonly number[]
  readonly ttl: number
  /** Window of the SYN-ACK, in bytes: the receive buffer. */
  readonly buffer: number
  readonly unit: number
}

const windows: Server = { options: WINDOWS, ttl: 128, buffer: 8192, unit: 256 }
const linux: Server = { options: LINUX, ttl: 64, buffer: 65_483, unit: 128 }

/** The client pushes `sizes` every `gap` ms; `windowOf` tells what the server acknowledges, `delay` ms later. */
function conversation(
  server: Server,
  sizes: readonly number[],
  windowOf: (unread: number, size: number) => number,
  { gap = 100, delay = 0 } = {},
): FlowView {
  const tracker = new FlowTracker(startEngine())
  const segments = new Segments()
  const see = (told: Parameters<Segments['next']>[0]) => {
    const current = segments.next(told)
    current.packet.ttl = server.ttl
    tracker.observe(current)
  }
  see({ way: '>', flags: 'S', seq: 99, window: 8192, options: server.options, at: 0 })
  see({ way: '<', flags: 'SA', seq: 499, ack: 100, window: server.buffer, options: server.options, at: 0 })
  see({ way: '>', flags: 'A', seq: 100, ack: 500, at: 0 })
  let unread = 0
  for (const [index, size] of sizes.entries()) {
    const at = (index + 1) * gap
    see({ way: '>', flags: 'PA', seq: 100 + unread, ack: 500, length: size, at })
    unread += size
    const window = Math.floor(windowOf(unread, size) / server.unit)
    see({ way: '<', flags: 'A', seq: 500, ack: 100 + unread, window, at: at + delay })
  }
  return new FlowView(tracker.flows).at(0)
}

const beats = (count: number, size = 44) => Array.from({ length: count }, () => size)
const neverReads = (buffer: number) => (unread: number) => buffer - unread
const readsAtOnce = (buffer: number) => (_unread: number, size: number) => buffer - size

describe('the window of a Windows receiver', () => {
  it('tells in 5 of 7 acknowledgments of the reference incident that nothing was read', () => {
    const flow = conversation(windows, [44, 138, 179, 44, 44, 44, 44], neverReads(8192))
    const found = { verdict: 'unread', acks: 7, discriminating: 5, unread: 5, read: 0, windows: 'fell' }
    expect(readingOf(flow)).toMatchObject(found)
  })

  it('tells nothing in 4 acknowledgments of 176 bytes: less than one unit of the window', () => {
    for (const told of [neverReads(8192), readsAtOnce(8192)]) {
      const reading = readingOf(conversation(windows, beats(4), told))
      expect(reading).toMatchObject({ verdict: 'unknown', acks: 4, discriminating: 0 })
      expect(reading.reason).toContain('0 of 4 acknowledgments can tell')
    }
  })

  it('cannot tell by the first acknowledgment, however much it is for', () => {
    const { reason } = readingOf(conversation(windows, [1024], neverReads(8192)))
    expect(reason).toContain('0 of 1 acknowledgments can tell')
    expect(reason).not.toContain('less than one unit')
  })

  it('tells nothing where it is constant, and less than what is free from the first acknowledgment on', () => {
    const reading = readingOf(conversation(windows, beats(12), () => 7680))
    expect(reading).toMatchObject({ verdict: 'unknown', windows: 'open' })
    expect(reading.unread).toBeGreaterThan(0)
  })

  it('stays open where the application reads at once', () => {
    const flow = conversation(windows, [44, 138, 179, 44, 44, 44, 44], readsAtOnce(8192))
    expect(readingOf(flow)).toMatchObject({ verdict: 'read', discriminating: 5, unread: 0, read: 5 })
  })

  it('speaks for neither where the application reads now and then', () => {
    const now = (unread: number, size: number) => (unread < 500 ? 8192 - unread : 8192 - size)
    const reading = readingOf(conversation(windows, beats(20), now))
    expect(reading.verdict).toBe('unknown')
    expect(reading.reason).toContain(`${reading.unread} say unread and ${reading.read} say read`)
  })

  it('is read as unread down to a window of zero', () => {
    const flow = conversation(windows, beats(8, 1024), neverReads(8192))
    expect(readingOf(flow)).toMatchObject({ verdict: 'unread', discriminating: 7, unread: 7 })
  })
})

describe('a Linux receiver', () => {
  it('hides in its window what is unread: an open window does not say that it reads', () => {
    const reading = readingOf(conversation(linux, beats(10), () => 65_483))
    expect(reading).toMatchObject({ verdict: 'unknown', windows: 'hidden' })
  })

  it('reads where acknowledgments come at once after its quick ones', () => {
    const flow = conversation(linux, beats(20), () => 65_483, { delay: 0.04 })
    expect([flow.promptAcks, flow.delayedAcks]).toEqual([4, 0])
    expect(readingOf(flow)).toMatchObject({ verdict: 'read' })
  })

  it('does not read where they wait for the delayed-ACK timer, 40 to 44 ms', () => {
    const flow = conversation(linux, beats(20), () => 65_483, { delay: 41 })
    expect([flow.promptAcks, flow.delayedAcks]).toEqual([0, 4])
    expect(readingOf(flow)).toMatchObject({ verdict: 'unread' })
  })

  it('is found not to read by its delays alone: of its windows nothing is said', async () => {
    const one = new Conversation(50001)
    const opening = one.opened(0)
    const pushes = beats(20, 200).map((bytes, i) => `${one.push(1 + i / 10, bytes)}\n${one.acked(1.041 + i / 10)}`)
    const { findings } = (await analyzed([opening, ...pushes].join('\n'))).diagnosis
    const [finding] = findings.filter(({ rule }) => rule === 'no-accept-signature')
    expect(finding!.explanation).toContain('waited for the delayed-ACK timer')
    expect(finding!.evidence.map(({ text }) => text).join()).not.toContain('acknowledgments that can tell')
    expect(finding!.ladder!.every(({ note }) => note === null)).toBe(true)
  })

  it.each([
    ['before its 16 quick acknowledgments are used up', beats(16), 100],
    ['where segments come closer than the timer', beats(30), 50],
    ['where pauses renew the quick acknowledgments', beats(30), 2100],
  ])('tells nothing by its timing %s', (_name, sizes, gap) => {
    const flow = conversation(linux, sizes, () => 65_483, { gap, delay: 41 })
    expect([flow.promptAcks, flow.delayedAcks]).toEqual([0, 0])
  })
})

describe('a system that nothing names', () => {
  const unnamed: Server = { options: [1, 1, 1, 1], ttl: 64, buffer: 8192, unit: 1 }

  it('is not known to leave all unread where its window is open again, however late it acknowledges', () => {
    const reading = readingOf(conversation(unnamed, beats(20), () => 8192, { delay: 41 }))
    expect(reading).toMatchObject({ verdict: 'unknown', windows: 'open', discriminating: 19, read: 19 })
    expect(reading.reason).toContain('the window was open again')
    expect(reading.reason).toContain('they waited')
  })

  it('may be Linux, whose window hides what is unread, where it is open again and acknowledges at once', () => {
    const flow = conversation(unnamed, beats(10), () => 8192)
    const { verdict, reason } = readingOf(flow)
    expect(verdict).toBe('unknown')
    expect(reason).toContain('nothing names the server’s system')
    expect(reason).not.toContain('waited')
    expect(briefReading(flow).brief).toBe('9 of 10 acknowledgments can tell whether it is read, and do not decide it')
  })
})

describe('a connection older than the capture', () => {
  const old = (at: number) => {
    const one = new Conversation(50001)
    const beats = [1, 2, 3, 4].map((beat) => `${one.push(at + beat * 2)}\n${one.acked(at + beat * 2 + 0.001)}`)
    return beats.join('\n')
  }

  it('has windows of an unknown unit, which tell nothing', async () => {
    const { scan } = await analyzed(old(0))
    const reading = readingOf(new FlowView(scan.flows).at(0))
    expect(reading.verdict).toBe('unknown')
    expect(reading.reason).toContain('not known in which unit')
  })

  it('is only suspected for its unanswered beat: what was answered before is not known', async () => {
    const severities = async (scene: string) =>
      (await analyzed(scene)).diagnosis.findings
        .filter(({ rule }) => rule === 'no-accept-signature')
        .map(({ severity }) => severity)
    expect(await severities(old(0))).toEqual(['warning'])
    const young = new Conversation(50001)
    const opening = young.opened(0)
    const beats = [1, 2, 3, 4].map((beat) => `${young.push(beat * 2)}\n${young.acked(beat * 2 + 0.001)}`)
    expect(await severities([opening, ...beats].join('\n'))).toEqual(['error'])
  })
})
