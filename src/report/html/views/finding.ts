import type { Finding } from '../../../diagnosis/finding.ts'
import type { Standing } from '../../../diagnosis/verdict.ts'
import type { TimelineRow } from '../../details.ts'
import type { PacketSeries } from '../../packet-series.ts'
import { copyable } from '../copy.ts'
import { type Child, el, section } from '../element.ts'
import { lineRef, type Model } from '../model.ts'
import { evidenceList } from '../references.ts'
import { confidenceBadge, severityBadge } from './badge.ts'
import { ladder } from './ladder.ts'
import { findingPackets, seriesPackets } from './ladder-packets.ts'

/** Packets and log lines of a finding's own picture. */
const EXCERPT = 14
const LINES = 6

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
  const steps = el('ul', { class: 'next' }, ...finding.nextSteps.map((step) => el('li', {}, ...nextStep(step))))
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
    candidates(model, finding),
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

/** `Linux: ss -tan "sport = :9000": what to look for`: the command in the middle, if there is one. */
const COMMAND =
  /^(?:([^:"]{1,40}): )?((?:noaccept|ss|netstat|nstat|lsof|strace|tshark|tcpdump|ip) (?:"[^"]*"|[^":]|:(?! ))+)(?:: (.*))?$/s

function nextStep(step: string): Child[] {
  const [, where, command, remark] = COMMAND.exec(step) ?? []
  if (command === undefined) return [step]
  return [
    where !== undefined && `${where}: `,
    copyable(command.trim(), 'command'),
    remark !== undefined && ` ${remark}`,
  ]
}

const STANDING = {
  supported: ['✓', 'supported'],
  possible: ['?', 'possible'],
  contradicted: ['✕', 'ruled out'],
} as const satisfies Record<Standing, readonly [string, string]>

/** What could be behind it, with what speaks for and against. */
function candidates(model: Model, finding: Finding): HTMLElement | null {
  const list = model.payload.candidates.find((one) => one.stream === finding.stream)?.list ?? []
  if (list.length === 0) return null
  const order: readonly Standing[] = ['supported', 'possible', 'contradicted']
  const sorted = [...list].sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing))
  const rows = sorted.map(({ verdict, standing, reasons }) =>
    el(
      'li',
      { class: standing },
      el('span', { class: 'sign', 'aria-hidden': 'true' }, STANDING[standing][0]),
      el(
        'span',
        {},
        el('strong', {}, verdict),
        ` ${STANDING[standing][1]}`,
        el('span', { class: 'reasons' }, reasons.join('; ')),
      ),
    ),
  )
  return el(
    'details',
    { class: 'candidates', open: true },
    el('summary', {}, 'What it could be'),
    el('ul', {}, ...rows),
  )
}

/** The finding's own ladder; where it brings none, its deciding packets with those that they acknowledge. */
function excerpt(model: Model, finding: Finding): HTMLElement | null {
  const capture = finding.evidence.find((evidence) => evidence.frames.length > 0)?.capture ?? null
  const series = model.seriesOf(capture, finding.stream)
  const ends = series ?? model.endsOf(capture, finding.stream)
  if (ends === null || capture === null) return null
  const packets =
    finding.ladder === undefined
      ? series && seriesPackets(model, series, ...decidingRows(series, finding, capture))
      : findingPackets(finding.ladder, capture)
  if (packets === null || packets.length === 0) return null
  const name = `finding ${model.payload.findings.indexOf(finding) + 1}`
  const picture = ladder(model, {
    name,
    client: ends.client,
    server: ends.server,
    packets,
    lines: quotedLines(model, finding),
  })
  const link =
    series !== null &&
    el(
      'a',
      { href: `#flow-${series.stream}`, 'data-flow': `${series.capture}-${series.stream}` },
      `All ${series.packets} packets of stream ${series.stream}, with graphs`,
    )
  return el('div', { class: 'excerpt' }, picture, link && el('p', { class: 'intro' }, link))
}

/** Log lines that the finding names, to stand beside its packets. */
function quotedLines(model: Model, finding: Finding): TimelineRow[] {
  const lines = new Set<TimelineRow>()
  for (const evidence of finding.evidence)
    for (const line of evidence.log === null ? [] : evidence.lines) {
      const row = model.lines.get(lineRef(evidence.log!, line))
      if (row && row.time !== null && lines.size < LINES) lines.add(row)
    }
  return [...lines]
}

/** The first rows that decide and the last ones, each ACK after what it acknowledges. */
function decidingRows(series: PacketSeries, finding: Finding, capture: number): [number[], Set<number>] {
  const { frame, side, payload } = series.columns
  const deciding = new Set<number>()
  for (const evidence of finding.evidence)
    if (evidence.capture === capture) for (const number of evidence.frames) deciding.add(number)
  const rows: number[] = []
  frame.forEach((number, row) => {
    const acknowledged = row > 0 && side[row - 1] !== side[row] && payload[row] === 0 && payload[row - 1]! > 0
    if (!deciding.has(number)) return
    if (acknowledged && rows.at(-1) !== row - 1) rows.push(row - 1)
    rows.push(row)
  })
  const chosen = rows.length > 0 ? rows : frame.map((_, row) => row)
  return [chosen.length <= EXCERPT ? chosen : [...chosen.slice(0, EXCERPT - 4), ...chosen.slice(-4)], deciding]
}
