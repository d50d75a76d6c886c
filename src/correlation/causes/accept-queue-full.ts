import type { Verdict } from '../../diagnosis/verdict.ts'
import { quotedLine, timeOf } from '../processes/logged-process.ts'
import type { CauseRule } from './cause.ts'

/** The process or its kernel says that the accept queue is full. */
export const acceptQueueFull: CauseRule = ({ facts, scene, judgement }) => {
  const concerned: readonly Verdict[] = ['never-accepted', 'accept-stopped', 'backlog-overflow']
  if (!facts.process?.clock || !concerned.includes(judgement.verdict)) return null
  const said = scene.processes.flatMap((process) =>
    process.file.events.filter((event) => {
      const time = event.pattern === 'accept-queue-full' ? timeOf(process, event) : null
      const isPort = event.port === null || event.port === facts.wire.connection.server.port
      return isPort && time !== null && time <= scene.capture.to
    }),
  )[0]
  return said === undefined || said.log !== facts.process.log
    ? null
    : {
        verdict: 'accept-queue-full',
        claim: `The accept queue was full (${quotedLine(facts.process, said)}): the process accepted too slowly, or not at all; why, its log does not tell.`,
        confidence: 'suspected',
      }
}
