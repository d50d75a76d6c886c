import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FLOWS_START, RegionNumber } from '../../src/engine/memory-map.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import type { FlowBounds } from '../../src/flow/flow-memory.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { Region } from '../../src/flow/region.ts'
import { Signal } from '../../src/flow/signal-log.ts'
import { Segments, type Told } from '../support/segments.ts'

const MEGABYTE = 1 << 20

/** Of a connection's payload; a single byte again would be a keep-alive. */
const lengthOf = (connection: number): number => 2 + (connection % 1000)

/** Connections that each have a client's address of their own: attempts, and talks that need a dossier, signals and a record. */
class Connections {
  readonly tracker: FlowTracker
  readonly #segments = new Segments()

  constructor(bounds: FlowBounds) {
    this.tracker = new FlowTracker(startEngine(), bounds)
  }

  /** Row of the connection that a segment belongs to; -1 where it is not followed. */
  follow(connection: number, told: Told): number {
    const current = this.#segments.next(told)
    current.packet.address[told.way === '>' ? 0 : 4] = 0x0a000000 + connection
    this.tracker.observe(current)
    return current.flow
  }

  attempt(connection: number): number {
    return this.follow(connection, { way: '>', flags: 'S', seq: connection })
  }

  /** Payload that was sent twice needs a record: its history is no path. */
  talk(connection: number): void {
    const push: Told = { way: '>', flags: 'PA', seq: connection + 1, ack: 1, length: lengthOf(connection) }
    this.follow(connection, { way: '<', flags: 'SA', ack: connection + 1 })
    this.follow(connection, push)
    this.follow(connection, push)
  }
}

describe("the flows' memory", () => {
  it('keeps every flow findable and what is kept of it as it was, however often it moves them', () => {
    const step = fc.record({ attempts: fc.nat(3000), talks: fc.nat(900) })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const connections = new Connections({ firstRoom: 1024 })
        let begun = 0
        let talked = 0
        for (const { attempts, talks } of steps) {
          for (const end = begun + attempts; begun < end; begun++) connections.attempt(begun)
          for (const end = Math.min(begun, talked + talks); talked < end; talked++) connections.talk(talked)
        }
        const flow = new FlowView(connections.tracker.flows)
        for (let row = 0; row < begun; row++) {
          flow.at(row)
          const bytes = row < talked ? lengthOf(row) : 0
          const kept = [flow.packets(0), flow.packets(1), flow.payload(0), flow.retransmissions(0), flow.history]
          const expected = row < talked ? [3, 1, bytes, 1, 'ShDT'] : [1, 0, 0, 0, 'S']
          if (kept.join() !== expected.join()) expect.fail(`flow ${row} is ${kept}`)
          if (row < talked && flow.signals(Signal.PUSH)[0]!.value !== bytes)
            expect.fail(`the signals of ${row} are lost`)
          if (connections.attempt(row) !== row) expect.fail(`flow ${row} is not found`)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('has room for what was added to each row, wherever it moves that', () => {
    const connections = new Connections({ firstRoom: 1024 })
    const { flows } = connections.tracker
    const beside = new Region(flows.engine, RegionNumber.ANALYSIS, 16)
    const some = new Region(flows.engine, RegionNumber.UNACKED, 24, 30_000)
    expect(flows.add([beside], [some])).toBe(true)
    for (let flow = 0; flow < 20_000; flow++) {
      connections.attempt(flow)
      flows.reserve()
      expect(beside.words[beside.count * 4]).toBe(0)
      beside.words[beside.count++ * 4] = flow
      some.words[some.count++ * 6] = flow
    }
    for (let flow = 0; flow < 20_000; flow++)
      if (beside.words[flow * 4] !== flow || some.words[flow * 6] !== flow) expect.fail(`what is of ${flow} is lost`)
  })

  it('refuses what it has no room for, and goes on without', () => {
    const connections = new Connections({ memoryEnd: FLOWS_START + 4 * MEGABYTE })
    const { flows } = connections.tracker
    expect(flows.add([new Region(flows.engine, RegionNumber.ANALYSIS, MEGABYTE)])).toBe(false)
    expect(connections.attempt(0)).toBe(0)
  })

  it('ends where it is told to, with all that was kept', () => {
    const connections = new Connections({ memoryEnd: FLOWS_START + 4 * MEGABYTE })
    const { flows } = connections.tracker
    let begun = 0
    while (connections.attempt(begun) >= 0) begun++
    expect(begun).toBeGreaterThan(8_000)
    expect(flows.bytesUsed).toBeLessThan(4 * MEGABYTE)
    expect(flows.unfollowed).toBe(1)
    expect(connections.attempt(0)).toBe(0)
    connections.talk(0)
    expect(new FlowView(flows).at(0).payload(0)).toBe(lengthOf(0))
  })
})
