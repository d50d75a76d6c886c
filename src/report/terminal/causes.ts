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

function* together(word: string, group: readonly Candidate[], pen: Pen): Generator<string> {
  const label = `   ${pen.chalk.dim('=')} ${pen.chalk.bold(word)}: `
  const indent = ' '.repeat(7 + word.length)
  const common = shared(group)
  const [only] = group
  if (group.length === 1 && only !== undefined) {
    const reasons = only.reasons.length === 0 ? '' : `: ${only.reasons.join('; ')}`
    yield* lines(`${only.verdict}${reasons}`, label, indent, pen)
    return
  }
  const names = group.map((candidate) => candidate.verdict).join(', ')
  yield* lines(common.length === 0 ? names : `${names}: ${common.join('; ')}`, label, indent, pen)
  for (const { verdict, reasons } of group) {
    const own = reasons.filter((reason) => !common.includes(reason))
    if (own.length > 0) yield* lines(`${verdict}: ${own.join('; ')}`, indent, `${indent}  `, pen)
  }
}

function* lines(text: string, first: string, rest: string, pen: Pen): Generator<string> {
  for (const [at, line] of wrap(pen.text(text, 2000), pen.width - rest.length).entries())
    yield (at === 0 ? first : rest) + line
}
