import { quotedLine, timeOf } from '../logged-process.ts'
import type { CauseRule } from './cause.ts'

/** Accepted or not, nobody was free to serve it. */
export const workersExhausted: CauseRule = ({ facts, scene }) => {
  const { process, wire } = facts
  const said = process?.file.events.find((event) => {
    const time = event.pattern === 'workers-exhausted' ? timeOf(process, event) : null
    return (
      time !== null && time >= wire.start - process.clock!.uncertainty && time <= Math.max(wire.end, scene.capture.to)
    )
  })
  if (!said || wire.serverPushes.length > 0) return null
  return {
    verdict: 'workers-exhausted',
    claim: `The process had nobody free to serve the connection (${quotedLine(process!, said)}).`,
    confidence: 'suspected',
  }
}
