import { PROMPT } from '../clocks/anchor.ts'
import { slackOf, timeOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import { LATE_ACCEPT } from './late-accept.ts'
import type { Accept } from './placed-accepts.ts'

/** So many reads that lag alike are no chance. */
const READS_NEEDED = 3

/**
 * True where the reads of a connection follow its pushes one by one, each as late as the first: then the log's clock is behind or
 * ahead there. Who accepts late finds what was pushed meanwhile in the queue, and reads it at once, so that the later of it was
 * late by less.
 */
export function lagsBehind({ process, life }: Accept, { clientPushes }: WireConnection): boolean {
  const lags: number[] = []
  for (let i = 0; i < Math.min(life.received.length, clientPushes.length); i++) {
    const read = life.received[i]!
    const push = clientPushes[i]!
    const time = timeOf(process, read)
    if (time === null || read.bytes !== push.bytes) return false
    lags.push(time - push.time)
    if (lags.length < READS_NEEDED || push.time - clientPushes[0]!.time < LATE_ACCEPT) continue
    const least = Math.min(...lags)
    return least >= LATE_ACCEPT && Math.max(...lags) - least <= PROMPT + slackOf(process)
  }
  return false
}
