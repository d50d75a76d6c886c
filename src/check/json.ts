import { visibleJson } from '../text/visible-json.ts'
import { type Outcome, passed, tally } from './outcome.ts'

/** The outcome as one JSON document, a line for each capture. */
export function* checkJson(outcome: Outcome): Generator<string> {
  yield `{\n  "schemaVersion": 1,\n  "tally": ${visibleJson(tally(outcome))},\n  "checked": [`
  let separator = '\n    '
  for (const checked of outcome.checked) {
    yield separator + visibleJson({ ...checked, passed: passed(checked) })
    separator = ',\n    '
  }
  yield `\n  ],\n  "withoutExpectation": ${visibleJson(outcome.without as string[])}\n}\n`
}
