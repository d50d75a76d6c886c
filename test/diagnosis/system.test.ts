import { describe, expect, it } from 'vitest'
import { familyOf } from '../../src/diagnosis/evidence/system.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { Segments } from '../support/segments.ts'

const OPTIONS = {
  mss: [2, 4, 5, 180],
  nop: [1],
  scale: [3, 3, 7],
  sack: [4, 2],
  stamps: [8, 10, 0, 0, 0, 1, 0, 0, 0, 0],
  end: [0],
} as const
type OptionName = keyof typeof OPTIONS

/** The family that a SYN-ACK of these options and this time to live tells of. */
function familyOfAnswer(names: readonly OptionName[], ttl: number) {
  const tracker = new FlowTracker(startEngine())
  const segments = new Segments()
  const options = names.flatMap((name) => OPTIONS[name])
  const padded = [...options, ...new Array<number>((4 - (options.length % 4)) % 4).fill(0)]
  for (const told of [
    { way: '>', flags: 'S', seq: 99, options: [...OPTIONS.mss], at: 0 },
    { way: '<', flags: 'SA', seq: 499, ack: 100, options: padded, at: 0 },
  ] as const) {
    const current = segments.next(told)
    current.packet.ttl = ttl
    tracker.observe(current)
  }
  const flow = new FlowView(tracker.flows).at(0)
  return familyOf(flow, flow.server)
}

describe('the system that a SYN’s options tell of', () => {
  it.each<[string, readonly OptionName[], number, ReturnType<typeof familyOf>]>([
    ['Linux with time stamps', ['mss', 'sack', 'stamps', 'nop', 'scale'], 64, 'linux'],
    ['Linux without them', ['mss', 'nop', 'nop', 'sack', 'nop', 'scale'], 64, 'linux'],
    ['Linux whose window is not scaled', ['mss', 'nop', 'nop', 'sack'], 64, 'linux'],
    ['Linux without selective acknowledgments', ['mss', 'nop', 'nop', 'stamps', 'nop', 'scale'], 64, 'linux'],
    ['Windows', ['mss', 'nop', 'scale', 'nop', 'nop', 'sack'], 128, 'windows'],
    ['Linux behind hops', ['mss', 'sack', 'stamps', 'nop', 'scale'], 57, 'linux'],
    ['Windows, by the order alone', ['mss', 'nop', 'scale', 'nop', 'nop', 'sack'], 64, 'windows'],
    ['Windows with time stamps', ['mss', 'nop', 'scale', 'sack', 'stamps'], 128, 'windows'],
    ['macOS', ['mss', 'nop', 'scale', 'nop', 'nop', 'stamps', 'sack', 'end'], 64, 'bsd'],
    ['no system that is known, three routers away from Windows', ['mss'], 125, 'windows'],
    ['no system that is known', ['mss'], 64, null],
    ['a stack that is not known, with all of Linux’s options', ['nop', 'sack', 'mss', 'scale'], 64, null],
    [
      'a middlebox, or of a tuned system: Linux’s options with Windows’ time to live',
      ['mss', 'nop', 'nop', 'sack', 'nop', 'scale'],
      128,
      null,
    ],
  ])('is that of %s', (_who, options, ttl, family) => expect(familyOfAnswer(options, ttl)).toBe(family))
})
