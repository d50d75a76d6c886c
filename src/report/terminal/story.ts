import type { Connection } from '../../diagnosis/connection.ts'
import type { Evidence, Finding } from '../../diagnosis/finding.ts'
import { counted } from '../../text/plural.ts'
import { displayWidth, pad } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
import type { Report } from '../report.ts'
import { captureName, formatApart, formatSource, formatStep, formatSubject } from '../source.ts'
import { causes } from './causes.ts'
import { drainLines } from './drain.ts'
import { ladder } from './ladder.ts'
import type { Pen } from './pen.ts'
import { shortPaths } from './short-path.ts'

/** Below this width the place of a fact stands above it instead of beside it. */
const COLUMNS_SIDE_BY_SIDE = 76

/** Facts shown of one finding unless everything is asked for. */
const SHOWN = 8

/** What is cut is no command: only what no shell takes is. */
const LONGEST_COMMAND = 8000

const moreFacts = (left: number): string =>
  `${counted(left, 'more fact')}: --verbose shows ${left === 1 ? 'it' : 'them'}`

/** Explanations are written in several lines; on the terminal they flow. */
const flowing = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim()

/** One finding the way a compiler tells an error: what, where, proof, what else it could be, what to do. */
export function* story(
  report: Report,
  finding: Finding,
  connection: Connection | undefined,
  pen: Pen,
): Generator<string> {
  const { chalk, signs } = pen
  const gutter = `   ${chalk.dim(signs.gutter)}`
  yield* headline(finding, pen)
  const place = wrap(pen.text(formatSubject(report, finding, connection)), pen.width - 7)
  for (const [at, line] of place.entries())
    yield at === 0 ? `  ${chalk.dim(signs.line + signs.line + signs.right)} ${line}` : `${gutter}   ${line}`
  const inside = pen.width - 6
  yield gutter
  for (const line of wrap(pen.text(flowing(finding.explanation), 4000), inside)) yield `${gutter}  ${line}`
  if (finding.ladder !== undefined && finding.ladder.length > 0) {
    yield gutter
    const nameOf = (capture = connection?.capture) => captureName(report, capture)
    for (const line of ladder(finding.ladder, inside, pen, nameOf)) yield `${gutter}  ${line}`
  }
  yield gutter
  for (const line of facts(report, finding.evidence, inside, pen)) yield `${gutter}  ${line}`
  const window = [...drainLines(report, finding, inside, pen)]
  if (window.length > 0) yield gutter
  for (const line of window) yield `${gutter}  ${line}`
  yield gutter
  yield* remarks(report, finding, connection, pen)
  yield ''
}

function* headline(finding: Finding, pen: Pen): Generator<string> {
  const label = `${finding.severity}[${pen.text(finding.rule, 100)}]`
  const paint = pen.severity(finding.severity)
  const text = `${pen.text(flowing(finding.title))} (${finding.confidence})`
  const [first = '', ...rest] = wrap(text, pen.width, displayWidth(label) + 2)
  yield `${paint(label)}${pen.chalk.bold(`: ${first}`.trimEnd())}`
  for (const line of rest) yield pen.chalk.bold(line)
}

function* facts(report: Report, evidence: readonly Evidence[], width: number, pen: Pen): Generator<string> {
  const shown = pen.verbose ? evidence : evidence.slice(0, SHOWN)
  const limit = pen.verbose ? Number.POSITIVE_INFINITY : 6
  const pathOf = shortPaths(report)
  const places = shown.map((fact) => pen.text(formatSource(report, fact, { limit, pathOf })))
  const widest = Math.max(0, ...places.map(displayWidth))
  const column = pen.width < COLUMNS_SIDE_BY_SIDE ? 0 : Math.min(widest, Math.floor(width / 3))
  for (const [at, fact] of shown.entries()) yield* column === 0 ? below(places[at]!, fact) : beside(places[at]!, fact)
  if (shown.length < evidence.length) yield `and ${moreFacts(evidence.length - shown.length)}`

  function* lines(fact: Evidence, room: number): Generator<string> {
    yield* wrap(pen.text(flowing(fact.text)), room)
    if (fact.quote !== undefined) yield* wrap(pen.text(`“${fact.quote}”`), room)
    const apart = formatApart(fact)
    if (apart !== '') yield* wrap(pen.text(apart), room)
  }

  function* beside(place: string, fact: Evidence): Generator<string> {
    const left = wrap(place, column)
    const right = [...lines(fact, width - column - 2)]
    for (let row = 0; row < Math.max(left.length, right.length); row++)
      yield `${pen.chalk.cyan(pad(left[row] ?? '', column))}  ${right[row] ?? ''}`.trimEnd()
  }

  function* below(place: string, fact: Evidence): Generator<string> {
    if (place !== '') for (const line of wrap(place, width)) yield pen.chalk.cyan(line)
    for (const line of lines(fact, width - 2)) yield `  ${line}`
  }
}

function* remarks(report: Report, finding: Finding, connection: Connection | undefined, pen: Pen): Generator<string> {
  yield* causes(connection?.candidates ?? [], pen)
  for (const step of finding.nextSteps)
    yield* step.startsWith('noaccept ') ? toCopy('help', formatStep(report, step), pen) : remark('help', step, pen)
  if (finding.filter !== null) yield* toCopy('wireshark', finding.filter, pen)
  yield* toCopy('rule', `noaccept explain ${finding.rule}`, pen)
}

function* remark(label: string, text: string, pen: Pen): Generator<string> {
  const indent = label.length + 2
  const [first = '', ...rest] = wrap(pen.text(flowing(text)), pen.width - 5 - indent)
  yield `   ${pen.chalk.dim('=')} ${pen.chalk.bold(label)}: ${first}`
  for (const line of rest) yield `     ${' '.repeat(indent)}${line}`
}

/** Not broken into lines: of a command that is pasted, a shell would run the first half. The terminal wraps it itself. */
function* toCopy(label: string, text: string, pen: Pen): Generator<string> {
  yield `   ${pen.chalk.dim('=')} ${pen.chalk.bold(label)}: ${pen.text(flowing(text), LONGEST_COMMAND)}`
}
