import { describe, expect, it } from 'vitest'
import { startEngine } from '../../src/engine/start-engine.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { State } from '../../src/flow/row.ts'
import { Segments, scene } from '../support/segments.ts'

const OPENED = `
  > S seq 99 at 0
  < SA seq 499 ack 100 at 0
  > A seq 100 ack 500 at 0`

function followed(text: string): FlowView {
  const tracker = new FlowTracker(startEngine())
  const segments = new Segments()
  for (const told of scene(OPENED + text)) tracker.observe(segments.next(told))
  return new FlowView(tracker.flows).at(0)
}

describe('turns', () => {
  it('measure an answer from the first request that waited for it', () => {
    const flow = followed(`
      > PA seq 100 ack 500 length 10 at 10
      > PA seq 110 ack 500 length 10 at 210
      < PA seq 500 ack 120 length 5 at 310`)
    expect([flow.answered, flow.firstRun, flow.firstResponse, flow.unanswered]).toEqual([1, 2, 300e6, 0])
  })

  it('measure an answer to an upload from its last piece', () => {
    const flow = followed(`
      > PA seq 100 ack 500 length 10 at 10
      > PA seq 110 ack 500 length 10 at 60
      > PA seq 120 ack 500 length 10 at 110
      < PA seq 500 ack 130 length 5 at 115`)
    expect([flow.answered, flow.firstRun, flow.firstResponse]).toEqual([1, 3, 5e6])
  })

  it('keep the longest and the mean of later answers apart from the first', () => {
    const flow = followed(`
      > PA seq 100 ack 500 length 10 at 10
      < PA seq 500 ack 110 length 5 at 2010
      > PA seq 110 ack 505 length 10 at 3000
      < PA seq 505 ack 120 length 5 at 3010
      > PA seq 120 ack 510 length 10 at 4000
      < PA seq 510 ack 130 length 5 at 4030`)
    expect([flow.firstResponse, flow.laterResponse, flow.longestResponse]).toEqual([2000e6, 20e6, 30e6])
  })

  it('take a reply that was recorded before its request for its answer, at once', () => {
    const flow = followed(`
      < PA seq 500 ack 110 length 5 at 10
      > PA seq 100 ack 500 length 10 at 10`)
    expect([flow.answered, flow.firstResponse, flow.unanswered]).toEqual([1, 0, 0])
  })

  it('do not take for an answer what crosses the request: its system had not got it then', () => {
    const flow = followed(`
      > PA seq 100 ack 500 length 10 at 10
      < PA seq 500 ack 110 length 5 at 20
      > PA seq 110 ack 505 length 10 at 1000
      < PA seq 505 ack 110 length 5 at 1001
      < A seq 510 ack 120 at 1002`)
    expect([flow.answered, flow.unanswered, flow.pendingSince]).toEqual([1, 1, 1000e6])
  })

  it('know since when and by which frame a client waits', () => {
    const flow = followed(`
      > PA seq 100 ack 500 length 10 at 10
      < A seq 500 ack 110 at 11
      > PA seq 110 ack 500 length 10 at 220`)
    expect([flow.unanswered, flow.pendingSince, flow.pendingFrame]).toEqual([2, 10e6, 4])
  })

  it('see an answer that the capture lacks in the client’s acknowledgment', () => {
    const flow = followed(`
      > PA seq 100 ack 500 length 10 at 10
      > A seq 110 ack 560 at 50`)
    expect([flow.unanswered, flow.answered, flow.acknowledged(flow.server)]).toEqual([0, 1, 60])
  })
})

describe('which end closed first', () => {
  it.each([
    ['the server, recorded so', '< FA seq 500 ack 100 at 9\n> FA seq 100 ack 501 at 9', 'server'],
    [
      'the server, though its FIN was recorded behind',
      '> FA seq 100 ack 501 at 9\n< FA seq 500 ack 100 at 9',
      'server',
    ],
    [
      'the client, though its FIN was recorded behind',
      '< FA seq 500 ack 101 at 9\n> FA seq 100 ack 500 at 9',
      'client',
    ],
    ['the client alone', '> FA seq 100 ack 500 at 9', 'client'],
    ['both at once: the one recorded first', '> FA seq 100 ack 500 at 9\n< FA seq 500 ack 100 at 9', 'client'],
  ])('is %s', (_name, text, end) => {
    const flow = followed(`\n${text}`)
    expect(flow.firstFin!.side).toBe(end === 'client' ? flow.client : flow.server)
  })
})

describe('payload after the client’s FIN', () => {
  it.each([
    ['acknowledges it: a half-close', '> FA seq 100 ack 500 at 9\n< PA seq 500 ack 101 length 9 at 20', true],
    ['acknowledges it, recorded before', '< PA seq 500 ack 101 length 9 at 9\n> FA seq 100 ack 500 at 9', true],
    ['was under way when it came', '> FA seq 100 ack 500 at 9\n< PA seq 500 ack 100 length 9 at 9', false],
  ])('%s', (_name, text, expected) => {
    expect(followed(`\n${text}`).has(State.DATA_AFTER_FIN)).toBe(expected)
  })
})
