import type { EventKind } from '../../log/event.ts'
import type { StepRule } from '../chain-step.ts'
import { lines } from '../scene.ts'

const CLAIMS: Partial<Readonly<Record<EventKind, string>>> = {
  'no-answer': 'The client waits for an answer in vain',
  'peer-close': 'The client learns that the server closed',
}

/** What the client makes of it: the status that it reports stays as it was, or it complains. */
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
  const last = complaints.at(-1)
  if (!last) return null
  return {
    claim: CLAIMS[last.kind] ?? 'The client’s log tells of an error',
    standing: 'observed',
    evidence: [lines(process, complaints, 'what the client’s log says')],
  }
}
