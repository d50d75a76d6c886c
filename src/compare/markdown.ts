import { markdownText } from '../text/markdown-text.ts'
import { counted } from '../text/plural.ts'
import type { ComparedRole, Comparison } from './comparison.ts'
import { readingText } from './numbers.ts'
import { answerText, attemptsText, headline, limits, partingText, pointsText, roleText, storyText } from './wording.ts'

/** The comparison for a ticket or a pull request. */
export function* comparisonMarkdown(comparison: Comparison): Generator<string> {
  const { a, b } = comparison
  yield `# ${headline(comparison)}\n\n`
  yield `- A: ${markdownText(a.capture.path)}, ${counted(a.capture.packets, 'packet')}\n`
  yield `- B: ${markdownText(b.capture.path)}, ${counted(b.capture.packets, 'packet')}\n`
  for (const role of comparison.roles) yield* roleSection(role)
  for (const [name, roles] of [['A', comparison.onlyA] as const, ['B', comparison.onlyB] as const])
    for (const role of roles)
      yield `\n## Only in ${name}: port ${markdownText(`${role.port}`)}\n\n${markdownText(storyText(role.stories[0]!))}\n`
  if (comparison.points !== null)
    yield `\n## Two points of one traffic\n\n${pointsText(comparison.points)
      .map((sentence) => markdownText(sentence))
      .join('  \n')}\n`
  for (const sentence of limits(comparison)) yield `\n${markdownText(sentence)}\n`
}

function* roleSection(role: ComparedRole): Generator<string> {
  yield `\n## ${markdownText(roleText(role))}: ${answerText(role.answer)}\n\n`
  const attempts = [attemptsText('A', role.attemptsA, role.lateA), attemptsText('B', role.attemptsB, role.lateB)]
  for (const text of attempts) if (text !== null) yield `${text}.\n\n`
  for (const pair of role.pairs) {
    yield `- A, ${pair.countA}×: ${markdownText(storyText(pair.a))}\n- B, ${pair.countB}×: ${markdownText(storyText(pair.b))}\n`
    const parting = partingText(pair)
    if (parting === null) continue
    const at = (frame: number | null) => (frame === null ? '' : ` (frame ${frame})`)
    yield `- **They part at step ${parting.step}**, after ${parting.after}: `
    yield `A ${parting.a.text}${at(parting.a.frame)}; B ${parting.b.text}${at(parting.b.frame)}\n`
  }
  yield '\n| | A | B |\n|---|---|---|\n'
  for (const row of role.numbers) yield `| ${row.name} | ${markdownText(row.a)} | ${markdownText(row.b)} |\n`
  for (const [name, reading] of [['A', role.readingA] as const, ['B', role.readingB] as const])
    if (reading !== null) yield `\n${name} ${readingText(reading)}.\n`
}
