import { SEVERITIES } from '../../../diagnosis/finding.ts'
import { formatDuration } from '../../../text/duration.ts'
import { whyNothing } from '../../why-nothing.ts'
import { count, el, grouped } from '../element.ts'
import type { Model } from '../model.ts'
import { baseName } from '../references.ts'
import { confidenceBadge, severityBadge } from './badge.ts'
import { exchange } from './exchange.ts'

/** Characters of a sentence that is set smaller. */
const LONG = 120

/** The whole story in one sentence, what it rests on, and where to read on. */
export function summary(model: Model): HTMLElement {
  const { payload, lead } = model
  const root = payload.rootCause
  const sentence = root?.claim ?? lead?.title ?? nothingFound(payload)
  const badges = el(
    'p',
    { class: 'badges' },
    lead && severityBadge(lead.severity),
    confidenceOf(model),
    root && el('span', { class: 'badge verdict' }, root.verdict),
  )
  const first = lead === null ? '' : lead.title === sentence ? firstSentences(lead.explanation) : lead.title
  return el(
    'section',
    { id: 'summary', 'aria-labelledby': 'summary-title' },
    badges,
    el('h1', { id: 'summary-title', class: sentence.length > LONG ? 'long' : null }, sentence),
    first !== '' && el('p', { class: 'lead' }, first),
    !payload.complete &&
      el(
        'p',
        { class: 'banner', role: 'note' },
        'Part of the input was not read: these results are partial. See Inputs and limits.',
      ),
    exchange(model),
    tiles(model),
    index(model),
  )
}

const nothingFound = ({ captures, connectionCount }: Model['payload']): string =>
  connectionCount === 0 ? `Nothing to analyse: ${whyNothing(captures)}.` : 'Nothing wrong was found in what was given.'

function confidenceOf({ payload, lead }: Model): HTMLElement | null {
  const confidence = payload.rootCause?.confidence ?? lead?.confidence
  return confidence === undefined ? null : confidenceBadge(confidence)
}

const firstSentences = (text: string): string =>
  /^.{40,320}?[.!?](?=\s|$)/s.exec(text.trim())?.[0] ?? text.slice(0, 320)

function tiles({ payload }: Model): HTMLElement {
  const packets = payload.captures.reduce((sum, capture) => sum + capture.tcpPackets, 0)
  const first = Math.min(...payload.captures.map((capture) => capture.firstTime ?? Infinity))
  const last = Math.max(...payload.captures.map((capture) => capture.lastTime ?? -Infinity))
  const { listeners, reached, served, findings } = payload.totals
  const list = el('dl', { class: 'tiles' })
  const tile = (name: string, value: string, note: string): void =>
    list.append(el('div', {}, el('dt', {}, name), el('dd', {}, value), el('dd', { class: 'tile-note' }, note)))
  tile('TCP packets', grouped(packets), Number.isFinite(first) ? `over ${formatDuration(last - first)}` : 'none')
  tile('Connections', grouped(payload.connectionCount), `to ${count(listeners, 'listener')}`)
  tile('Served', `${grouped(served)} of ${grouped(reached)}`, 'got a byte from the server')
  const listed = payload.findings.length
  const among = listed < findings ? ` among the ${grouped(listed)} listed` : ''
  const passed = payload.suppressed === null ? '' : `, ${grouped(payload.suppressed)} suppressed by the baseline`
  tile('Findings', grouped(findings), `${severities(payload.findings)}${among}${passed}`)
  if (payload.logs.length > 0)
    tile('Log events', grouped(payload.logs.reduce((sum, log) => sum + log.events, 0)), clockNote(payload.logs))
  return list
}

/** `1 error, 3 notes`: the worst first. */
function severities(findings: Model['payload']['findings']): string {
  const counts = SEVERITIES.map((one) => [one, findings.filter(({ severity }) => severity === one).length] as const)
  const found = counts.filter(([, number]) => number > 0).map(([severity, number]) => count(number, severity))
  return found.join(', ') || 'no rule fired'
}

function clockNote(logs: Model['payload']['logs']): string {
  const worst = Math.max(...logs.map((log) => log.clock?.uncertainty ?? 0))
  const placed = logs.filter((log) => log.clock !== null).length
  return placed === 0 ? 'not on the capture’s clock' : `clocks agree to ±${formatDuration(worst)}`
}

function index({ payload }: Model): HTMLElement | null {
  // A single finding is the sentence above.
  if (payload.findings.length < 2 && payload.rootCause === null) return null
  const list = el('ol', { class: 'finding-index' })
  for (const [number, finding] of payload.findings.slice(0, 12).entries())
    list.append(
      el(
        'li',
        {},
        el('a', { href: `#finding-${number + 1}` }, severityBadge(finding.severity), el('span', {}, finding.title)),
      ),
    )
  const rest = payload.findings.length - 12
  return el(
    'nav',
    { 'aria-label': 'Findings' },
    list,
    rest > 0 && el('p', { class: 'intro' }, el('a', { href: '#findings' }, `and ${rest} more`)),
  )
}

/** The files that the page tells of, for its head. */
export const inputNames = ({ payload }: Model): string =>
  [...payload.captures, ...payload.logs].map((file) => baseName(file.path)).join(' · ')
