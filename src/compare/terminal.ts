import type { ReportOptions } from '../report/reporter.ts'
import { type Pen, penOf } from '../report/terminal/pen.ts'
import { counted } from '../text/plural.ts'
import { displayWidth, pad } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import type { Compared, ComparedRole, Comparison } from './comparison.ts'
import { readingText } from './numbers.ts'
import type { Role, StoryPair } from './pairing.ts'
import { answerText, attemptsText, headline, limits, partingText, pointsText, roleText, storyText } from './wording.ts'

/** Pairs of stories of a role that are told. */
const MOST_PAIRS = 6

/** The comparison as a page for a terminal: the answer, then service by service. */
export function* comparisonTerminal(comparison: Comparison, options: ReportOptions): Generator<string> {
  const pen = penOf(options)
  for (const line of lines(comparison, pen)) yield `${line}\n`
}

function* lines(comparison: Comparison, pen: Pen): Generator<string> {
  const { a, b, answer } = comparison
  const compared = a.connections > 0 && b.connections > 0
  const good = compared && (answer === 'same' || answer === 'same-after-refusals')
  yield (good ? pen.chalk.green.bold : pen.chalk.red.bold)(headline(comparison))
  yield* captureLines('A', a, pen)
  yield* captureLines('B', b, pen)
  for (const role of comparison.roles) yield* roleLines(role, pen)
  yield* alone('A', comparison.onlyA, pen)
  yield* alone('B', comparison.onlyB, pen)
  if (comparison.points !== null) {
    yield ''
    yield pen.chalk.bold('Two points of one traffic')
    for (const sentence of pointsText(comparison.points)) yield* indented(sentence, pen, '  ')
  }
  for (const sentence of limits(comparison)) yield* indented(sentence, pen, '')
}

function* captureLines(name: string, { capture, connections }: Compared, pen: Pen): Generator<string> {
  const counts = `${counted(connections, 'connection')}, ${counted(capture.packets, 'packet')}`
  const head = `${name}: `
  const told = wrap(`${pen.text(capture.path)} (${counts})`, pen.width - head.length)
  for (const [at, line] of told.entries()) yield `${at === 0 ? head : ' '.repeat(head.length)}${line}`
}

function* indented(text: string, pen: Pen, indent: string): Generator<string> {
  for (const line of wrap(pen.text(text, Number.POSITIVE_INFINITY), pen.width - indent.length)) yield indent + line
}

function* alone(name: string, roles: readonly Role[], pen: Pen): Generator<string> {
  for (const role of roles) {
    yield ''
    yield pen.chalk.bold(
      `Only in ${name}: port ${pen.text(`${role.port}`)}, ${counted(role.stories.length, 'connection')}`,
    )
    yield* indented(storyText(role.stories[0]!), pen, '  ')
  }
}

function* roleLines(role: ComparedRole, pen: Pen): Generator<string> {
  yield ''
  const title = `${pen.text(roleText(role))}: ${answerText(role.answer)}`
  for (const line of wrap(title, pen.width)) yield pen.chalk.bold(line)
  const attempts = [attemptsText('A', role.attemptsA, role.lateA), attemptsText('B', role.attemptsB, role.lateB)]
  for (const text of attempts) if (text !== null) yield* indented(text, pen, '  ')
  const told = pen.verbose ? role.pairs : role.pairs.slice(0, MOST_PAIRS)
  for (const pair of told) yield* pairLines(pair, pen)
  const left = role.pairs.length - told.length
  if (left > 0) yield `  ${counted(left, 'more sequence')}: --verbose tells ${left === 1 ? 'it' : 'them'}`
  yield* table(role, pen)
  const readings = [role.readingA, role.readingB]
  for (const [at, reading] of readings.entries())
    if (reading !== null) yield* indented(`${'AB'[at]} ${readingText(reading)}.`, pen, '  ')
}

function* pairLines(pair: StoryPair, pen: Pen): Generator<string> {
  const line = (name: string, count: number, text: string) => `${name} ${count === 1 ? '' : `${count} times `}${text}`
  const stream = (story: StoryPair['a']) => `stream ${story.stream}: ${storyText(story)}`
  yield* indented(line('A', pair.countA, stream(pair.a)), pen, '  ')
  yield* indented(line('B', pair.countB, stream(pair.b)), pen, '  ')
  const parting = partingText(pair)
  if (parting === null) return
  const at = (frame: number | null) => (frame === null ? '' : ` (frame ${frame})`)
  yield* indented(`they part at step ${parting.step}, after ${parting.after}:`, pen, '    ')
  yield* indented(`A: ${parting.a.text}${at(parting.a.frame)}`, pen, '      ')
  yield* indented(`B: ${parting.b.text}${at(parting.b.frame)}`, pen, '      ')
}

function* table(role: ComparedRole, pen: Pen): Generator<string> {
  const differing = pen.verbose ? role.numbers : role.numbers.filter((row) => row.a !== row.b)
  if (differing.length === 0) return
  const names = Math.max(...differing.map((row) => displayWidth(row.name)))
  const room = Math.floor((pen.width - names - 8) / 2)
  const left = Math.min(room, Math.max(...differing.map((row) => displayWidth(pen.text(row.a)))))
  yield `  ${pen.chalk.dim('What differs in numbers')}`
  for (const row of differing) {
    const [a, b] = [wrap(pen.text(row.a), left), wrap(pen.text(row.b), room)]
    for (let line = 0; line < Math.max(a.length, b.length); line++)
      yield `    ${pad(line === 0 ? row.name : '', names)}  ${pad(a[line] ?? '', left)}  ${b[line] ?? ''}`.trimEnd()
  }
}
