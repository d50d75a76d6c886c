import type { ChainStep } from '../../correlation/chain.ts'
import { pad } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
import type { Report } from '../report.ts'
import { formatApart, formatSource } from '../source.ts'
import type { Pen } from './pen.ts'

/** `contradicted` is the longest word for how a step stands. */
const STANDING_WIDTH = 'contradicted'.length

/** Facts shown of one step unless everything is asked for. */
const SHOWN = 4

/** How it came about, step by step, each with how well it stands and where that can be looked up. */
export function* chain(report: Report, pen: Pen): Generator<string> {
  const { chalk } = pen
  if (report.chain.length === 0 && report.rootCause === null) return
  yield chalk.bold('How it came about')
  for (const step of report.chain) yield* steps(report, step, pen)
  if (report.rootCause !== null) {
    const { verdict, claim, confidence } = report.rootCause
    const [first = '', ...rest] = wrap(pen.text(`${verdict} (${confidence}): ${claim}`), pen.width - 14)
    yield `  ${chalk.bold(`root cause: ${first}`)}`
    for (const line of rest) yield `${' '.repeat(14)}${chalk.bold(line)}`
  }
  yield ''
}

function* steps(report: Report, step: ChainStep, pen: Pen): Generator<string> {
  const { chalk, signs } = pen
  const paint = { observed: chalk.green, inferred: chalk.cyan, missing: chalk.yellow, contradicted: chalk.red }[
    step.standing
  ]
  const name = pen.text(step.step, 8)
  const indent = name.length + STANDING_WIDTH + 8
  const claim = wrap(pen.text(step.claim), pen.width - indent)
  for (const [at, line] of claim.entries())
    yield at === 0
      ? `  ${name}  ${paint(`${signs[step.standing]} ${pad(step.standing, STANDING_WIDTH)}`)}  ${line}`
      : `${' '.repeat(indent)}${line}`
  const shown = pen.verbose ? step.evidence : step.evidence.slice(0, SHOWN)
  for (const fact of shown) {
    const parts = [
      formatSource(report, fact, 6),
      fact.text,
      fact.quote === undefined ? '' : `“${fact.quote}”`,
      formatApart(fact),
    ]
    const text = pen.text(parts.filter((part) => part !== '').join(': '))
    for (const line of wrap(text, pen.width - indent - 2)) yield `${' '.repeat(indent + 2)}${chalk.dim(line)}`
  }
  if (shown.length < step.evidence.length)
    yield `${' '.repeat(indent + 2)}${chalk.dim(`and ${step.evidence.length - shown.length} more: --verbose shows them`)}`
}
