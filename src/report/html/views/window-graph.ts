import type uPlot from 'uplot'
import type { PacketSeries } from '../../packet-series.ts'
import { figure, legend } from '../figure.ts'
import { frameRef, type Model } from '../model.ts'
import type { Selection } from '../selection.ts'
import { color } from '../theme.ts'
import { type Progress, progress } from './flow-math.ts'
import { type Plot, type PlotOptions, plot } from './plot.ts'
import { bitsOf, highest, stepped } from './sequence-graph.ts'

/** What both plots do with the reader’s cursor. */
type Shared = Pick<PlotOptions, 'chosen' | 'group'>

/** The receive window over time, and how much of what was acknowledged nobody has read or answered. */
export function windowGraph(
  model: Model,
  selection: Selection,
  series: PacketSeries,
  sender: number,
): { element: HTMLElement; plots: Plot[] } {
  const data = progress(series, sender, bitsOf(model, 'retransmission'))
  const shared: Shared = {
    chosen: (row) => selection.choose(frameRef(series.capture, series.columns.frame[row]!)),
    group: `flow-${series.stream}`,
  }
  const offered = offeredPlot(series, data, shared)
  const unread = unreadPlot(series, data, shared)
  const reading =
    'Above, the room that the receiver offers. Below, what its kernel has acknowledged since it last sent a byte (the most that can be unread), and how far the window edge has stayed behind (what the window itself shows as unread). A staircase that never comes down: nobody reads.'
  return {
    element: figure('Receive window and unread bytes', reading, KEY(), offered.element, unread.element),
    plots: [offered, unread],
  }
}

const KEY = (): HTMLElement =>
  legend([
    { shape: 'line', color: 'ok', text: 'window offered' },
    { shape: 'line', color: 'server', text: 'acknowledged, unanswered' },
    { shape: 'dash', color: 'error', text: 'not given back by the window' },
  ])

const offeredPlot = (series: PacketSeries, data: Progress, shared: Shared): Plot =>
  plot({
    label: `Receive window of stream ${series.stream} over time`,
    height: 150,
    data: () => [data.x, data.window] as uPlot.AlignedData,
    series: () => [line('window', 'ok', [])],
    range: () => [0, Math.max(1, highest(data.window)) * 1.08],
    ...shared,
  })

const unreadPlot = (series: PacketSeries, data: Progress, shared: Shared): Plot =>
  plot({
    label: `Unread bytes of stream ${series.stream}: ${highest(data.notGivenBack)} not given back, ${highest(data.unanswered)} unanswered`,
    height: 230,
    data: () => [data.x, data.unanswered, data.notGivenBack] as uPlot.AlignedData,
    series: () => [line('acknowledged, unanswered', 'server', [], true), line('not given back', 'error', [6, 4])],
    range: () => [0, Math.max(1, highest(data.unanswered), highest(data.notGivenBack)) * 1.08],
    ...shared,
  })

const line = (label: string, name: string, dash: number[], area = false): uPlot.Series => ({
  label,
  stroke: color(name),
  width: 2,
  dash,
  points: { show: false },
  paths: stepped,
  ...(area ? { fill: color(`${name}-soft`) } : {}),
})
