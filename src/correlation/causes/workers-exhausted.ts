import { quotedLine, timeOf } from '../processes/logged-process.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'

/** Accepted or not, nobody was free to serve it: a limit that was reached before holds as long as the process takes none. */
export const workersExhausted: CauseRule = (focus) => {
  const { facts, scene } = focus
  const { process, wire } = facts
  const until = Math.max(wire.end, scene.capture.to)
  const said = process?.file.events.find((event) => {
    const time = event.pattern === 'workers-exhausted' ? timeOf(process, event) : null
    return (
      time !== null &&
      time <= until &&
      (time >= wire.start - process.clock!.uncertainty || !goesOnAccepting(focus, event))
    )
  })
  if (!said || wire.serverPushes.length > 0) return null
  return {
    verdict: 'workers-exhausted',
    claim: `The process had nobody free to serve the connection (${quotedLine(process!, said)}).`,
    confidence: 'suspected',
  }
}
