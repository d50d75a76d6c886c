import type { LogEvent } from '../../log/event.ts'
import { acceptsAfter, type LoggedProcess, quotedLine, timeOf } from '../processes/logged-process.ts'
import type { CauseRule } from './cause.ts'

/** Accepted or not, nobody was free to serve it. */
export const workersExhausted: CauseRule = ({ facts, scene }) => {
  const { process, wire } = facts
  const until = Math.max(wire.end, scene.capture.to)
  const said = process?.file.events.find((event) => {
    const time = event.pattern === 'workers-exhausted' ? timeOf(process, event) : null
    return (
      time !== null && time <= until && (time >= wire.start - process.clock!.uncertainty || isLasting(process, event))
    )
  })
  if (!said || wire.serverPushes.length > 0) return null
  return {
    verdict: 'workers-exhausted',
    claim: `The process had nobody free to serve the connection (${quotedLine(process!, said)}).`,
    confidence: 'suspected',
  }
}

/** A limit that was reached before the connection came holds as long as the process takes none. */
const isLasting = (process: LoggedProcess, said: LogEvent): boolean =>
  process.file.kinds.has('accept') && !acceptsAfter(process, said)
