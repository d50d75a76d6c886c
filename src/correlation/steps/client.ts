import type { StepRule } from '../chain-step.ts'
import { lines } from '../scene.ts'

/** What the client makes of it: the status that it reports stays as it was, or it gives up. */
export const clientStatus: StepRule = ({ facts, scene }) => {
  const words = scene.clients.get(facts.wire)
  if (!words || facts.wire.serverPushes.length > 0) return null
  const { statuses, complaints, process } = words
  const values = [...new Set(statuses.flatMap((event) => event.value ?? []))]
  if (statuses.length > 1 && values.length === 1)
    return {
      claim: `The client’s link status stays ${values[0]} (${statuses.length} lines): no answer ever changes it`,
      standing: 'observed',
      evidence: [lines(process, statuses, 'the status that the client reports')],
    }
  const up = statuses.find((event) => event.value !== values[0])
  if (up)
    return {
      claim: `The client’s link status changes from ${values[0]} to ${up.value}`,
      standing: 'contradicted',
      evidence: [lines(process, [up], 'a status change, though the capture shows no answer')],
    }
  if (complaints.length === 0) return null
  return {
    claim: 'The client gives up waiting',
    standing: 'observed',
    evidence: [lines(process, complaints, 'what the client’s log says')],
  }
}
