import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { isServed } from '../evidence/stance.ts'
import type { ListenerRule, ListenerVerdicts, Observation } from '../rule.ts'
import type { Verdict } from '../verdict.ts'

/** One silent connection may have its own reason; a second one makes it the listener's. */
const LEAST_SILENT = 2

const SILENT: readonly Verdict[] = ['ack-only', 'zero-window-stall', 'backlog-overflow']

/** A listener that served its clients, and from some moment on none any more. */
export const acceptStopped: ListenerRule = {
  id: 'accept-stopped',
  title: 'The listener stopped serving new connections',
  severity: 'error',
  meaning:
    'Earlier connections to this port were answered; from one moment on every new one is completed and acknowledged by the kernel and never answered. This is what it looks like when the accepting loop hangs, loses its listening descriptor, or has no descriptors left; or where what it accepts waits for a worker, and each has a connection in hand.',
  lookAlikes: [
    'A stopped process: the connections that it had accepted fall silent too.',
    'A pool of workers of which none is free: what is accepted beyond them is not read. Those that were served first still are; ss -tanpe shows the silent ones with a process.',
    'One silent connection among served ones: then the cause lies in that connection.',
  ],
  nextSteps: [
    'Look in the server’s log for the last accept and for what the accepting thread did then (EMFILE, an exception, a lock).',
    'ss -ltn: Recv-Q of the LISTEN row counts the connections that wait; 0 where they were accepted and wait for a worker.',
  ],
  reference: 'Linux inet_csk_accept; docs/verdicts.md',
  examine,
}

function examine(judged: Case, verdicts: ListenerVerdicts): Observation | null {
  const { life, flow } = judged
  if (life.served === 0) return null
  // One that was answered, and whose window closed later, was served.
  const silent = life.rows.filter((row, index) => SILENT.includes(verdicts.of[index]!) && !isServed(flow.at(row)))
  const onset = silent.length < LEAST_SILENT ? undefined : silent[0]
  if (onset === undefined || flow.at(onset).firstTime < life.lastServedBegan) return null
  const frames = silent.slice(0, 8).map((row) => flow.at(row).firstFrame)
  const began = flow.at(onset).firstTime
  return {
    title: `${judged.listenerName}: served ${counted(life.served, 'connection')}, and none of the ${silent.length} since frame ${judged.frames.numberOf(frames[0]!)}`,
    explanation: `The last connection that was served began ${formatDuration(began - life.lastServedBegan)} before the first that was not.${meanwhile(judged, began, verdicts)}`,
    confidence: 'likely',
    evidence: [judged.seen('the first packets of connections that were never answered', frames)],
  }
}

/** What became of the connections that it had served: that tells a lost listener from a process that stands still. */
function meanwhile({ flow, life }: Case, onset: number, verdicts: ListenerVerdicts): string {
  // What ended before tells nothing of that moment.
  const isStalled = (row: number, index: number) =>
    verdicts.of[index] === 'peer-stalled' && flow.at(row).lastTime > onset
  const stalled = life.rows.filter(isStalled).length
  if (stalled > 0)
    return ` ${counted(stalled, 'connection')} that it had served fell silent too: the process as a whole stands still, or the thread that serves and accepts.`
  if (life.lastServed > onset)
    return ' Connections from before are still served: the process lives, and does not come back to accept(), or has no worker free for what it accepts.'
  return ''
}
