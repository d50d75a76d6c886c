import { formatDuration } from '../../../text/duration.ts'
import { formatBytes } from '../../../text/quantity.ts'
import type { PacketSeries } from '../../packet-series.ts'
import { cut, svg } from '../element.ts'
import { figure, onWidth } from '../figure.ts'
import type { Model } from '../model.ts'
import { progress } from './flow-math.ts'

const HEIGHT = 146
/** Room for the words above and below the curves, which may run anywhere between. */
const BOTTOM = 24
const TOP = 26

/** Points of a staircase: seconds and bytes. */
type Steps = readonly (readonly [seconds: number, bytes: number])[]

/** The case in one picture: what the server's kernel took, against what its process gave. */
export function exchange(model: Model): HTMLElement | null {
  const series = model.leadSeries
  if (series === null || series.gapAt >= 0) return null
  const taken = progress(series, 0, 0)
  const steps: Steps = taken.x.flatMap((x, row) =>
    taken.ack[row] === null ? [] : [[x, Math.max(0, taken.ack[row]! - 1)] as const],
  )
  const given = sentByServer(series)
  const total = steps.at(-1)?.[1] ?? 0
  if (total === 0) return null
  const box = figure(
    `${formatBytes(total)} acknowledged by the server’s kernel, ${formatBytes(given.at(-1)?.[1] ?? 0)} sent by its process`,
    `Stream ${series.stream}, over ${formatDuration((taken.x.at(-1) ?? 0) * 1e9)}.`,
  )
  const holder = box.appendChild(document.createElement('div'))
  onWidth(holder, (width) => holder.replaceChildren(draw(steps, given, taken.x.at(-1) ?? 0, width)))
  return box
}

function sentByServer({ columns }: PacketSeries): Steps {
  const start = columns.time[0] ?? 0
  let sent = 0
  return columns.time.map((time, row) => {
    if (columns.side[row] === 1 && columns.payload[row]! > 0)
      sent = Math.max(sent, columns.seq[row]! + columns.payload[row]! - 1)
    return [(time - start) / 1e9, sent] as const
  })
}

function draw(taken: Steps, given: Steps, seconds: number, width: number): SVGElement {
  const most = Math.max(taken.at(-1)![1], given.at(-1)?.[1] ?? 0)
  const x = (value: number): number => 1 + (value / Math.max(seconds, 1e-9)) * (width - 2)
  const y = (value: number): number => HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP)
  const base = y(0)
  const path = (steps: Steps): string => {
    const [first, ...rest] = steps
    const parts = rest.map(([at, bytes]) => `H${x(at).toFixed(1)}V${y(bytes).toFixed(1)}`)
    return `M${x(first![0]).toFixed(1)} ${y(first![1]).toFixed(1)}${parts.join('')}H${x(seconds).toFixed(1)}`
  }
  const room = Math.floor(width / 7)
  return svg(
    'svg',
    {
      width,
      height: HEIGHT,
      viewBox: `0 0 ${width} ${HEIGHT}`,
      role: 'img',
      'aria-label': 'Bytes acknowledged and bytes sent by the server over time',
      class: 'exchange',
    },
    svg('path', { d: `${path(taken)}V${base}H${x(taken[0]![0])}Z`, class: 'taken-area' }),
    svg('path', { d: path(taken), class: 'taken' }),
    svg('path', { d: path(given), class: 'given' }),
    svg('text', { x: 8, y: TOP - 12, class: 'taken-text' }, cut('▲ acknowledged by the server’s kernel', room)),
    svg('text', { x: 8, y: HEIGHT - 6, class: 'given-text' }, cut('▬ sent by the server’s process', room)),
  )
}
