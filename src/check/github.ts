import { excerpt } from '../text/visible.ts'
import { difference, type Outcome, unmet } from './outcome.ts'

/** GitHub shows so many errors of a step, and drops the others without a word. */
const SHOWN = 10

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')

/** Workflow commands that GitHub Actions shows at the line of the expectation that is not met. */
export function* checkGithub(outcome: Outcome): Generator<string> {
  let told = 0
  for (const [checked, item] of unmet(outcome)) {
    told++
    if (told > SHOWN) continue
    const { line, column } = item.position
    const place = `file=${property(excerpt(checked.expectation, 400))},line=${line},col=${column}`
    const title = property(excerpt(`${item.what} of ${checked.capture}`, 200))
    const message = [difference(item), ...item.evidence].map((fact) => excerpt(fact, 400)).join('\n')
    yield `::error ${place},title=${title}::${data(message)}\n`
  }
  if (told > SHOWN) yield `noaccept: ${told - SHOWN} more are not annotated\n`
}
