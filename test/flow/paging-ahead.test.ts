import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Paging } from '../../src/engine/memory-map.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import type { FlowTable } from '../../src/flow/flow-table.ts'
import { Flows } from '../../src/flow/flows.ts'
import { PagingAhead } from '../../src/flow/paging-ahead.ts'
import { ROW_WORDS } from '../../src/flow/row.ts'

/** A thread is found where the program was built alone. */
const BUILT = new URL('../../dist/flow/paging-ahead.js', import.meta.url)
const MANY = 20_000

/** Flows whose rows are in use, each word of them a number of its own. */
function manyFlows() {
  const engine = startEngine()
  const { table } = new Flows(engine)
  table.count = MANY
  for (let at = 0; at < MANY * ROW_WORDS; at++) table.words[at] = at
  return { engine, table }
}

/** Pages that had to be found for writing behind the rows in use, where two megabytes are to be used ahead. */
function pagesFound({ words }: FlowTable): number {
  const before = process.resourceUsage().minorPageFault
  for (let at = MANY * ROW_WORDS; at < MANY * ROW_WORDS + (1 << 18); at += 1024) words[at] = 0
  return process.resourceUsage().minorPageFault - before
}

describe.runIf(existsSync(BUILT) && process.platform === 'linux')('memory that is used ahead of flows', () => {
  it('is there when they need it, and holds what it held', async () => {
    const { PagingAhead: Built } = (await import(BUILT.href)) as { PagingAhead: typeof PagingAhead }
    const without = pagesFound(manyFlows().table)
    const { engine, table } = manyFlows()
    const paging = new Built(engine, table)
    for (let turn = 0; turn < 20; turn++) {
      paging.goOn()
      await setTimeout(20)
    }
    paging.end()
    expect(pagesFound(table)).toBeLessThan(without / 4)
    const used = table.words.subarray(0, MANY * ROW_WORDS)
    expect(used.every((word, at) => word === at)).toBe(true)
    expect(table.words.subarray(used.length, used.length + (1 << 19)).every((word) => word === 0)).toBe(true)
  })
})

describe('memory that nothing uses ahead', () => {
  it('does without where there is no such thread', async () => {
    const { engine, table } = manyFlows()
    const paging = new PagingAhead(engine, table)
    const calls = new Int32Array(engine.memory.buffer, Paging.CALLS, 1)
    // It is asked until it is known to have none.
    for (let before = -1; calls[0] !== before; ) {
      before = calls[0]!
      paging.goOn()
      paging.goOn()
      await setTimeout(100)
    }
    const asked = calls[0]
    paging.goOn()
    expect(calls[0]).toBe(asked)
    paging.end()
    expect(table.count).toBe(MANY)
  })
})
