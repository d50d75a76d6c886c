import type { Finding } from '../../../diagnosis/finding.ts'
import { copyable } from '../copy.ts'
import { type Child, el, section } from '../element.ts'
import type { Model } from '../model.ts'
import { evidenceList } from '../references.ts'
import { confidenceBadge, severityBadge } from './badge.ts'
import { candidates, nextStep } from './finding-advice.ts'
import { excerpt } from './finding-picture.ts'

/** Findings whose proof is open at once; the others draw theirs when they are opened, or a page of hundreds is slow. */
const OPEN = 5

/** Every finding with its proof. */
export function findings(model: Model): HTMLElement {
  const { payload } = model
  const list = payload.findings.map((finding, index) => card(model, finding, index))
  const omitted = payload.omitted.map((one) => `${one.count} more of ${one.rule}`).join(', ')
  const intro = list.length === 0 ? 'No rule fired. What was looked for: noaccept rules.' : null
  return section(
    'findings',
    'Findings',
    intro,
    ...list,
    omitted !== '' && el('p', { class: 'intro' }, `Not listed: ${omitted}.`),
  )
}

/** Opens the card of a finding that is folded; what a permanent link and a search need. */
export function openFinding(card: Element): void {
  const folded = card.querySelector<HTMLDetailsElement>(':scope > details')
  if (folded) folded.open = true
}

function card(model: Model, finding: Finding, index: number): HTMLElement {
  const number = index + 1
  const id = `finding-${number}`
  const badges = el(
    'p',
    { class: 'badges' },
    severityBadge(finding.severity),
    confidenceBadge(finding.confidence),
    el('code', { class: 'rule' }, finding.rule),
    el('a', { href: `#${id}`, class: 'permalink', 'aria-label': `Permanent link to finding ${number}` }, `#${number}`),
  )
  const title = el('h3', { id: `${id}-title` }, finding.title)
  const article = el('article', {
    id,
    class: `card ${finding.severity}`,
    'aria-labelledby': `${id}-title`,
    tabindex: -1,
  })
  article.append(badges)
  if (index < OPEN) article.append(title, ...body(model, finding))
  else article.append(folded(title, () => body(model, finding)))
  return article
}

/** Draws its body when it is opened for the first time. */
function folded(title: HTMLElement, draw: () => Node[]): HTMLElement {
  const details = el('details', {}, el('summary', { class: 'fold' }, title))
  details.addEventListener(
    'toggle',
    () => {
      details.append(...draw())
    },
    { once: true },
  )
  return details
}

function body(model: Model, finding: Finding): Node[] {
  const parts: Child[] = [
    ...finding.explanation.split(/\n\s*\n/).map((text) => el('p', {}, text.trim())),
    el('h4', {}, 'Proof'),
    evidenceList(model, finding.evidence),
    excerpt(model, finding),
    candidates(model, finding),
  ]
  if (finding.filter !== null)
    parts.push(
      el(
        'p',
        { class: 'filter' },
        el('span', { class: 'label' }, 'Wireshark filter'),
        copyable(finding.filter, 'display filter'),
      ),
    )
  if (finding.nextSteps.length > 0)
    parts.push(
      el('h4', {}, 'What to do next'),
      el('ul', { class: 'next' }, ...finding.nextSteps.map((step) => el('li', {}, ...nextStep(step)))),
    )
  return parts.filter((part) => part instanceof Node)
}
