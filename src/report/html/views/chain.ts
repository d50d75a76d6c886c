import type { ChainStanding } from '../../../correlation/chain.ts'
import { el, section } from '../element.ts'
import type { Model } from '../model.ts'
import { evidenceList } from '../references.ts'

const SIGN = { observed: '●', inferred: '◐', missing: '○', contradicted: '✕' } as const satisfies Record<
  ChainStanding,
  string
>

/** How it happened, step by step, each with how it is known. */
export function chain(model: Model): HTMLElement | null {
  const steps = model.payload.chain
  if (steps.length === 0) return null
  const list = el('ol', { class: 'chain' })
  for (const [index, step] of steps.entries())
    list.append(
      el(
        'li',
        { class: step.standing, id: `step-${index + 1}` },
        el(
          'p',
          { class: 'claim' },
          el('span', { class: 'letter' }, step.step),
          el('span', {}, step.claim),
          el(
            'span',
            { class: `badge standing ${step.standing}` },
            el('span', { 'aria-hidden': 'true', class: 'sign' }, SIGN[step.standing]),
            step.standing,
          ),
        ),
        evidenceList(model, step.evidence),
      ),
    )
  return section(
    'chain',
    'How it happened',
    'From cause to symptom. Observed: a frame or a line says it. Inferred: it follows. Missing: it should be there and is not.',
    list,
  )
}
