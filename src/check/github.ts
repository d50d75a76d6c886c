import { are } from '../text/plural.ts'
import { workflowCommand } from '../text/workflow-command.ts'
import { difference, type Outcome, unmet } from './outcome.ts'

/** GitHub shows so many errors of a step, and drops the others without a word. */
const SHOWN = 10

/** Workflow commands that GitHub Actions shows at the line of the expectation that is not met. */
export function* checkGithub(outcome: Outcome): Generator<string> {
  let told = 0
  for (const [checked, item] of unmet(outcome)) {
    told++
    if (told > SHOWN) continue
    const { line, column } = item.position
    const place = { file: checked.expectation, line, col: column }
    yield workflowCommand('error', place, `${item.what} of ${checked.capture}`, [difference(item), ...item.evidence])
  }
  if (told > SHOWN) yield `noaccept: ${told - SHOWN} more ${are(told - SHOWN)} not annotated\n`
}
