import { describe, expect, it } from 'vitest'
import { followed, onlyFlow } from '../support/one-flow.ts'
import { scene } from '../support/segments.ts'

const TALK = `
  > S seq 99
  < SA seq 499 ack 100
  > A seq 100 ack 500
  > PA seq 100 ack 500 length 44
  < PA seq 500 ack 144 length 20
  > PA seq 144 ack 520 length 44
  < PA seq 520 ack 188 length 20`

const flowsOf = (text: string) => followed(scene(text))

describe('the rare words of a flow', () => {
  it('are not opened by a healthy talk', () => {
    const flows = flowsOf(TALK)
    expect(flows.dossiers.count).toBe(2)
    expect(flows.rareDossiers.count).toBe(1)
    expect(flows.otherBeats.count).toBe(1)
    const flow = onlyFlow(flows)
    expect([flow.retransmissions(0), flow.missing(0), flow.probes, flow.zeroWindows, flow.keepAlives]).toEqual([
      0, 0, 0, 0, 0,
    ])
    expect(flow.zeroSince).toBeNaN()
  })

  it.each([
    ['payload sent again', '> PA seq 144 ack 540 length 44', { retransmissions: [1, 0] }],
    ['a hole', '< PA seq 560 ack 188 length 20', { missing: [0, 20] }],
    ['a window that was shut', '< A seq 540 ack 188 window 0', { zeroWindows: 1 }],
    ['a keep-alive', '> A seq 187 ack 540', { keepAlives: 1 }],
  ])('are opened by %s', (_, segment, told) => {
    const flows = flowsOf(`${TALK}\n${segment}`)
    expect(flows.rareDossiers.count).toBe(2)
    const flow = onlyFlow(flows)
    const { zeroWindows, keepAlives } = flow
    const both = {
      retransmissions: [0, 1].map((side) => flow.retransmissions(side)),
      missing: [0, 1].map((side) => flow.missing(side)),
    }
    expect({ ...both, zeroWindows, keepAlives }).toMatchObject(told)
  })

  it('take SYNs that were sent again before there was a dossier', () => {
    const flows = flowsOf(TALK.replace('> S seq 99', '> S seq 99\n  > S seq 99'))
    expect(flows.rareDossiers.count).toBe(2)
    expect(onlyFlow(flows).retransmissions(0)).toBe(1)
  })
})

describe('the bodies of further beats', () => {
  it('are opened by a second size of payload', () => {
    const flows = flowsOf(`${TALK}\n> PA seq 188 ack 540 length 10`)
    expect(flows.otherBeats.count).toBe(2)
    expect(onlyFlow(flows).beat).toMatchObject({ size: 44, count: 2 })
  })
})
