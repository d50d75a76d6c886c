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
  const what = Math.max(...told.map((item) => displayWidth(pen.text(item.what))))
  const expected = Math.max('expected'.length, ...told.map((item) => displayWidth(pen.text(item.expected))))
  yield pen.chalk.dim(`         ${pad('', what)}  ${pad('expected', expected)}  found`)
  for (const item of told) yield* itemLines(checked, item, pen, what, expected)
}

function* itemLines(checked: Checked, item: Item, pen: Pen, what: number, expected: number): Generator<string> {
  const columns = `${pad(pen.text(item.what), what)}  ${pad(pen.text(item.expected), expected)}  ${pen.text(item.found)}`
  yield `       ${item.met ? '  ' : pen.chalk.red('x ')}${columns}`
  if (item.met) return
  const { line, column } = item.position
  yield pen.chalk.dim(`           ${pen.text(checked.expectation)}:${line}:${column}`)
  for (const fact of item.evidence)
    for (const [at, text] of wrap(pen.text(fact), pen.width - 13).entries())
      yield `           ${at === 0 ? `${pen.signs.gutter} ` : '  '}${text}`
}
