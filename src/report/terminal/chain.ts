import type { ChainStep, RootCause } from '../../correlation/chain.ts'
import { clip, displayWidth, pad } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
import type { Report } from '../report.ts'
import { formatApart, formatSource } from '../source.ts'
import type { Pen } from './pen.ts'
import { shortPaths } from './short-path.ts'

/** `contradicted` is the longest word for how a step stands. */
const STANDING_WIDTH = 'contradicted'.length

/** A name such as `slot-race` is shorter: what is longer leaves no room for the claim. */
const LONGEST_NAME = 40

/** Below this width a claim stands below how well it stands, instead of beside it. */
const COLUMNS_SIDE_BY_SIDE = 60

/** Facts shown of one step unless everything is asked for. */
const SHOWN = 4

/** What lies behind it, and how it came about: step by step, each with how well it stands and where to look it up. */
export function* chain(report: Report, pen: Pen): Generator<string> {
  if (report.rootCause !== null) yield* headline(report.rootCause, pen)
  if (report.chain.length === 0) return
  yield pen.chalk.bold('How it came about')
  for (const step of report.chain) yield* steps(report, step, pen)
  yield ''
}

function* headline({ verdict, claim, confidence }: RootCause, pen: Pen): Generator<string> {
  const name = clip(pen.text(verdict, 100), Math.min(LONGEST_NAME, pen.width - 14), pen.signs.ellipsis)
  const label = `root cause[${name}]`
  const [first = '', ...rest] = wrap(pen.text(`${claim} (${confidence})`), pen.width, displayWidth(label) + 2)
  yield `${pen.severity('error')(label)}${pen.chalk.bold(`: ${first}`.trimEnd())}`
  for (const line of rest) yield pen.chalk.bold(line)
  yield ''
}

function* steps(report: Report, step: ChainStep, pen: Pen): Generator<string> {
  const { chalk, signs } = pen
  const paint = { observed: chalk.green, inferred: chalk.cyan, missing: chalk.yellow, contradicted: chalk.red }[
    step.standing
  ]
  const name = pen.text(step.step, 8)
  const beside = pen.width >= COLUMNS_SIDE_BY_SIDE
  const indent = name.length + (beside ? STANDING_WIDTH + 8 : 4)
  const head = `  ${name}  ${paint(`${signs[step.standing]} ${beside ? pad(step.standing, STANDING_WIDTH) : step.standing}`)}`
  if (!beside) yield head
  const claim = wrap(pen.text(step.claim), pen.width - indent)
  for (const [at, line] of claim.entries())
    yield beside && at === 0 ? `${head}  ${line}` : `${' '.repeat(indent)}${line}`
  const pathOf = shortPaths(report)
  const shown = pen.verbose ? step.evidence : step.evidence.slice(0, SHOWN)
  for (const fact of shown) {
    const parts = [
      formatSource(report, fact, { limit: 6, pathOf }),
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
