import { excerpt } from '../text/visible.ts'
import { escapeXml } from '../text/xml.ts'
import type { Item } from './judge.ts'
import { type Checked, difference, type Outcome, tally } from './outcome.ts'

const attribute = (text: string): string => escapeXml(excerpt(text, 1000))

function testcase(checked: Checked, item: Item): string {
  const head = `    <testcase classname="${attribute(checked.capture)}" name="${attribute(item.what)}" time="0"`
  if (item.met) return `${head}/>\n`
  const { line, column } = item.position
  const body = [`${checked.expectation}:${line}:${column}`, ...item.evidence]
  const told = body.map((fact) => escapeXml(excerpt(fact, 4000))).join('\n')
  const failure = `<failure type="expectation" message="${attribute(difference(item))}">${told}</failure>`
  return `${head}>\n      ${failure}\n    </testcase>\n`
}

/** A suite for each capture, a test for each expectation. */
export function* checkJunit(outcome: Outcome): Generator<string> {
  const { items, met } = tally(outcome)
  const counts = `tests="${items}" failures="${items - met}" errors="0"`
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="noaccept check" ${counts} time="0">\n`
  for (const checked of outcome.checked) {
    const failures = checked.items.filter((item) => !item.met).length
    const own = `tests="${checked.items.length}" failures="${failures}" errors="0" skipped="0" time="0"`
    yield `  <testsuite name="${attribute(checked.capture)}" ${own}>\n`
    for (const item of checked.items) yield testcase(checked, item)
    yield '  </testsuite>\n'
  }
  // The schema wants a suite, also where nothing was checked.
  if (outcome.checked.length === 0) yield `  <testsuite name="noaccept check" ${counts} skipped="0" time="0"/>\n`
  yield '</testsuites>\n'
}
