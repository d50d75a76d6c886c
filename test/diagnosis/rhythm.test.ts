import { describe, expect, it } from 'vitest'
import { rhythmOf } from '../../src/diagnosis/evidence/rhythm.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { analyzed, Conversation } from '../support/scene-capture.ts'

async function rhythm(times: readonly number[], bytes: (index: number) => number) {
  const one = new Conversation(50001)
  const opening = one.opened(0)
  const pushes = times.flatMap((at, index) => [one.push(at, bytes(index)), one.acked(at + 0.001)])
  const { scan } = await analyzed([opening, ...pushes].join('\n'))
  return rhythmOf(new FlowView(scan.flows).at(0))
}

describe('a rhythm', () => {
  it('is found in pushes of one size at even times', async () => {
    expect(await rhythm([1, 3.1, 5.2, 7.3], () => 44)).toMatchObject({ size: 44, count: 4 })
  })

  it('is found among pushes of other sizes', async () => {
    expect(
      await rhythm([1, 1.5, 3, 4.1, 5, 7], (index) => (index % 2 === 1 && index < 5 ? 100 + index : 44)),
    ).toMatchObject({ count: 4 })
  })

  it.each([
    ['two pushes', [1, 2], () => 44],
    ['pushes whose gaps differ, as people’s do', [1, 1.4, 4, 9, 9.5], () => 44],
    ['pushes at one time by the capture’s clock', [1, 1, 1, 1], () => 44],
    ['pushes that differ in size', [1, 2, 3, 4], (index: number) => 44 + index],
    ['full segments of a transfer, however even', [1, 2, 3, 4], () => 1448],
  ])('is not found in %s', async (_name, times, bytes) => {
    expect(await rhythm(times, bytes)).toBeNull()
  })
})
