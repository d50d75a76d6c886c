import { LATE_ACCEPT } from '../accepts/late-accept.ts'
import { lineOf } from '../processes/logged-process.ts'
import { silenceDuring } from '../processes/standstill.ts'
import type { CauseRule } from './cause.ts'

/** A log that had been writing is silent while this connection arrives and waits: the process does nothing at all. */
export const wroteNothing: CauseRule = ({ facts, judgement, scene }) => {
  const unaccepted = judgement.verdict === 'never-accepted' || judgement.verdict === 'accept-stopped'
  const { process, wire } = facts
  if (!unaccepted || !process || wire.established === null) return null
  const until = Math.min(wire.end, scene.capture.to)
  if (facts.coverage !== 'covered' || until - wire.established.time < LATE_ACCEPT) return null
  const silent = silenceDuring(process, wire.established.time, until)
  if (silent === null || process.clock === null) return null
  // Many lines of a start, and then silence, is what a process does that has nothing to do.
  const last = silent.from - process.clock.from
  if (last < until - wire.established.time) return null
  return {
    verdict: 'process-stood-still',
    claim: `The process wrote nothing while the connection waited, though it had been writing often: after ${lineOf(process, silent)} its log is silent, as of a process that stands still.`,
    confidence: 'suspected',
  }
}
