import { describe, expect, it } from 'vitest'
import { startEngine } from '../../src/engine/start-engine.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { Segments } from '../support/segments.ts'

const MSS = [2, 4, 5, 180]
const SCALE = [3, 3, 8]

function shapes(syn: readonly number[], synAck: readonly number[]) {
  const tracker = new FlowTracker(startEngine())
  const segments = new Segments()
  tracker.observe(segments.next({ way: '>', flags: 'S', seq: 99, window: 64240, options: syn }))
  tracker.observe(segments.next({ way: '<', flags: 'SA', seq: 499, ack: 100, window: 8192, options: synAck }))
  tracker.observe(segments.next({ way: '>', flags: 'A', seq: 100, ack: 500, window: 1000 }))
  return new FlowView(tracker.flows).at(0)
}

describe('what a SYN tells', () => {
  it('is its MSS, scale and window, kept until the answer comes', () => {
    const flow = shapes([...MSS, 1, ...SCALE], [...MSS, 1, 3, 3, 7])
    expect(flow.syn(0)).toMatchObject({ mss: 1460, scale: 8, window: 64240 })
    expect(flow.syn(1)).toMatchObject({ mss: 1460, scale: 7, window: 8192 })
    expect(flow.window(0)).toBe(256_000)
  })

  it('scales no window where one end does not offer it', () => {
    const flow = shapes([...MSS, 1, ...SCALE], MSS)
    expect([flow.syn(0)!.scale, flow.syn(1)!.scale, flow.window(0)]).toEqual([8, null, 1000])
  })

  it('takes a shift above 14 for 14', () => {
    expect(shapes([3, 3, 200, 1], [3, 3, 1, 1]).syn(0)!.scale).toBe(14)
  })

  it.each([
    ['an option of length 0', [2, 0, 5, 180]],
    ['an option longer than the header', [3, 9, 8, 1]],
    ['an option whose length is cut off', [1, 1, 1, 3]],
    ['the end of the list before the option', [0, 3, 3, 8]],
  ])('ends at %s', (_name, options) => {
    expect(shapes(options, MSS).syn(0)).toMatchObject({ mss: 0, scale: null })
  })
})
