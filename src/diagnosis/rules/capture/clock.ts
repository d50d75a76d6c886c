import { times } from '../../../text/plural.ts'
import type { CaptureRule } from '../../rule.ts'

/** Stamps that run backwards, or stand still. */
export const captureClock: CaptureRule = {
  id: 'capture-clock',
  title: 'The capture’s clock steps or stands still',
  severity: 'note',
  meaning:
    'Stamps run backwards within one capture, or all packets carry the same: the clock was set, files were joined, or a driver stamps wrongly. Durations and periods across such a place mean nothing.',
  lookAlikes: ['Packets of several interfaces written a little out of order: the steps are microseconds.'],
  nextSteps: ['reordercap for packets out of order; otherwise measure within stretches without a step.'],
  reference: 'Known of Npcap’s loopback adapter and of merged captures',
  examine: ({ captures }) => {
    const backwards = captures.reduce((sum, capture) => sum + capture.backwardSteps, 0)
    const frozen = captures.filter(
      ({ packets, firstTime, lastTime }) => packets >= LEAST_FROZEN && firstTime === lastTime,
    )
    if (backwards === 0 && frozen.length === 0) return null
    return {
      title:
        backwards > 0
          ? `stamps run backwards ${times(backwards)}`
          : `all ${frozen[0]!.packets} packets carry the same stamp`,
      explanation: 'Durations across such a place mean nothing.',
      confidence: 'certain',
      evidence: [],
    }
  },
}

/** Fewer packets than this may well share a stamp of a coarse clock. */
const LEAST_FROZEN = 50
