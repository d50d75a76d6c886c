import type { ReportOptions } from '../report/reporter.ts'
import { type Pen, penOf } from '../report/terminal/pen.ts'
import { counted } from '../text/plural.ts'
import { displayWidth, pad } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import type { Item } from './judge.ts'
import { type Checked, type Outcome, passed, tally } from './outcome.ts'

/** Every capture in a line; of what is not met, expected and found side by side, with the evidence. */
export function* checkTerminal(outcome: Outcome, options: ReportOptions): Generator<string> {
  const pen = penOf(options)
  for (const line of lines(outcome, pen)) yield `${line}\n`
}

function* lines(outcome: Outcome, pen: Pen): Generator<string> {
  for (const checked of outcome.checked) yield* captureLines(checked, pen)
  const { items, met, failed } = tally(outcome)
  const captures = outcome.checked.length
  if (captures > 0) yield ''
  const sum = `${counted(captures, 'capture')}, ${counted(items, 'expectation')}, ${met} met, ${items - met} not`
  yield (failed === 0 ? pen.chalk.green.bold : pen.chalk.red.bold)(sum)
}

function* captureLines(checked: Checked, pen: Pen): Generator<string> {
  const good = passed(checked)
  const count = checked.items.filter((item) => !item.met).length
  const mark = good ? pen.chalk.green('ok    ') : pen.chalk.red.bold('NOT OK')
  const rest = good ? `${checked.items.length} met` : `${count} of ${checked.items.length} not met`
  yield `${mark} ${pen.text(checked.capture)} (${rest}${checked.updated ? ', written anew' : ''})`
  const told = pen.verbose ? checked.items : checked.items.filter((item) => !item.met)
  if (told.length === 0) return
  const columns = columnsOf(told, pen)
  if (columns !== null) yield pen.chalk.dim(`${INDENT}  ${columns.head}`)
  let shown: readonly string[] = []
  for (const item of told) {
    const mark = `${INDENT}${item.met ? '  ' : pen.chalk.red('x ')}`
    if (columns === null) yield* belowEachOther(item, mark, pen)
    else yield mark + columns.row(item)
    if (item.met) continue
    yield* proof(checked, item, shown, pen)
    shown = item.evidence
  }
}

const INDENT = ' '.repeat(7)
/** Before what is told of one item. */
const DEEPER = ' '.repeat(11)

/** What was expected and what was found, side by side. */
interface Columns {
  readonly head: string
  readonly row: (item: Item) => string
}

/** Null where the terminal is too narrow for them. */
function columnsOf(told: readonly Item[], pen: Pen): Columns | null {
  const widest = (title: string, of: (item: Item) => string) =>
    Math.max(title.length, ...told.map((item) => displayWidth(pen.text(of(item)))))
  const what = widest('', (item) => item.what)
  const expected = widest('expected', (item) => item.expected)
  const found = widest('found', (item) => item.found)
  if (INDENT.length + 2 + what + 2 + expected + 2 + found > pen.width) return null
  return {
    head: `${pad('', what)}  ${pad('expected', expected)}  found`,
    row: (item) =>
      `${pad(pen.text(item.what), what)}  ${pad(pen.text(item.expected), expected)}  ${pen.text(item.found)}`,
  }
}

function* belowEachOther(item: Item, mark: string, pen: Pen): Generator<string> {
  yield mark + pen.text(item.what)
  for (const [name, text] of [['expected', item.expected] as const, ['found   ', item.found] as const])
    for (const [at, line] of wrap(pen.text(text), pen.width - DEEPER.length - name.length - 1).entries())
      yield `${DEEPER}${at === 0 ? pen.chalk.dim(name) : ' '.repeat(name.length)} ${line}`
}

/** Where it is expected, and why something else was found; evidence that stands above already is not told again. */
function* proof(checked: Checked, item: Item, shown: readonly string[], pen: Pen): Generator<string> {
  const { line, column } = item.position
  yield pen.chalk.dim(`${DEEPER}${pen.text(checked.expectation)}:${line}:${column}`)
  const isShown = item.evidence.length > 0 && item.evidence.join('\n') === shown.join('\n')
  for (const fact of isShown ? ['for the same reasons'] : item.evidence)
    for (const [at, text] of wrap(pen.text(fact), pen.width - DEEPER.length - 2).entries())
      yield `${DEEPER}${at === 0 ? `${pen.signs.gutter} ` : '  '}${text}`
}
