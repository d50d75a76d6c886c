import { formatDuration } from '../../text/duration.ts'
import { lineOf } from '../processes/logged-process.ts'
import { standstillAt, standstillOf } from '../processes/standstill.ts'
import type { CauseRule } from './cause.ts'

/** The whole process did nothing for a while: it left alone what it had been doing. */
export const processStoodStill: CauseRule = ({ facts, judgement, scene }) => {
  if (judgement.verdict !== 'peer-stalled' && judgement.verdict !== 'delayed-accept') return null
  const still = standstillAt(scene, facts) ?? standstillOf(scene, facts)
  if (!still) return null
  const length = still.until === null ? 'and did not go on' : `for ${formatDuration(still.until - still.since)}`
  const silent =
    still.silentAfter === null ? '' : `; its log is silent after ${lineOf(still.process, still.silentAfter)}`
  return {
    verdict: 'process-stood-still',
    claim: `The whole process stood still ${length}: it left ${still.stalled.includes(facts) ? 'the connection that it had been answering' : 'connections that it had been answering, and its accept queue,'} alone${silent}.`,
    confidence: still.silentAfter === null ? 'suspected' : 'likely',
  }
}
