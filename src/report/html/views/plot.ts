import uPlot from 'uplot'
import { formatDuration } from '../../../text/duration.ts'
import { formatBytes } from '../../../text/quantity.ts'
import { el } from '../element.ts'
import { onWidth } from '../figure.ts'
import { color } from '../theme.ts'

export interface Plot {
  readonly element: HTMLElement
  /** Draws anew, in the colours of the theme that is shown now. */
  readonly redraw: () => void
}

export interface PlotOptions {
  readonly label: string
  readonly height: number
  readonly data: () => uPlot.AlignedData
  readonly series: () => uPlot.Series[]
  readonly range: () => readonly [number, number]
  /** Draws over the lines: what a line cannot show. */
  readonly over?: (plot: uPlot) => void
  /** Row of the data that the reader clicked. */
  readonly chosen: (index: number) => void
  /** Plots of one group share the cursor. */
  readonly group: string
}

/** A plot over seconds and bytes. Drag zooms, a double click zooms out, a click chooses the packet. */
export function plot(options: PlotOptions): Plot {
  const element = el('div', { class: 'plot', role: 'img', 'aria-label': options.label })
  let shown: uPlot | null = null
  const draw = (width: number): void => {
    shown?.destroy()
    shown = new uPlot(settings(options, width), options.data(), element)
    listen(shown, options)
  }
  onWidth(element, draw)
  return { element, redraw: () => element.clientWidth > 0 && draw(Math.floor(element.clientWidth)) }
}

/** In whole bytes: 500 B, 2 kB. By fours, too: a receive window of 8 kB would else be halved by one line alone. */
const BYTE_STEPS = Array.from({ length: 12 }, (_, power) => [1, 2, 4, 5].map((digit) => digit * 10 ** power)).flat()

/** Pixels between two labels: room for the longest, such as `59 min 59 s`. */
const TIME_SPACE = 80

function listen(shown: uPlot, options: PlotOptions): void {
  let downAt = 0
  shown.over.addEventListener('pointerdown', (event) => (downAt = event.clientX))
  shown.over.addEventListener('click', (event) => {
    const index = shown.cursor.idx
    if (index !== null && index !== undefined && Math.abs(event.clientX - downAt) < 4) options.chosen(index)
  })
}

function settings(options: PlotOptions, width: number): uPlot.Options {
  const text = color('muted')
  const axis = {
    stroke: text,
    grid: { stroke: color('line'), width: 1 },
    ticks: { stroke: color('line'), width: 1 },
    font: '12px system-ui, sans-serif',
  }
  return {
    width,
    height: options.height,
    scales: { x: { time: false }, y: { range: () => [...options.range()] as [number, number] } },
    axes: [
      {
        ...axis,
        space: TIME_SPACE,
        values: (_, values) => values.map((value) => (value === 0 ? '0' : formatDuration(value * 1e9))),
      },
      {
        ...axis,
        size: 64,
        incrs: BYTE_STEPS,
        values: (_, values) => values.map((value) => (value < 0 ? '' : formatBytes(value))),
      },
    ],
    series: [
      { label: 'time', value: (_, value) => (value == null ? '' : `${value.toFixed(6)} s`) },
      ...options.series(),
    ],
    cursor: { sync: { key: options.group }, drag: { x: true, y: false, setScale: true } },
    legend: { live: width > 420 },
    hooks: options.over ? { draw: [options.over] } : {},
  }
}
