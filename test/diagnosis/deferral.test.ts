import { describe, expect, it } from 'vitest'
import { LINUX, Link, Stacks } from '../support/stacks.ts'

/** A connection whose SYN-ACK comes again at these times, and whose final ACK answers each; then data, where it is told. */
function deferred(capture: Stacks, again: readonly number[], data?: number): Link {
  const link = new Link(capture, 50_001, LINUX).opened(0)
  for (const at of again) {
    link.say(at, '<', 'SA', { seq: 0, ack: 1 })
    link.say(at + 0.0001, '>', 'A')
  }
  return data === undefined ? link : link.answered(data)
}

/** Another client of another port keeps the capture going. */
const until = (capture: Stacks, end: number): void => void new Link(capture, 50_900, LINUX).opened(end)

async function deferral(capture: Stacks) {
  const { findings } = await capture.judged()
  return findings.find(({ rule }) => rule === 'deferred-accept')
}

describe('an accept that is deferred', () => {
  it('shows by SYN-ACKs that come again though the handshake is done, and end with the first data', async () => {
    const capture = new Stacks()
    deferred(capture, [1.02, 3.04], 5)
    const found = await deferral(capture)
    expect(found).toMatchObject({ title: expect.stringContaining('until data came'), confidence: 'suspected' })
    expect(found!.explanation).toContain('1.02 s later the SYN-ACK was repeated twice')
    expect(found!.evidence[0]!.frames).toEqual([4, 6])
  })

  it('is likely where the SYN-ACKs of the first seconds are left out: no time-out begins so late', async () => {
    const capture = new Stacks()
    deferred(capture, [7.1], 9)
    expect(await deferral(capture)).toMatchObject({ confidence: 'likely' })
  })

  it('ends without data after the time that was set, which one SYN-ACK after seconds tells', async () => {
    const capture = new Stacks()
    deferred(capture, [7.1])
    expect((await deferral(capture))!.title).toContain('until the time set was over')
  })

  it('ends without data where the next SYN-ACK would have been due, and did not come', async () => {
    const capture = new Stacks()
    deferred(capture, [1, 3])
    until(capture, 9)
    expect((await deferral(capture))!.title).toContain('until the time set was over')
  })

  it('is not known where the capture ends before the next SYN-ACK is due', async () => {
    const capture = new Stacks()
    deferred(capture, [1, 3])
    until(capture, 6)
    expect(await deferral(capture)).toBeUndefined()
  })

  it('is not known where the server reset the connection in place of a next SYN-ACK', async () => {
    const capture = new Stacks()
    deferred(capture, [1, 3]).reset(6)
    until(capture, 20)
    expect(await deferral(capture)).toBeUndefined()
  })

  it('is none where SYN-ACKs come after the data: that is a full queue, or a path that loses', async () => {
    const capture = new Stacks()
    const link = deferred(capture, [1])
    link.say(2, '>', 'PA', { bytes: 44 })
    link.say(3, '<', 'SA', { seq: 0, ack: 1 })
    link.say(3.0001, '<', 'A')
    until(capture, 20)
    expect(await deferral(capture)).toBeUndefined()
  })

  it('is none where the data was not taken at once', async () => {
    const capture = new Stacks()
    const link = deferred(capture, [1])
    const lost = link.sent['>']
    link.say(2, '>', 'PA', { bytes: 44 })
    for (const at of [2.3, 2.9]) link.say(at, '>', 'PA', { bytes: 44, seq: lost })
    link.say(3, '<', 'A')
    until(capture, 20)
    expect(await deferral(capture)).toBeUndefined()
  })

  it('is none where the data is never acknowledged', async () => {
    const capture = new Stacks()
    deferred(capture, [1]).say(2, '>', 'PA', { bytes: 44 })
    until(capture, 20)
    expect(await deferral(capture)).toBeUndefined()
  })

  it('is none where a SYN-ACK comes again sooner than any timer repeats it', async () => {
    const capture = new Stacks()
    deferred(capture, [0.15], 5)
    expect(await deferral(capture)).toBeUndefined()
  })
})
