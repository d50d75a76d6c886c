import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { LINUX, Link, Stacks } from '../support/stacks.ts'

/** A client that is never answered, recorded in two files: the handshake and two beats in the first, three in the second. */
async function parted() {
  const capture = new Stacks()
  const link = new Link(capture, 50_001, LINUX).opened(0)
  for (let beat = 0; beat < 5; beat++) link.pushed(1 + beat)
  return (await analyze(capture.parted(2.5))).diagnosis
}

describe('a connection that is recorded in two captures', () => {
  it('tells which of them holds its first frame and which its last', async () => {
    expect((await parted()).connection(0)).toMatchObject({ capture: 0, firstFrame: 1, lastCapture: 1, lastFrame: 6 })
  })

  it('has its proof looked up in both, each frame in the capture that holds it', async () => {
    const { findings } = await parted()
    const pushes = findings[0]!.evidence.filter(({ text }) => text.startsWith('5 pushes'))
    expect(pushes.map(({ capture, frames }) => ({ capture, frames }))).toEqual([
      { capture: 0, frames: [4, 6] },
      { capture: 1, frames: [1, 3, 5] },
    ])
  })

  it('has a ladder whose packets tell the capture where it is not the first', async () => {
    const { findings } = await parted()
    const places = findings[0]!.ladder!.map(({ frame, capture }) => ({ frame, capture }))
    expect(places[0]).toEqual({ frame: 1 })
    expect(places.at(-1)).toEqual({ frame: 6, capture: 1 })
  })

  it('lies in one capture where that holds all of it, which is not told twice', async () => {
    const capture = new Stacks()
    new Link(capture, 50_001, LINUX).opened(0).answered(1)
    new Link(capture, 50_002, LINUX).opened(5).answered(6)
    const { diagnosis } = await analyze(capture.parted(3))
    expect(diagnosis.connection(1)).toMatchObject({ capture: 1, firstFrame: 1 })
    expect(diagnosis.connection(1)).not.toHaveProperty('lastCapture')
  })

  it('waits in no full queue because the SYN-ACK of the other end’s capture comes after the client’s ACK of this one', async () => {
    const [here, there] = [0, 0.05].map((later) => {
      const capture = new Stacks()
      new Link(capture, 50_001, LINUX).opened(later)
      return capture.parted(9)[0]!
    })
    expect((await analyze([here!, there!])).diagnosis.connection(0).verdict).toBe('idle')
  })
})
