import type { Finding } from '../../../diagnosis/finding.ts'
import { copyable } from '../copy.ts'
import { el, section } from '../element.ts'
import { lineRef, type Model } from '../model.ts'
import type { TimelineRow } from '../payload.ts'
import { evidenceList } from '../references.ts'
import { confidenceBadge, severityBadge } from './badge.ts'
import { ladder } from './ladder.ts'

/** Packets of a finding's own picture: the deciding ones, with the first of each pair that they answer. */
const EXCERPT = 12

/** Every finding with its proof; the first ones carry a ladder of their deciding packets. */
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

function card(model: Model, finding: Finding, index: number): HTMLElement {
  const number = index + 1
  const steps = el('ul', { class: 'next' })
  for (const step of finding.nextSteps) steps.append(el('li', {}, isCommand(step) ? copyable(step, 'command') : step))
  return el(
    'article',
    {
      id: `finding-${number}`,
      class: `card ${finding.severity}`,
      'aria-labelledby': `finding-${number}-title`,
      tabindex: -1,
    },
    el(
      'p',
      { class: 'badges' },
      severityBadge(finding.severity),
      confidenceBadge(finding.confidence),
      el('code', { class: 'rule' }, finding.rule),
      el(
        'a',
        { href: `#finding-${number}`, class: 'permalink', 'aria-label': `Permanent link to finding ${number}` },
        `#${number}`,
      ),
    ),
    el('h3', { id: `finding-${number}-title` }, finding.title),
    ...finding.explanation.split(/\n\s*\n/).map((text) => el('p', {}, text.trim())),
    el('h4', {}, 'Proof'),
    evidenceList(model, finding.evidence),
    excerpt(model, finding),
    finding.filter !== null &&
      el(
        'p',
        { class: 'filter' },
        el('span', { class: 'label' }, 'Wireshark filter'),
        copyable(finding.filter, 'display filter'),
      ),
    finding.nextSteps.length > 0 && el('h4', {}, 'What to do next'),
    finding.nextSteps.length > 0 && steps,
  )
}

const isCommand = (step: string): boolean =>
  /^(noaccept|ss|tshark|strace|netstat|Get-Net|lsof|nstat|tcpdump)\b/.test(step)

function excerpt(model: Model, finding: Finding): HTMLElement | null {
  const deciding = new Set<number>()
  const capture = finding.evidence.find((evidence) => evidence.frames.length > 0)?.capture ?? null
  for (const evidence of finding.evidence)
    if (evidence.capture === capture) for (const frame of evidence.frames) deciding.add(frame)
  const series = model.seriesOf(capture, finding.stream)
  if (series === null) return null
  const rows = pick(series.columns.frame, deciding)
  if (rows.length === 0) return null
  const lines: TimelineRow[] = []
  for (const evidence of finding.evidence)
    for (const line of evidence.log === null ? [] : evidence.lines) {
      const row = model.lines.get(lineRef(evidence.log!, line))
      if (row && row.time !== null && lines.length < 6 && !lines.includes(row)) lines.push(row)
    }
  const whole =
    series.packets > rows.length &&
    el(
      'a',
      { href: `#flow-${series.stream}`, 'data-flow': `${series.capture}-${series.stream}` },
      `All ${series.packets} packets of stream ${series.stream}, with graphs`,
    )
  return el(
    'div',
    { class: 'excerpt' },
    ladder(model, { series, rows, lines, deciding }),
    whole && el('p', { class: 'intro' }, whole),
  )
}

/** The first rows that decide and the last ones; the flow's first rows where none is among them. */
function pick(frames: readonly number[], deciding: ReadonlySet<number>): number[] {
  const rows: number[] = []
  frames.forEach((frame, row) => {
    if (deciding.has(frame)) rows.push(row)
  })
  const chosen = rows.length > 0 ? rows : frames.map((_, row) => row)
  return chosen.length <= EXCERPT ? chosen : [...chosen.slice(0, EXCERPT - 4), ...chosen.slice(-4)]
}
