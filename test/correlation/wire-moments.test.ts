import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MomentKind } from '../../src/correlation/wire/moment-log.ts'
import { WireMoments } from '../../src/correlation/wire/wire-moments.ts'
import type { PacketVisitor } from '../../src/flow/current.ts'
import { scan } from '../../src/scan.ts'
import { randomTraffic } from '../support/random-traffic.ts'
import { Conversation, packetList } from '../support/scene-capture.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-moments-'))
afterAll(() => rmSync(folder, { recursive: true }))

const CAPTURES = readdirSync('fixtures/capture')
  .filter((name) => /\.(pcap|pcapng)$/.test(name) && !/^(empty|header|other)/.test(name))
  .map((name) => join('fixtures/capture', name))

/** All that is known of the moments of a capture. */
async function momentsIn(path: string, visitorOf: (moments: WireMoments) => PacketVisitor) {
  const moments = new WireMoments()
  const { flows } = await scan([path], { visitors: [visitorOf(moments)] })
  const { clock, dropped } = moments
  const sides = Array.from({ length: 2 * flows.table.count }, (_, side) => [
    moments.momentsOf(side, ...Object.values(MomentKind)),
    moments.spanOf(side),
    moments.lastPushOf(side),
    moments.pushesOf(side),
  ])
  return { sides, dropped, from: clock.from, to: clock.to, steps: clock.steps }
}

async function expectSame(path: string): Promise<number> {
  const inColumns = await momentsIn(path, (moments) => moments)
  const oneByOne = await momentsIn(path, (moments) => ({ visit: (current) => moments.visit(current) }))
  expect(inColumns).toEqual(oneByOne)
  return inColumns.sides.flatMap(([kept]) => kept).length
}

describe('what segments did that a log may speak of', () => {
  it.each(CAPTURES)('is the same from the columns of many frames as from each packet: %s', async (path) => {
    await expectSame(path)
  })

  it('counts pushes beyond those that are kept', async () => {
    const one = new Conversation(50_001)
    const lines = [one.opened(0), ...Array.from({ length: 600 }, (_, turn) => one.push(1 + turn / 20))]
    const path = join(folder, 'many.txt')
    writeFileSync(path, packetList(lines.join('\n')))
    const moments = new WireMoments()
    await scan([path], { visitors: [moments] })
    expect(moments.momentsOf(0, MomentKind.PUSH)).toHaveLength(512)
    expect(moments.pushesOf(0)).toBe(600)
  })

  it('is the same of random traffic, of which much is kept', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const path = join(folder, `${seed}.pcap`)
      writeFileSync(path, randomTraffic(seed, 300))
      expect(await expectSame(path)).toBeGreaterThan(1000)
    }
  })
})
