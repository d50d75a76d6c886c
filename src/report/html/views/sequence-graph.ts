import uPlot from 'uplot'
import { formatBytes } from '../../../text/quantity.ts'
import type { PacketSeries } from '../../packet-series.ts'
import { count, el } from '../element.ts'
import { figure, legend } from '../figure.ts'
import { frameRef, type Model } from '../model.ts'
import type { Selection } from '../selection.ts'
import { color } from '../theme.ts'
import { type Progress, progress } from './flow-math.ts'
import { type Plot, plot } from './plot.ts'

/** The window edge is drawn to scale with the data up to this many times its height. */
const EDGE_IN_SIGHT = 6

/** What the sender sent against what the receiver acknowledged and offered, after Stevens and tcptrace. */
export function sequenceGraph(
  model: Model,
  selection: Selection,
  series: PacketSeries,
  sender: number,
): { element: HTMLElement; plots: Plot[] } {
  const againBits = bitsOf(model, 'retransmission')
  const data = progress(series, sender, againBits)
  const bytes = Math.max(1, highest(data.to), highest(data.ack))
  const edge = highest(data.edge)
  let whole = edge <= bytes * EDGE_IN_SIGHT
  const drawn = plot({
    label: `Time-sequence graph of stream ${series.stream}: ${count(bytes, 'byte')} sent, window edge at ${edge}`,
    height: 320,
    data: () => [data.x, data.to, data.ack, data.edge] as uPlot.AlignedData,
    series: () => lines(),
    range: () => [0, (whole ? Math.max(edge, bytes) : bytes) * 1.06],
    over: (shown) => {
      segments(shown, data)
      if (!whole) edgeAbove(shown, data)
    },
    chosen: (row) => selection.choose(frameRef(series.capture, series.columns.frame[row]!)),
    group: `flow-${series.stream}`,
  })
  const toggle = el('button', { type: 'button', class: 'quiet' }, whole ? 'Fit to the data' : 'Show the window edge')
  toggle.addEventListener('click', () => {
    whole = !whole
    toggle.textContent = whole ? 'Fit to the data' : 'Show the window edge'
    drawn.redraw()
  })
  const reading =
    'Each bar is a segment: height is its bytes. The acknowledgment line follows them while the kernel takes them; the window edge above moves on only when the process reads. An edge that stays flat while the line climbs is a window that never drains.'
  const element = figure(
    'Time and sequence',
    reading,
    el('div', { class: 'figure-tools' }, KEY(), toggle),
    drawn.element,
  )
  return { element, plots: [drawn] }
}

const KEY = (): HTMLElement =>
  legend([
    { shape: 'bar', color: 'client', text: 'segment' },
    { shape: 'mark', color: 'error', text: 'retransmission' },
    { shape: 'line', color: 'server', text: 'acknowledged' },
    { shape: 'dash', color: 'ok', text: 'window edge' },
  ])

function lines(): uPlot.Series[] {
  const step = (stroke: string, label: string, dash: number[]): uPlot.Series => ({
    label,
    stroke: color(stroke),
    width: 2,
    dash,
    points: { show: false },
    paths: stepped,
  })
  return [
    { label: 'sent up to', stroke: color('client'), paths: () => null, points: { show: false } },
    step('server', 'acknowledged', []),
    step('ok', 'window edge', [6, 4]),
  ]
}

/** A value holds until the next one: what a receiver said stays said. */
export const stepped: uPlot.Series.PathBuilder = uPlot.paths.stepped!({ align: 1 })

function segments(shown: uPlot, data: Progress): void {
  const { ctx } = shown
  const [first, last] = [shown.scales['x']!.min!, shown.scales['x']!.max!]
  ctx.save()
  ctx.beginPath()
  ctx.rect(shown.bbox.left, shown.bbox.top, shown.bbox.width, shown.bbox.height)
  ctx.clip()
  ctx.setLineDash([])
  ctx.lineWidth = 4 * devicePixelRatio
  const normal = color('client')
  const again = color('error')
  data.x.forEach((seconds, row) => {
    if (data.from[row] === null || seconds < first || seconds > last) return
    const x = shown.valToPos(seconds, 'x', true)
    const bottom = shown.valToPos(data.from[row]!, 'y', true)
    const top = Math.min(bottom - 2 * devicePixelRatio, shown.valToPos(data.to[row]!, 'y', true))
    ctx.strokeStyle = data.again[row] ? again : normal
    ctx.beginPath()
    ctx.moveTo(x, bottom)
    ctx.lineTo(x, top)
    ctx.stroke()
    if (data.again[row]) diamond(ctx, x, top, again)
  })
  ctx.restore()
}

/** Where the window edge is out of sight: how far up, and whether it moved. */
function edgeAbove({ ctx, bbox }: uPlot, { edge }: Progress): void {
  const known = edge.filter((value) => value !== null)
  const moved = Math.max(0, highest(known) - (known[0] ?? 0))
  ctx.save()
  ctx.font = `600 ${12 * devicePixelRatio}px system-ui, sans-serif`
  ctx.fillStyle = color('ok')
  ctx.textAlign = 'right'
  const told = moved === 0 ? 'it never moved on' : `it moved on by ${formatBytes(moved)}`
  const where = `window edge ↑ at ${formatBytes(highest(known))}`
  const whole = `${where}: ${told}`
  // On a phone the sentence is wider than the graph, which would cut its beginning off.
  const lines = ctx.measureText(whole).width < bbox.width - 12 ? [whole] : [`${where}:`, told]
  for (const [at, line] of lines.entries())
    ctx.fillText(line, bbox.left + bbox.width - 6, bbox.top + (14 + 16 * at) * devicePixelRatio)
  ctx.restore()
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, fill: string): void {
  const r = 5 * devicePixelRatio
  ctx.fillStyle = fill
  ctx.beginPath()
  ctx.moveTo(x, y - r)
  ctx.lineTo(x + r, y)
  ctx.lineTo(x, y + r)
  ctx.lineTo(x - r, y)
  ctx.fill()
}

/** The bits of the analysis names that contain a word. */
export const bitsOf = (model: Model, word: string): number =>
  model.payload.analysisNames.reduce((bits, name, index) => (name.includes(word) ? bits | (1 << index) : bits), 0)

export function highest(values: readonly (number | null)[]): number {
  let top = 0
  for (const value of values) if (value !== null && value > top) top = value
  return top
}
