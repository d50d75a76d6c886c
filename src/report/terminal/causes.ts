import type { Candidate, Standing } from '../../diagnosis/verdict.ts'
import { wrap } from '../../text/wrap.ts'
import type { Pen } from './pen.ts'

const WORDS = { supported: 'supported', possible: 'possible', contradicted: 'ruled out' } as const satisfies Record<
  Standing,
  string
>
const ORDER = ['supported', 'possible', 'contradicted'] as const satisfies readonly Standing[]

/** Reasons that all of several candidates share. */
function shared(candidates: readonly Candidate[]): readonly string[] {
  const [first, ...others] = candidates
  if (first === undefined || others.length === 0) return []
  return first.reasons.filter((reason) => others.every((other) => other.reasons.includes(reason)))
}

/** What else it could be: the causes of each standing together, and what speaks for or against them said once. */
export function* causes(candidates: readonly Candidate[], pen: Pen): Generator<string> {
  for (const standing of ORDER) {
    const group = candidates.filter((candidate) => candidate.standing === standing)
    if (group.length > 0) yield* together(WORDS[standing], group, pen)
  }
}

/** Verdicts with the reasons that are theirs: those with the same ones together. */
function byReasons(group: readonly Candidate[], common: readonly string[]): Map<string, string[]> {
  const verdicts = new Map<string, string[]>()
  for (const { verdict, reasons } of group) {
    const own = reasons.filter((reason) => !common.includes(reason)).join('; ')
    verdicts.set(own, [...(verdicts.get(own) ?? []), verdict])
  }
  return verdicts
}

function* together(word: string, group: readonly Candidate[], pen: Pen): Generator<string> {
  const common = shared(group)
  const texts = common.length === 0 ? [] : [`${group.map(({ verdict }) => verdict).join(', ')}: ${common.join('; ')}`]
  for (const [own, verdicts] of byReasons(group, common))
    if (own !== '') texts.push(`${verdicts.join(', ')}: ${own}`)
    else if (common.length === 0) texts.push(verdicts.join(', '))
  const label = `   ${pen.chalk.dim('=')} ${pen.chalk.bold(word)}: `
  const indent = ' '.repeat(7 + word.length)
  for (const [at, text] of texts.entries()) yield* lines(text, at === 0 ? label : indent, `${indent}  `, pen)
}

function* lines(text: string, first: string, rest: string, pen: Pen): Generator<string> {
  for (const [at, line] of wrap(pen.text(text, 2000), pen.width - rest.length).entries())
    yield (at === 0 ? first : rest) + line
}
