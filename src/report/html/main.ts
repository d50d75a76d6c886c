import { el } from './element.ts'
import { keyHelp, listenForKeys } from './keyboard.ts'
import { lineRef, Model, parseRef, type Ref } from './model.ts'
import { navigation } from './navigation.ts'
import type { Payload } from './payload.ts'
import { Selection } from './selection.ts'
import { lightOnPaper, themeButton } from './theme.ts'
import { chain } from './views/chain.ts'
import { connections } from './views/connections.ts'
import { dock } from './views/dock.ts'
import { findings, openFinding } from './views/finding.ts'
import { type FlowView, flowView } from './views/flow.ts'
import { inputs } from './views/inputs.ts'
import { listenerLife } from './views/listener-life.ts'
import { packetTable } from './views/packet-table.ts'
import { slots } from './views/slots.ts'
import { inputNames, summary } from './views/summary.ts'
import { type TableView, timeline } from './views/timeline.ts'

const payload = JSON.parse(document.getElementById('report')!.textContent!) as Payload
const model = new Model(payload)
const selection = new Selection(relatedTo)

const flow = flowView(model, selection)
const events = timeline(model, selection)
const packets = packetTable(model, selection)
const sections = [
  summary(model),
  chain(model),
  findings(model),
  flow?.element ?? null,
  listenerLife(model),
  slots(model),
  events?.element ?? null,
  packets?.element ?? null,
  connections(model, selection, showFlow),
  inputs(model),
].filter((section) => section !== null)

function relatedTo(ref: Ref): readonly Ref[] {
  const parsed = parseRef(ref)
  if (parsed === null) return []
  const together = model.togetherWith(ref)
  if (parsed.kind === 'line') {
    const line = model.lines.get(ref)
    return line ? [...together, ...model.framesAt(line)] : together
  }
  const found = model.find(parsed.source, parsed.number)
  if (found === null) return together
  const lines = model.linesAt(found.series.columns.time[found.row]!, found.series.stream)
  return [...together, ...lines.map((line) => lineRef(line.log!, line.line!))]
}

function showFlow(capture: number, stream: number): boolean {
  const series = model.seriesOf(capture, stream)
  if (series !== null) flow?.show(series)
  return series !== null
}

/** At once: a smooth way through a long page is a slow one. */
const scrollTo = (id: string): void =>
  document.getElementById(id)?.scrollIntoView({ block: 'start', behavior: 'instant' })

/** Where a permanent link leads: a section, a finding, a flow, a frame, a line. */
function follow(): void {
  const target = decodeURIComponent(location.hash.slice(1))
  const stream = /^flow-(\d+)$/.exec(target)
  const ref = parseRef(target)
  if (stream) {
    showFlow(flowCapture, Number(stream[1]))
    scrollTo('flow')
  } else if (ref) {
    selection.choose(target as Ref)
    const table = ref.kind === 'frame' ? packets : events
    const row = table?.rowOf(target as Ref) ?? -1
    if (row >= 0) showRow(table!, row)
  } else if (/^finding-\d+$/.test(target)) {
    const card = document.getElementById(target)
    if (card === null) return
    openFinding(card)
    card.focus({ preventScroll: true })
    scrollTo(target)
  }
}

function showRow(view: TableView, row: number): void {
  if (!view.table.show(row)) {
    view.table.search('')
    view.table.show(row)
  }
  selection.mark()
}

/** Which capture's stream a link to a flow means: the one on the link that was followed last. */
let flowCapture = payload.series[0]?.capture ?? 0
document.addEventListener(
  'click',
  (event) => {
    const link = (event.target as Element).closest('[data-flow]')
    if (link === null) return
    const [capture, stream] = link.getAttribute('data-flow')!.split('-').map(Number)
    flowCapture = capture!
    if (location.hash !== `#flow-${stream}`) return
    showFlow(capture!, stream!)
    scrollTo('flow')
  },
  true,
)

function compose(view: FlowView | null): void {
  const help = keyHelp()
  const helpButton = el('button', { type: 'button', class: 'quiet' }, '? Keys')
  helpButton.addEventListener('click', () => help.showModal())
  const header = el(
    'header',
    {},
    el('a', { href: '#summary', class: 'brand' }, 'noaccept'),
    el('span', { class: 'files' }, inputNames(model)),
    helpButton,
    themeButton(() => view?.redraw()),
  )
  const footer = el(
    'footer',
    {},
    `${payload.tool.name} ${payload.tool.version}. This page is complete in itself: it loads nothing and sends nothing.`,
  )
  document.title = `${model.payload.rootCause?.claim ?? model.lead?.title ?? 'Nothing found'} · noaccept`
  document.body.replaceChildren(
    el('a', { href: '#summary', class: 'skip' }, 'To the summary'),
    header,
    navigation(sections),
    el('main', {}, ...sections, footer),
    dock(model, selection),
    help,
  )
  lightOnPaper(() => view?.redraw())
  listenForKeys(selection, help, packets && (() => packets.table.filter.focus()))
  addEventListener('hashchange', follow)
  // Pictures get their height in the first frame; a place below them is right after it.
  if (location.hash !== '') requestAnimationFrame(() => requestAnimationFrame(follow))
}

compose(flow)
