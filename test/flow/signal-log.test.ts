import { describe, expect, it } from 'vitest'
import { startEngine } from '../../src/engine/start-engine.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { MOST_SIGNALS, Signal } from '../../src/flow/signal-log.ts'
import { followed, onlyFlow } from '../support/one-flow.ts'
import { Segments, scene, type Told } from '../support/segments.ts'

const OPENED = scene(`
  > S seq 99
  < SA seq 499 ack 100
  > A seq 100 ack 500`)

/** Pushes that nothing answers. */
const pushes = (count: number): Told[] =>
  Array.from({ length: count }, (_, n) => ({ way: '>', flags: 'PA', seq: 100 + n * 44, ack: 500, length: 44 }))

describe('the signals of a flow', () => {
  it('are the first of a kind up to its cap, oldest first', () => {
    const flow = onlyFlow(followed([...OPENED, ...pushes(40)]))
    const kept = flow.signals(Signal.PUSH)
    expect(kept.map(({ frame }) => frame)).toEqual(Array.from({ length: 12 }, (_, n) => 4 + n))
    expect(kept[0]).toEqual({ kind: Signal.PUSH, side: 0, frame: 4, value: 44, time: 3e6 })
    expect(flow.signalCount(Signal.PUSH)).toBe(12)
  })

  it('are given back where an answer makes them pointless, and the rest stay in order', () => {
    const reply: Told = { way: '<', flags: 'PA', seq: 500, ack: 144, length: 5 }
    const flow = onlyFlow(followed([...OPENED, ...pushes(1), { way: '<', flags: 'A', seq: 500, ack: 144 }, reply]))
    const kinds = flow.signals().map(({ kind }) => kind)
    expect(kinds).toEqual([Signal.SYN, Signal.SYN_ACK, Signal.HANDSHAKE, Signal.REPLY])
    expect(flow.signals(Signal.REPLY)[0]).toMatchObject({ side: 1, value: 5 })
  })

  it('tell of replies that are late, each later than any before, and not of quick ones', () => {
    const turns = [900, 1000, 1400, 1200, 3000].flatMap((delay, turn): Told[] => [
      { way: '>', flags: 'PA', seq: 100 + turn, ack: 500 + turn, length: 1, at: 10_000 * (turn + 1) },
      { way: '<', flags: 'PA', seq: 500 + turn, ack: 101 + turn, length: 1, at: 10_000 * (turn + 1) + delay },
    ])
    const late = onlyFlow(followed([...OPENED, ...turns])).signals(Signal.LATE_REPLY)
    expect(late.map(({ value }) => value)).toEqual([1000, 1400, 3000])
  })
})

describe('a SYN', () => {
  it('that begins its flow takes no record, and is told as every other', () => {
    const flow = onlyFlow(followed(scene('> S seq 99')))
    expect(flow.flows.signals.count).toBe(1)
    expect(flow.signals()).toEqual([{ kind: Signal.SYN, side: 0, frame: 1, value: 0, time: 0 }])
    expect(flow.newestSignal(Signal.SYN)).toBe(0)
    expect(flow.oldestSignal(Signal.SYN)).toBe(0)
  })

  it('sent again is told after the first', () => {
    const flow = onlyFlow(followed(scene('> S seq 99\n> S seq 99\n> S seq 99')))
    expect(flow.signals(Signal.SYN).map(({ frame }) => frame)).toEqual([1, 2, 3])
    expect(flow.oldestSignal(Signal.SYN)).toBe(0)
    expect(flow.newestSignal(Signal.SYN)).toBe(2e6)
  })

  it('that comes after its SYN-ACK is told after it', () => {
    const flow = onlyFlow(followed(scene('< SA seq 499 ack 100\n> S seq 99')))
    expect(flow.signals().map(({ kind, frame }) => [kind, frame])).toEqual([
      [Signal.SYN_ACK, 1],
      [Signal.SYN, 2],
    ])
  })
})

describe('the signals of all flows together', () => {
  /** Follows so many connections, one after the other. */
  function connections(count: number, talk: readonly Told[]) {
    const tracker = new FlowTracker(startEngine())
    const segments = new Segments()
    for (let flow = 0; flow < count; flow++)
      for (const told of talk) {
        const current = segments.next(told)
        // The client's address says which connection it is.
        current.packet.address[told.way === '>' ? 0 : 4] = 0x0a000000 + flow
        tracker.observe(current)
      }
    return tracker.flows
  }

  it('use the places again that were given back: what is kept follows the flows that have something to tell', () => {
    const reply: Told = { way: '<', flags: 'PA', seq: 500, ack: 100 + 12 * 44, length: 5 }
    const flows = connections(20_000, [...OPENED, ...pushes(12), reply])
    expect(flows.droppedSignals).toBe(0)
    expect(flows.signals.count).toBeLessThan(20_000 * 6)
  })

  it('are counted and not kept once there are too many', () => {
    const flows = connections(160_000, [...OPENED, ...pushes(12)])
    // The SYN that begins a connection takes no place among them.
    expect(flows.droppedSignals).toBe(160_000 * 14 - (MOST_SIGNALS - 1))
    expect(new FlowView(flows).at(159_999).signals()).toMatchObject([{ kind: Signal.SYN, side: 0 }])
  })
})
