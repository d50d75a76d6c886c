import { describe, expect, it } from 'vitest'
import { storyOf } from '../support/correlated.ts'
import { beats, type Told } from '../support/wire.ts'

/** The story with what was listed meanwhile. */
const judged = (lines: readonly string[], ...told: readonly Told[]) =>
  storyOf(`${lines.map((line) => `2026-11-23T03:53:${line}`).join('\n')}\n`, ...told)

const row = (length: number, own = '127.0.0.1:9000') => `LISTEN ${length} 128 ${own} 0.0.0.0:*`
const BEGIN = '40.000Z ready'
const END = '58.000Z heap 5 KB'
const FIRST: Told = { clientPort: 50_001, open: 2, pushes: beats(2.5, 1, 12) }
const SECOND: Told = { clientPort: 50_002, open: 4, pushes: beats(4.5, 1, 10) }
const SERVED: Told = { clientPort: 50_003, open: 1, pushes: [[1.1, 4]], replies: [[1.2, 4]], verdict: 'healthy' }

describe('a listing of sockets with the length of the accept queue', () => {
  it('shows that a connection waits, and cites its line, though no line of the process does', async () => {
    const { overrides, chain } = await judged([BEGIN, `48.000Z ${row(1)}`, END], FIRST)
    expect(overrides.get(0)).toMatchObject({ verdict: 'never-accepted', confidence: 'likely' })
    const step = chain.find(({ claim }) => claim.includes('stands in the accept queue'))
    expect(step).toMatchObject({ standing: 'observed', evidence: [{ lines: [2] }] })
  })

  it('is as netstat prints it, too', async () => {
    const line = '48.000Z tcp        1      0 0.0.0.0:9000            0.0.0.0:*               LISTEN      512/gated'
    expect((await judged([BEGIN, line, END], FIRST)).overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it('shows an onset where an earlier connection was served', async () => {
    const { overrides } = await judged([BEGIN, `48.000Z ${row(1)}`, END], SERVED, FIRST)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
  })

  it('tells of those alone that came last: a queue is first in, first out', async () => {
    const { overrides } = await judged([BEGIN, `48.000Z ${row(1)}`, END], FIRST, SECOND)
    expect([overrides.get(0), overrides.get(1)?.verdict]).toEqual([undefined, 'never-accepted'])
  })

  it('shows that one was taken where the queue is empty, though the log shows no accept of it', async () => {
    const listening = '39.000Z listening fd=5 addr=127.0.0.1:9000'
    expect((await judged([listening, END], FIRST)).overrides.get(0)?.verdict).toBe('never-accepted')
    expect((await judged([listening, `48.000Z ${row(0)}`, END], FIRST)).overrides.size).toBe(0)
  })

  it.each([
    ['before it was made', `41.000Z ${row(1)}`],
    ['before the client spoke, when the system may hold it back', `42.200Z ${row(0)}`],
    ['of another port', `48.000Z ${row(1, '127.0.0.1:9001')}`],
    ['of another address', `48.000Z ${row(1, '10.1.2.9:9000')}`],
  ])('says nothing of a connection %s', async (_, line) => {
    const { overrides } = await judged([BEGIN, line, END], FIRST)
    expect(overrides.size).toBe(0)
  })

  it('says not in which of several queues of one port a connection stands', async () => {
    const { overrides } = await judged([BEGIN, `48.000Z ${row(0)}`, `48.000Z ${row(1)}`, END], FIRST)
    expect(overrides.size).toBe(0)
  })

  it('is no line of the process that listens: it neither begins its listening nor makes a log of another run', async () => {
    const { scene, overrides } = await judged([BEGIN, `48.000Z ${row(0)}`, END], FIRST)
    expect(scene.processes[0]!.clock).not.toBeNull()
    expect(scene.links).toEqual([])
    expect(overrides.size).toBe(0)
  })
})
