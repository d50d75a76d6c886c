import { describe, expect, it } from 'vitest'
import { Current } from '../../src/flow/current.ts'
import { ROW_WORDS } from '../../src/flow/row.ts'
import { Signal, SignalLog } from '../../src/flow/signal-log.ts'

const rows = (flows: number) => new Int32Array(flows * ROW_WORDS)

const current = new Current()

/** A packet of a flow and side. */
function at(flow: number, side: number, frame: number, time: number): Current {
  current.flow = flow
  current.side = side
  current.frameId = frame
  current.frame.time = time
  return current
}

describe('SignalLog', () => {
  it('keeps the first signals of a kind up to its cap, oldest first, each flow for itself', () => {
    const log = new SignalLog()
    const words = rows(2)
    for (let frame = 1; frame <= 40; frame++) log.append(words, at(frame % 2, 0, frame, frame * 1e6), Signal.PUSH, 44)
    expect(log.of(words, 0).map(({ frame }) => frame)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24])
    expect(log.of(words, 1)).toHaveLength(12)
    expect(log.of(words, 1)[0]).toEqual({ kind: Signal.PUSH, side: 0, frame: 1, value: 44, time: 1e6 })
  })

  it('gives back what an answer made pointless, and keeps the rest in order', () => {
    const log = new SignalLog()
    const words = rows(1)
    const kinds = [Signal.SYN, Signal.PUSH, Signal.ACKED, Signal.PUSH, Signal.FIN]
    for (const [frame, kind] of kinds.entries()) log.append(words, at(0, 0, frame, frame), kind, -1)
    log.release(words, 0, Signal.PUSH)
    expect(log.has(words, 0, Signal.PUSH)).toBe(false)
    expect(log.of(words, 0).map(({ kind }) => kind)).toEqual([Signal.SYN, Signal.ACKED, Signal.FIN])
    log.append(words, at(0, 1, 9, 9), Signal.PUSH, 7)
    expect(log.of(words, 0).at(-1)).toMatchObject({ kind: Signal.PUSH, side: 1, value: 7 })
  })

  it('uses the places again that were given back: what is kept follows the flows that have something to tell', () => {
    const log = new SignalLog()
    const words = rows(1)
    for (let turn = 0; turn < 200_000; turn++) {
      for (let push = 0; push < 12; push++) log.append(words, at(0, 0, turn, turn), Signal.PUSH, 1)
      log.release(words, 0, Signal.PUSH)
    }
    expect(log.dropped).toBe(0)
    expect(log.of(words, 0)).toEqual([])
  })

  it('counts what it drops once all flows together have too much', () => {
    const log = new SignalLog()
    const words = rows(100_000)
    for (let flow = 0; flow < 100_000; flow++)
      for (let push = 0; push < 12; push++) log.append(words, at(flow, 0, 1, 1), Signal.PUSH, 1)
    expect(log.dropped).toBe(1_200_000 - (2 ** 20 - 1))
    expect(log.of(words, 99_999)).toEqual([])
  })
})
