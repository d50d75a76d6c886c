import type { Severity } from '../../../diagnosis/finding.ts'
import type { Confidence } from '../../../diagnosis/verdict.ts'
import { UNTROUBLED } from '../../untroubled.ts'
import { el } from '../element.ts'

const SIGN = { error: '✕', warning: '!', note: 'i' } as const satisfies Record<Severity, string>

/** A severity as sign and word. */
export const severityBadge = (severity: Severity): HTMLElement =>
  el(
    'span',
    { class: `badge ${severity}` },
    el('span', { 'aria-hidden': 'true', class: 'sign' }, SIGN[severity]),
    severity,
  )

/** How sure it is, in words. */
export const confidenceBadge = (confidence: Confidence): HTMLElement =>
  el('span', { class: `badge confidence ${confidence}`, title: CONFIDENCE[confidence] }, confidence)

const CONFIDENCE = {
  certain: 'It follows from the protocol',
  likely: 'An expert would act on it',
  suspected: 'One of several that fit',
} as const satisfies Record<Confidence, string>

/** A verdict as a word; what works is told apart from what does not by sign and colour. */
export const verdictBadge = (verdict: string): HTMLElement =>
  el(
    'span',
    { class: `badge verdict ${UNTROUBLED.has(verdict) ? 'ok' : verdict === 'insufficient' ? 'note' : 'error'}` },
    verdict,
  )
