import { excerpt } from '../text/visible.ts'
import { visibleJson } from '../text/visible-json.ts'
import { type Outcome, tally } from './outcome.ts'

/** In a description `#` begins a directive such as SKIP, and a backslash escapes. */
const description = (text: string): string => excerpt(text, 1000).replace(/[\\#]/g, '\\$&')

/** A quoted JSON string is a YAML string. */
const quoted = (text: string): string => visibleJson([excerpt(text, 4000)]).slice(1, -1)

/** TAP version 14: each expectation a test point, what was found instead as its YAML block. */
export function* checkTap(outcome: Outcome): Generator<string> {
  yield `TAP version 14\n1..${tally(outcome).items}\n`
  let number = 0
  for (const checked of outcome.checked)
    for (const item of checked.items) {
      number++
      yield `${item.met ? 'ok' : 'not ok'} ${number} - ${description(`${checked.capture}: ${item.what}`)}\n`
      if (item.met) continue
      yield `  ---\n  expected: ${quoted(item.expected)}\n  found: ${quoted(item.found)}\n`
      yield `  at: ${quoted(`${checked.expectation}:${item.position.line}:${item.position.column}`)}\n`
      if (item.evidence.length > 0) yield '  evidence:\n'
      for (const fact of item.evidence) yield `    - ${quoted(fact)}\n`
      yield '  ...\n'
    }
}
