import { MOST_RESULTS, message, SARIF_SCHEMA, uriOf } from '../report/sarif/text.ts'
import { visibleJson } from '../text/visible-json.ts'
import { VERSION } from '../version.ts'
import type { Item } from './judge.ts'
import { type Checked, difference, type Outcome, unmet } from './outcome.ts'

const RULE = {
  id: 'expectation-not-met',
  shortDescription: { text: 'A capture no longer shows what its expectation file says' },
  defaultConfiguration: { level: 'error' },
} as const

function result(checked: Checked, item: Item): object {
  const { line, column } = item.position
  const facts = item.evidence.map((fact) => `; ${fact}`).join('')
  return {
    ruleId: RULE.id,
    ruleIndex: 0,
    level: 'error',
    message: { text: message(`${item.what}: ${difference(item)}${facts}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(checked.expectation) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    relatedLocations: [{ id: 0, physicalLocation: { artifactLocation: { uri: uriOf(checked.capture) } } }],
    partialFingerprints: { 'expectation/v1': `${checked.expectation} ${item.what}` },
  }
}

/** SARIF 2.1.0: each expectation that is not met a result, at its line. */
export function* checkSarif(outcome: Outcome): Generator<string> {
  const results: object[] = []
  let left = 0
  for (const [checked, item] of unmet(outcome))
    if (results.length < MOST_RESULTS) results.push(result(checked, item))
    else left++
  const driver = { name: 'noaccept', semanticVersion: VERSION, rules: [RULE] }
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    results,
    properties: { omitted: left },
  }
  yield `${visibleJson({ $schema: SARIF_SCHEMA, version: '2.1.0', runs: [run] })}\n`
}
