import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RegionNumber, WINDOW_END } from '../../src/engine/columns.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { DOSSIER_WORDS, Dossiers } from '../../src/flow/dossier.ts'
import { FlowMemory, hasRoom } from '../../src/flow/flow-memory.ts'
import { FlowTable } from '../../src/flow/flow-table.ts'
import { Region } from '../../src/flow/region.ts'
import { ROW_WORDS } from '../../src/flow/row.ts'
import { Packet } from '../../src/packet/packet.ts'

function memoryOf(mostBytes?: number) {
  const engine = startEngine()
  const table = new FlowTable(engine)
  const dossiers = new Dossiers(engine)
  return { engine, table, dossiers, memory: new FlowMemory(engine, table, [dossiers], mostBytes) }
}

function packetOf(flow: number): Packet {
  const packet = new Packet()
  packet.ipVersion = 4
  packet.address[0] = 0x0a000001 + (flow >> 14)
  packet.address[4] = 0x0a010001
  packet.sourcePort = 1024 + (flow & 0x3fff)
  packet.destinationPort = 9000
  return packet
}

describe("the flows' memory", () => {
  it('keeps every flow findable and every dossier as it was, however often it moves them', () => {
    const step = fc.record({ flows: fc.nat(3000), dossiers: fc.nat(900) })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const { table, dossiers, memory } = memoryOf()
        let opened = 0
        for (const { flows, dossiers: more } of steps) {
          for (let n = 0; n < flows; n++) {
            memory.reserve()
            const packet = packetOf(table.count)
            expect(table.find(packet, table.hash(packet))).toBe(-1)
            table.begin(packet)
          }
          for (let n = 0; n < more; n++) {
            memory.reserve()
            const base = dossiers.open() * DOSSIER_WORDS
            expect(dossiers.words[base + 20]).toBe(0)
            dossiers.words[base + 20] = ++opened
          }
        }
        for (let flow = 0; flow < table.count; flow++) {
          const packet = packetOf(flow)
          if (table.find(packet, table.hash(packet)) !== flow) expect.fail(`flow ${flow} is lost`)
          if (table.words[flow * ROW_WORDS + 20] !== 0) expect.fail(`flow ${flow} began in words that were not zero`)
        }
        for (let number = 1; number <= opened; number++)
          if (dossiers.words[number * DOSSIER_WORDS + 20] !== number) expect.fail(`dossier ${number} is lost`)
      }),
      { numRuns: 40 },
    )
  })

  it('has room for what was added to each row, wherever it moves that', () => {
    const { engine, table, dossiers, memory } = memoryOf()
    const beside = new Region(engine, RegionNumber.ANALYSIS, 16)
    const many = new Region(engine, RegionNumber.UNACKED, 24, 3)
    expect(memory.add([beside], [many])).toBe(true)
    for (let flow = 0; flow < 20_000; flow++) {
      memory.reserve()
      const packet = packetOf(table.count)
      table.find(packet, table.hash(packet))
      table.begin(packet)
      if (flow % 3 === 0) dossiers.open()
      expect(many.room - many.count).toBeGreaterThanOrEqual(3)
      many.words[many.count++ * 6] = flow
      expect(beside.words[flow * 4]).toBe(0)
      beside.words[beside.count++ * 4] = flow
    }
    for (let flow = 0; flow < table.count; flow++)
      if (beside.words[flow * 4] !== flow || many.words[flow * 6] !== flow) expect.fail(`what is of ${flow} is lost`)
  })

  it('refuses what it has no room for, and goes on without', () => {
    const { engine, table, memory } = memoryOf(WINDOW_END + (1 << 20))
    expect(memory.add([new Region(engine, RegionNumber.ANALYSIS, 1 << 20)])).toBe(false)
    memory.reserve()
    expect(hasRoom(table)).toBe(true)
  })

  it('ends where it is told to, with all that was kept', () => {
    const { table, dossiers, memory } = memoryOf(WINDOW_END + (4 << 20))
    for (memory.reserve(); hasRoom(table); memory.reserve()) {
      const packet = packetOf(table.count)
      table.find(packet, table.hash(packet))
      table.begin(packet)
    }
    expect(table.count).toBeGreaterThan(10_000)
    expect(table.count * ROW_WORDS * 4).toBeLessThan(4 << 20)
    expect(hasRoom(dossiers)).toBe(true)
    const first = packetOf(0)
    expect(table.find(first, table.hash(first))).toBe(0)
  })
})
