import type uPlot from 'uplot'
import type { PacketSeries } from '../../packet-series.ts'
import { figure, legend } from '../figure.ts'
import { frameRef, type Model } from '../model.ts'
import type { Selection } from '../selection.ts'
import { color } from '../theme.ts'
import { progress } from './flow-math.ts'
import { type Plot, plot } from './plot.ts'
import { bitsOf, highest, stepped } from './sequence-graph.ts'

/** The receive window over time, and how much of what was acknowledged nobody has read or answered. */
export function windowGraph(
  model: Model,
  selection: Selection,
  series: PacketSeries,
  sender: number,
): { element: HTMLElement; plots: Plot[] } {
  const data = progress(series, sender, bitsOf(model, 'retransmission'))
  const chosen = (row: number): void => selection.choose(frameRef(series.capture, series.columns.frame[row]!))
  const group = `flow-${series.stream}`
  const line = (label: string, name: string, dash: number[], area = false): uPlot.Series => ({
    label,
    stroke: color(name),
    width: 2,
    dash,
    points: { show: false },
    paths: stepped,
    ...(area ? { fill: color(`${name}-soft`) } : {}),
  })
  const offered = plot({
    label: `Receive window of stream ${series.stream} over time`,
    height: 150,
    data: () => [data.x, data.window] as uPlot.AlignedData,
    series: () => [line('window', 'ok', [])],
    range: () => [0, Math.max(1, highest(data.window)) * 1.08],
    chosen,
    group,
  })
  const unread = plot({
    label: `Unread bytes of stream ${series.stream}: ${highest(data.notGivenBack)} not given back, ${highest(data.unanswered)} unanswered`,
    height: 230,
    data: () => [data.x, data.unanswered, data.notGivenBack] as uPlot.AlignedData,
    series: () => [line('acknowledged, unanswered', 'server', [], true), line('not given back', 'error', [6, 4])],
    range: () => [0, Math.max(1, highest(data.unanswered), highest(data.notGivenBack)) * 1.08],
    chosen,
    group,
  })
  const reading =
    'Above, the room that the receiver offers. Below, what its kernel has acknowledged since it last sent a byte (the most that can be unread), and how far the window edge has stayed behind (what the window itself shows as unread). A staircase that never comes down: nobody reads.'
  const key = legend([
    { shape: 'line', color: 'ok', text: 'window offered' },
    { shape: 'line', color: 'server', text: 'acknowledged, unanswered' },
    { shape: 'dash', color: 'error', text: 'not given back by the window' },
  ])
  return {
    element: figure('Receive window and unread bytes', reading, key, offered.element, unread.element),
    plots: [offered, unread],
  }
}
