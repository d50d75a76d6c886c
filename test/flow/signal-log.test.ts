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
    expect(late.map(({ value }) => ~value)).toEqual([1000, 1400, 3000])
  })

  it('tell apart late replies whose request had been acknowledged before', () => {
    const turn: Told[] = [
      { way: '>', flags: 'PA', seq: 100, ack: 500, length: 1, at: 10_000 },
      { way: '<', flags: 'A', seq: 500, ack: 101, at: 10_040 },
      { way: '<', flags: 'PA', seq: 500, ack: 101, length: 1, at: 12_000 },
    ]
    const late = onlyFlow(followed([...OPENED, ...turn])).signals(Signal.LATE_REPLY)
    expect(late.map(({ value }) => value)).toEqual([2000])
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
  /** Follows so many connections of each kind, one after the other. */
  function connections(...kinds: readonly (readonly [count: number, talk: readonly Told[]])[]) {
    const tracker = new FlowTracker(startEngine())
    const segments = new Segments()
    let client = 0x0a000000
    for (const [count, talk] of kinds)
      for (let flow = 0; flow < count; flow++, client++)
        for (const told of talk) {
          const current = segments.next(told)
          // The client's address says which connection it is.
          current.packet.address[told.way === '>' ? 0 : 4] = client
          tracker.observe(current)
        }
    return tracker.flows
  }

  /** A connection that is answered at once, and that the client closes. */
  const talk = scene(`
    > PA seq 100 ack 500 length 44
    < PA seq 500 ack 144 length 5
    > FA seq 144 ack 505
    < FA seq 505 ack 145
    > A seq 145 ack 506`)

  it('use the places again that were given back: what is kept follows the flows that have something to tell', () => {
    const reply: Told = { way: '<', flags: 'PA', seq: 500, ack: 100 + 12 * 44, length: 5 }
    const flows = connections([20_000, [...OPENED, ...pushes(12), reply]])
    expect(flows.droppedSignals).toBe(0)
    expect(flows.signals.count).toBeLessThan(20_000 * 6)
  })

  /** The same, closed by the server. */
  const closed = scene(`
    > PA seq 100 ack 500 length 44
    < PA seq 500 ack 144 length 5
    < FA seq 505 ack 144
    > FA seq 144 ack 506
    < A seq 506 ack 145`)

  it('are taken back from connections that ended well once there are too many, then counted and not kept', () => {
    const flows = connections(
      [1, [...OPENED, ...closed]],
      [20_000, [...OPENED, ...talk]],
      [150_000, [...OPENED, ...pushes(12)]],
    )
    // The SYN that begins a connection takes no place among them; of those that ended well the SYN-ACK is left.
    expect(flows.droppedSignals).toBe(150_000 * 14 - (MOST_SIGNALS - 1 - 5 - 20_000))
    const view = new FlowView(flows)
    const kindsOf = (row: number) => [...view.at(row).signals()].map(({ kind }) => kind)
    const { SYN, SYN_ACK, HANDSHAKE, REPLY, FIN } = Signal
    expect(kindsOf(0)).toEqual([SYN, SYN_ACK, HANDSHAKE, REPLY, FIN, FIN])
    expect(kindsOf(1)).toEqual([SYN, SYN_ACK])
    expect(kindsOf(170_000)).toEqual([SYN])
  })
})
