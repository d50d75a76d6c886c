import { isUnaccepted, type StepRule } from '../chain-step.ts'
import { lines } from '../scene.ts'

/** The system's own listing of sockets shows that it waits. */
export const standsInQueue: StepRule = (focus) => {
  const { queue } = focus.facts
  if (!queue?.waits || !isUnaccepted(focus)) return null
  return {
    claim: 'The connection stands in the accept queue, as the system lists it',
    standing: 'observed',
    evidence: [lines(queue.process, [queue.event], `Recv-Q of the listening socket: ${queue.length} wait`)],
  }
}
