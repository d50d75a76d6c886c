import { isUnaccepted, type StepRule } from '../chain-step.ts'
import { lines } from '../scene.ts'

/** The system's own listing of sockets shows that it waits, or that a process has taken it. */
export const listedBySystem: StepRule = (focus) => {
  const { queue } = focus.facts
  if (queue === null || (queue.waits ? !isUnaccepted(focus) : queue.row === null)) return null
  return {
    claim: queue.waits
      ? 'The connection stands in the accept queue, as the system lists it'
      : 'A process has the connection open, as the system lists it: it was accepted',
    standing: 'observed',
    evidence: [lines(queue.process, [queue.event], queue.shows)],
  }
}
