import type { Case } from '../case.ts'
import { familyOf, type SystemFamily } from './system.ts'

/** How a step begins that one family of systems alone has. */
const STEPS_OF: Readonly<Record<SystemFamily, string>> = {
  linux: 'Linux:',
  windows: 'Windows:',
  bsd: 'macOS, FreeBSD:',
}

/** Steps with the port put in; where the server's system is known, without what only others have. */
export function stepsFor(judged: Case, steps: readonly string[]): readonly string[] {
  const { flow } = judged
  const family = familyOf(flow, flow.server)
  const port = String(judged.endpoint(flow.server).port)
  const foreign = Object.values(STEPS_OF).filter((prefix) => family !== null && prefix !== STEPS_OF[family])
  return steps
    .filter((step) => !foreign.some((prefix) => step.startsWith(prefix)))
    .map((step) => step.replaceAll('PORT', port))
}
