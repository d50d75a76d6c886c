import { tapDescription, tapValue } from '../text/tap.ts'
import { type Outcome, tally } from './outcome.ts'

/** TAP version 14: each expectation a test point, what was found instead as its YAML block. */
export function* checkTap(outcome: Outcome): Generator<string> {
  yield `TAP version 14\n1..${tally(outcome).items}\n`
  let number = 0
  for (const checked of outcome.checked)
    for (const item of checked.items) {
      number++
      yield `${item.met ? 'ok' : 'not ok'} ${number} - ${tapDescription(`${checked.capture}: ${item.what}`)}\n`
      if (item.met) continue
      yield `  ---\n  expected: ${tapValue(item.expected)}\n  found: ${tapValue(item.found)}\n`
      yield `  at: ${tapValue(`${checked.expectation}:${item.position.line}:${item.position.column}`)}\n`
      if (item.evidence.length > 0) yield '  evidence:\n'
      for (const fact of item.evidence) yield `    - ${tapValue(fact)}\n`
      yield '  ...\n'
    }
}
