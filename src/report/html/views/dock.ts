import { formatEndpoint } from '../../../text/address.ts'
import { formatDuration } from '../../../text/duration.ts'
import type { PacketSeries } from '../../packet-series.ts'
import { copyable } from '../copy.ts'
import { type Child, el } from '../element.ts'
import { lineRef, type Model, parseRef, type Ref } from '../model.ts'
import { analysisText, flagText, infoText } from '../packet-text.ts'
import { baseName, logLine, refLink } from '../references.ts'
import type { Selection } from '../selection.ts'

/** The panel at the foot of the page: what was chosen, and all that belongs to it. */
export function dock(model: Model, selection: Selection): HTMLElement {
  const body = el('div', { class: 'dock-body' })
  const close = el('button', { type: 'button', class: 'quiet', 'aria-label': 'Close the details (Escape)' }, '✕')
  const element = el(
    'aside',
    { id: 'dock', 'aria-label': 'Details of the choice', hidden: true, 'data-keep': true },
    close,
    body,
  )
  close.addEventListener('click', () => selection.choose(null))
  element.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a[data-ref]')
    if (link) selection.choose(link.getAttribute('data-ref') as Ref)
  })
  selection.onChoose((ref) => {
    element.hidden = ref === null
    document.body.classList.toggle('with-dock', ref !== null)
    if (ref !== null)
      body.replaceChildren(...(ref.startsWith('frame') ? packetDetails(model, ref) : lineDetails(model, ref)))
  })
  return element
}

function facts(entries: readonly (readonly [string, Child])[]): HTMLElement {
  const list = el('dl', { class: 'facts' })
  for (const [name, value] of entries)
    if (value !== '' && value !== null) list.append(el('div', {}, el('dt', {}, name), el('dd', {}, value)))
  return list
}

function packetDetails(model: Model, ref: Ref): Node[] {
  const { source, number } = parseRef(ref)!
  const found = model.find(source, number)
  const head = el(
    'p',
    { class: 'dock-title' },
    el('strong', {}, `Frame ${number}`),
    ` of ${baseName(model.payload.captures[source]?.path ?? '')}`,
  )
  const filter = el('p', { class: 'filter' }, copyable(`frame.number == ${number}`, 'display filter'))
  if (found === null)
    return [
      head,
      el('p', {}, 'This page does not carry the frame: its filter shows it in Wireshark.'),
      filter,
      ...belongings(model, ref, []),
    ]
  const { series, row } = found
  const near = model.linesAt(series.columns.time[row]!, series.stream).map((line) => lineRef(line.log!, line.line!))
  head.append(el('span', { class: 'dock-info' }, infoText(series, row, model.payload.analysisNames)))
  return [head, packetFacts(model, series, row), filter, ...belongings(model, ref, near)]
}

function packetFacts(model: Model, series: PacketSeries, row: number): HTMLElement {
  const { columns } = series
  const from = columns.side[row] === 0 ? series.client : series.server
  const to = columns.side[row] === 0 ? series.server : series.client
  return facts([
    ['Time', model.clock.full(columns.time[row]!)],
    ['From → to', `${formatEndpoint(from)} → ${formatEndpoint(to)}`],
    ['Flags', flagText(columns.flags[row]!)],
    ['Seq, ack', `${columns.seq[row]}, ${columns.ack[row]}`],
    ['Payload', `${columns.payload[row]} B`],
    ['Window', `${columns.window[row]} B`],
    ['Analysis', analysisText(model.payload.analysisNames, columns.analysis[row]!).join(', ')],
    ['Flow', flowLink(series.capture, series.stream)],
  ])
}

const flowLink = (capture: number, stream: number): HTMLElement =>
  el('a', { href: `#flow-${stream}`, 'data-flow': `${capture}-${stream}` }, `stream ${stream}`)

function lineDetails(model: Model, ref: Ref): Node[] {
  const { source, number } = parseRef(ref)!
  const row = model.lines.get(ref)
  const head = el(
    'p',
    { class: 'dock-title' },
    el('strong', {}, `Line ${number}`),
    ` of ${baseName(model.payload.logs[source]?.path ?? '')}`,
  )
  if (!row) return [head, el('p', {}, 'This page does not carry the line.'), ...belongings(model, ref, [])]
  const details = facts([
    [
      'Time',
      row.time === null
        ? 'not on the capture’s clock'
        : `${model.clock.full(row.time)} ±${formatDuration(row.uncertainty)}`,
    ],
    ['Says', row.kind],
    ['Flow', row.stream === null ? null : flowLink(row.capture ?? 0, row.stream)],
  ])
  return [head, el('p', {}, logLine(model, ref)), details, ...belongings(model, ref, model.framesAt(row))]
}

/** The other side: lines for a frame, frames for a line, and whoever names it. */
function belongings(model: Model, ref: Ref, near: readonly Ref[]): Node[] {
  const together = model.togetherWith(ref)
  const list = el('dl', { class: 'facts' })
  const add = (name: string, refs: readonly Ref[]): void => {
    if (refs.length === 0) return
    const links = refs
      .slice(0, 12)
      .map((one) =>
        el('span', { class: 'belonging' }, refLink(model, one), one.startsWith('line') && logLine(model, one)),
      )
    list.append(el('div', { class: 'wide' }, el('dt', {}, name), el('dd', {}, ...links)))
  }
  add('Named together', together)
  add(
    'At the same time',
    near.filter((one) => !together.includes(one)),
  )
  const named: Child[] = [
    ...model.findingsOf(ref).map((index) => el('a', { href: `#finding-${index + 1}` }, `finding ${index + 1}`)),
    ...model
      .stepsOf(ref)
      .map((index) => el('a', { href: `#step-${index + 1}` }, `step ${model.payload.chain[index]!.step}`)),
  ]
  if (named.length > 0)
    list.append(el('div', { class: 'wide' }, el('dt', {}, 'Named by'), el('dd', { class: 'refs' }, ...named)))
  return list.childElementCount > 0 ? [list] : []
}
