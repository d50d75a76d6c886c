import type { PacketSeries } from '../../packet-series.ts'
import { span } from '../clock.ts'
import { count, cut, el, svg } from '../element.ts'
import { onWidth } from '../figure.ts'
import { frameRef, lineRef, type Model } from '../model.ts'
import { analysisText, endText, flagText, infoText } from '../packet-text.ts'
import type { TimelineRow } from '../payload.ts'
import { heightOf, layRungs, type Rung } from './ladder-layout.ts'

const TOP = 46
/** Below this width the log lines stand between the lifelines instead of beside them. */
const WIDE = 720
const CHARACTER = 6.7

export interface LadderPart {
  readonly series: PacketSeries
  readonly rows: readonly number[]
  readonly lines: readonly TimelineRow[]
  /** Frames that decide: drawn stronger. */
  readonly deciding: ReadonlySet<number>
}

interface Frame {
  readonly model: Model
  readonly part: LadderPart
  readonly width: number
  readonly left: number
  readonly right: number
  readonly lane: number
  readonly rungs: readonly Rung[]
}

/** The packets of a flow between two lifelines, log lines in a lane of their own, one clock for both. */
export function ladder(model: Model, part: LadderPart): HTMLElement {
  const box = el('div', { class: 'ladder' })
  onWidth(box, (width) => box.replaceChildren(draw(model, part, width)))
  return box
}

function draw(model: Model, part: LadderPart, width: number): SVGElement {
  const wide = width >= WIDE
  const logs = part.lines.length > 0
  const left = wide ? 128 : 74
  const lane = wide && logs ? Math.round(width * 0.6) : width - 10
  const right = wide ? (logs ? lane - 60 : width - 60) : width - 34
  const rungs = layRungs(part.series, part.rows, part.lines, TOP + 22)
  const frame: Frame = { model, part, width, left, right, lane, rungs }
  const height = (rungs.at(-1)?.y ?? TOP) + 30
  const name = `Ladder of stream ${part.series.stream}: ${count(part.rows.length, 'packet')}, ${count(part.lines.length, 'log line')}`
  const picture = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': name })
  picture.append(...lifelines(frame, height, wide))
  for (const rung of rungs) picture.append(rung.line ? logRung(frame, rung, rung.line) : packetRung(frame, rung))
  return picture
}

function lifelines({ part, left, right, lane, width }: Frame, height: number, wide: boolean): SVGElement[] {
  const { client, server } = part.series
  const room = Math.floor((right - left) / 2 / CHARACTER)
  const heads = [
    svg('text', { x: left, y: 16, class: 'end-role' }, 'client'),
    svg('text', { x: left, y: 32, class: 'end-name' }, cut(wide ? endText(client) : `:${client.port}`, room)),
    svg('text', { x: right, y: 16, class: 'end-role end' }, 'server'),
    svg('text', { x: right, y: 32, class: 'end-name end' }, cut(wide ? endText(server) : `:${server.port}`, room)),
    svg('path', { d: `M${left} ${TOP - 6}V${height - 8}M${right} ${TOP - 6}V${height - 8}`, class: 'lifeline' }),
  ]
  if (part.lines.length > 0) {
    heads.push(svg('path', { d: `M${lane} ${TOP - 6}V${height - 8}`, class: 'log-lane' }))
    if (wide) heads.push(svg('text', { x: lane + 12, y: 32, class: 'end-role' }, 'log, on the same clock'))
  }
  if (wide) heads.push(svg('text', { x: 0, y: 32, class: 'end-role' }, 'time'))
  heads.push(svg('path', { d: `M0 ${TOP - 6}H${width}`, class: 'rule' }))
  return heads
}

function timeText(frame: Frame, rung: Rung): SVGElement[] {
  const wide = frame.width >= WIDE
  const time = frame.model.clock.ofDay(rung.time, wide ? undefined : 3)
  const parts = [svg('text', { x: 0, y: rung.y + 4, class: 'time' }, wide ? time.slice(0, 15) : time.slice(3))]
  if (rung.gap >= 100e6) parts.push(svg('text', { x: 0, y: rung.y - 12, class: 'gap' }, `+${span(rung.gap)}`))
  return parts
}

function packetRung(frame: Frame, rung: Rung): SVGElement {
  const { model, part, left, right } = frame
  const { series } = part
  const { columns } = series
  const row = rung.packet
  const client = columns.side[row] === 0
  const number = columns.frame[row]!
  const notes = analysisText(model.payload.analysisNames, columns.analysis[row]!)
  const classes = ['packet', client ? 'from-client' : 'from-server']
  if (part.deciding.has(number)) classes.push('deciding')
  if (notes.some((note) => note.includes('retransmission'))) classes.push('again')
  if (columns.flags[row]! & 4) classes.push('reset')
  const from = client ? left : right
  const to = client ? right : left
  const tip = client ? -7 : 7
  const group = svg('g', {
    class: classes.join(' '),
    'data-ref': frameRef(series.capture, number),
    tabindex: 0,
    role: 'link',
    'aria-label': `Frame ${number}: ${infoText(series, row, model.payload.analysisNames)}`,
  })
  group.append(
    svg('rect', { x: 0, y: rung.y - 15, width: frame.width, height: 28, class: 'hit' }),
    ...timeText(frame, rung),
    svg('path', { d: `M${from} ${rung.y}H${to + tip / 2}`, class: 'arrow' }),
    svg('path', { d: `M${to} ${rung.y}l${tip} -4.5v9z`, class: 'tip' }),
    svg('text', { x: (left + right) / 2, y: rung.y - 5, class: 'label' }, label(frame, row, notes)),
    svg(
      'text',
      { x: client ? left - 6 : right + 6, y: rung.y + 4, class: client ? 'number end' : 'number' },
      `#${number}`,
    ),
  )
  return group
}

function label({ part, left, right }: Frame, row: number, notes: readonly string[]): string {
  const { columns } = part.series
  const payload = columns.payload[row]!
  const flags = flagText(columns.flags[row]!)
  const parts = payload > 0 ? [`${payload} B`, `seq ${columns.seq[row]}`] : [flags]
  if (payload === 0 && columns.flags[row]! & 16 && !(columns.flags[row]! & 6))
    parts.push(`ack ${columns.ack[row]}`, `win ${columns.window[row]}`)
  if (payload > 0 && right - left > 260) parts.unshift(flags)
  if (notes.length > 0) parts.push(notes.join(', '))
  return cut(parts.join(' · '), Math.max(8, Math.floor((right - left - 24) / CHARACTER)))
}

/** A diamond at its time; the bar is where the line may lie, given its stamp and its clock. */
function logRung(frame: Frame, rung: Rung, line: TimelineRow): SVGElement {
  const { lane, width, rungs, left } = frame
  const wide = width >= WIDE
  const top = heightOf(rungs, rung.time - line.uncertainty)
  const bottom = heightOf(rungs, rung.time + line.uncertainty)
  const group = svg('g', {
    class: 'log',
    'data-ref': lineRef(line.log!, line.line!),
    tabindex: 0,
    role: 'link',
    'aria-label': `Log line ${line.line}: ${line.text}`,
  })
  const x = wide ? lane + 12 : left + 8
  const room = Math.floor((wide ? width - x : lane - x - 10) / CHARACTER)
  group.append(
    svg('rect', {
      x: wide ? 0 : left + 2,
      y: rung.y - 13,
      width: wide ? width : lane - left - 10,
      height: 26,
      class: 'hit',
    }),
    ...timeText(frame, rung),
    svg('path', { d: `M${lane} ${Math.min(top, rung.y - 7)}V${Math.max(bottom, rung.y + 7)}`, class: 'uncertainty' }),
    svg('path', { d: `M${lane} ${rung.y - 5}l5 5l-5 5l-5 -5z`, class: 'diamond' }),
    svg('text', { x, y: rung.y + 4, class: 'log-text' }, cut(line.text, Math.max(6, room))),
    svg('title', {}, `line ${line.line}, ±${span(line.uncertainty)}: ${line.text}`),
  )
  return group
}
