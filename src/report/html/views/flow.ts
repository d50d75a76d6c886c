import { flowFilter } from '../../../diagnosis/flow-filter.ts'
import { formatEndpoint } from '../../../text/address.ts'
import type { TimelineRow } from '../../details.ts'
import type { PacketSeries } from '../../packet-series.ts'
import { copyable } from '../copy.ts'
import { count, el, grouped, section } from '../element.ts'
import { figure, legend } from '../figure.ts'
import { frameRef, type Model, type Ref } from '../model.ts'
import type { Selection } from '../selection.ts'
import { ladder } from './ladder.ts'
import { seriesPackets } from './ladder-packets.ts'
import type { Plot } from './plot.ts'
import { sequenceGraph } from './sequence-graph.ts'
import { windowGraph } from './window-graph.ts'

/** Rungs of one page of the ladder. */
const PAGE = 60
/** Log lines of one page. */
const LINES = 40
/** Lines this close before and after the page's packets are drawn with them. */
const MARGIN = 5e9

export interface FlowView {
  readonly element: HTMLElement
  readonly show: (series: PacketSeries) => void
  readonly redraw: () => void
}

/** One flow at a time: its ladder with log lines, its sequence graph, its window. */
export function flowView(model: Model, selection: Selection): FlowView | null {
  if (model.series.length === 0) return null
  const body = el('div', { class: 'flow-body' })
  const choice = el('select', { id: 'flow-choice' })
  choice.append(...model.series.map((series, index) => el('option', { value: index }, optionText(series))))
  let plots: Plot[] = []
  const show = (series: PacketSeries): void => {
    choice.value = String(model.series.indexOf(series))
    plots = []
    body.replaceChildren(...parts(model, selection, series, plots))
  }
  choice.addEventListener('change', () => show(model.series[Number(choice.value)]!))
  show(lead(model))
  const tools = el('p', { class: 'flow-tools' }, el('label', { for: 'flow-choice' }, 'Flow'), choice)
  const element = section(
    'flow',
    'Flow',
    'Packets and log lines of one connection. Hover over anything to see what belongs to it; click to keep it marked.',
    tools,
    body,
  )
  return {
    element,
    show,
    redraw: () => {
      for (const one of plots) one.redraw()
    },
  }
}

const lead = (model: Model): PacketSeries => model.leadSeries ?? model.series[0]!

const optionText = (series: PacketSeries): string =>
  `stream ${series.stream}: ${formatEndpoint(series.client)} → ${formatEndpoint(series.server)} (${count(series.packets, 'packet')})`

function parts(model: Model, selection: Selection, series: PacketSeries, plots: Plot[]): HTMLElement[] {
  const kept = series.columns.frame.length
  const gap =
    kept < series.packets &&
    el(
      'p',
      { class: 'banner', role: 'note' },
      `The page carries ${grouped(kept)} of this flow’s ${grouped(series.packets)} packets: its first, its last and the deciding ones.`,
    )
  return [
    el(
      'p',
      { class: 'filter' },
      el('span', { class: 'label' }, 'Wireshark filter'),
      copyable(flowFilter(series, model.payload.captures.length), 'display filter'),
    ),
    ...(gap ? [gap] : []),
    ladderFigure(model, series),
    ...graphs(model, selection, series, plots),
  ]
}

/** The side that sent payload: the server where the client sent none. */
function speaker({ columns }: PacketSeries): 0 | 1 {
  const sent = [0, 0]
  columns.payload.forEach((bytes, row) => {
    sent[columns.side[row]!]! += bytes
  })
  return sent[0] === 0 && sent[1]! > 0 ? 1 : 0
}

/** The graphs of one direction, which the reader chooses; `plots` holds those that are shown. */
function graphs(model: Model, selection: Selection, series: PacketSeries, plots: Plot[]): HTMLElement[] {
  const shown = el('div', { class: 'graphs' })
  const sender = el(
    'select',
    { 'aria-label': 'Direction of the graphs' },
    el('option', { value: 0 }, 'client → server'),
    el('option', { value: 1 }, 'server → client'),
  )
  const draw = (): void => {
    const time = sequenceGraph(model, selection, series, Number(sender.value))
    const window = windowGraph(model, selection, series, Number(sender.value))
    plots.splice(0, plots.length, ...time.plots, ...window.plots)
    shown.replaceChildren(time.element, window.element)
  }
  sender.value = `${speaker(series)}`
  sender.addEventListener('change', draw)
  draw()
  return [el('p', { class: 'flow-tools' }, el('span', {}, 'Graphs of'), sender), shown]
}

function ladderFigure(model: Model, series: PacketSeries): HTMLElement {
  const deciding = decidingFrames(model, series)
  const { frame: frames } = series.columns
  const holder = el('div')
  const draw = (rows: readonly number[]): void =>
    holder.replaceChildren(
      ladder(model, {
        name: `stream ${series.stream}`,
        client: series.client,
        server: series.server,
        packets: seriesPackets(model, series, rows, deciding),
        lines: linesBeside(model, series, rows),
      }),
    )
  const first = frames.findIndex((frame) => deciding.has(frame))
  return figure(
    'Ladder',
    'Time runs down; long pauses are shortened and named. Strong arrows decide a finding. A log line stands where its stamp puts it, the bar beside it says how exactly that is known.',
    el('div', { class: 'figure-tools' }, KEY(model), pager(frames.length, Math.max(0, first), draw)),
    holder,
  )
}

/** Draws the page that holds the packet `first`; buttons that leaf through the others, null where there is one page. */
function pager(packets: number, first: number, draw: (rows: readonly number[]) => void): HTMLElement | null {
  const last = Math.ceil(packets / PAGE) - 1
  const status = el('span', { role: 'status' })
  let page = 0
  const show = (asked: number): void => {
    page = Math.max(0, Math.min(last, asked))
    const from = page * PAGE
    const rows = Array.from({ length: Math.min(PAGE, packets - from) }, (_, index) => from + index)
    status.textContent = `packets ${grouped(from + 1)} to ${grouped(from + rows.length)} of ${grouped(packets)}`
    draw(rows)
  }
  const turn = (by: number, text: string): HTMLElement => {
    const button = el('button', { type: 'button', class: 'quiet' }, text)
    button.addEventListener('click', () => show(page + by))
    return button
  }
  show(Math.floor(first / PAGE))
  return last > 0 ? el('span', { class: 'pager' }, turn(-1, '← Earlier'), status, turn(1, 'Later →')) : null
}

const KEY = (model: Model): HTMLElement =>
  legend([
    { shape: 'line', color: 'client', text: 'from the client' },
    { shape: 'line', color: 'server', text: 'from the server' },
    { shape: 'dash', color: 'error', text: 'retransmission or reset' },
    ...(model.lines.size > 0 ? [{ shape: 'mark', color: 'log', text: 'log line and its uncertainty' } as const] : []),
  ])

function decidingFrames(model: Model, series: PacketSeries): Set<number> {
  const frames = new Set<number>()
  for (const finding of model.payload.findings)
    for (const evidence of finding.evidence)
      if (evidence.capture === series.capture) for (const frame of evidence.frames) frames.add(frame)
  return frames
}

function linesBeside(model: Model, series: PacketSeries, rows: readonly number[]): TimelineRow[] {
  const { time } = series.columns
  if (rows.length === 0) return []
  const from = time[rows[0]!]! - MARGIN
  const to = time[rows.at(-1)!]! + MARGIN
  const related = new Set<Ref>(
    rows.flatMap((row) => model.togetherWith(frameRef(series.capture, series.columns.frame[row]!))),
  )
  const named: TimelineRow[] = []
  const others: TimelineRow[] = []
  for (const [ref, line] of model.lines) {
    if (line.time === null || (line.stream !== null && line.stream !== series.stream && !related.has(ref))) continue
    const beside = line.time >= from && line.time <= to
    if (related.has(ref) || (beside && model.isNamed(ref))) named.push(line)
    else if (beside || line.stream === series.stream) others.push(line)
  }
  return [...named, ...others].slice(0, LINES)
}
