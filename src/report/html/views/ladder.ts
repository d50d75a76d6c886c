import type { Endpoint } from '../../../diagnosis/connection.ts'
import { formatEndpoint } from '../../../text/address.ts'
import { formatDuration } from '../../../text/duration.ts'
import type { TimelineRow } from '../../details.ts'
import { count, cut, el, svg } from '../element.ts'
import { onWidth } from '../figure.ts'
import { lineRef, type Model } from '../model.ts'
import { baseName } from '../references.ts'
import { heightOf, type LadderPacket, layRungs, type Rung } from './ladder-layout.ts'

const TOP = 46
/** Below this width the log lines stand between the lifelines instead of beside them, and times give way to gaps. */
const WIDE = 720
const CHARACTER = 6.7
/** Lifelines further apart than this are hard to follow. */
const WIDEST = 640
/** A pause that is named. */
const NAMED_GAP = 100e6

export interface LadderPart {
  readonly name: string
  readonly client: Endpoint
  readonly server: Endpoint
  readonly packets: readonly LadderPacket[]
  readonly lines: readonly TimelineRow[]
}

interface Frame {
  readonly model: Model
  readonly part: LadderPart
  readonly width: number
  readonly wide: boolean
  readonly left: number
  readonly right: number
  /** Where the log's lane is. */
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
  const last = Math.max(0, ...part.packets.map((packet) => packet.frame))
  const number = (String(last).length + 1) * CHARACTER + 12
  const left = wide ? 100 + number : Math.max(52, number)
  const lane = wide && logs ? Math.round(width * 0.62) : width - 8
  const right = wide && logs ? lane - number - 16 : Math.min(left + WIDEST, width - number - (logs ? 16 : 4))
  const rungs = layRungs(part.packets, part.lines, TOP + 22)
  const frame: Frame = { model, part, width, wide, left, right, lane, rungs }
  const bottom = rungs.at(-1)
  const height = (bottom?.y ?? TOP) + (bottom?.packet?.note ? 34 : 24)
  const name = `Ladder of ${part.name}: ${count(part.packets.length, 'packet')}, ${count(part.lines.length, 'log line')}`
  const picture = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': name })
  picture.append(...lifelines(frame, height))
  for (const rung of rungs)
    picture.append(rung.line ? logRung(frame, rung, rung.line) : packetRung(frame, rung, rung.packet!))
  return picture
}

function lifelines({ part, left, right, lane, width, wide }: Frame, height: number): SVGElement[] {
  const { client, server } = part
  const room = Math.floor((right - left) / 2 / CHARACTER) - 1
  const end = (one: Endpoint): string => cut(wide ? formatEndpoint(one) : `:${one.port}`, room)
  const heads = [
    svg('text', { x: left, y: 16, class: 'end-role' }, 'client'),
    svg('text', { x: left, y: 32, class: 'end-name' }, end(client)),
    svg('text', { x: right, y: 16, class: 'end-role end' }, 'server'),
    svg('text', { x: right, y: 32, class: 'end-name end' }, end(server)),
    svg('path', { d: `M${left} ${TOP - 6}V${height - 6}M${right} ${TOP - 6}V${height - 6}`, class: 'lifeline' }),
    svg('path', { d: `M0 ${TOP - 6}H${width}`, class: 'rule' }),
  ]
  if (part.lines.length > 0) heads.push(svg('path', { d: `M${lane} ${TOP - 6}V${height - 6}`, class: 'log-lane' }))
  if (part.lines.length > 0 && wide)
    heads.push(svg('text', { x: lane + 12, y: 32, class: 'end-role' }, 'log, on the same clock'))
  return heads
}

function timeText({ model, wide }: Frame, rung: Rung): SVGElement[] {
  const parts: SVGElement[] = []
  if (wide) parts.push(svg('text', { x: 0, y: rung.y + 4, class: 'time' }, model.clock.ofDay(rung.time).slice(0, 15)))
  if (rung.gap >= NAMED_GAP)
    parts.push(svg('text', { x: 0, y: rung.y - 12, class: 'gap' }, `+${formatDuration(rung.gap)}`))
  return parts
}

function packetRung(frame: Frame, rung: Rung, packet: LadderPacket): SVGElement {
  const { left, right, width, wide } = frame
  const { y } = rung
  const sender = packet.side === null ? 'several' : packet.side === 0 ? 'from-client' : 'from-server'
  const group = svg('g', {
    class: ['packet', sender, ...packet.look].join(' '),
    'data-ref': packet.ref,
    tabindex: 0,
    role: 'link',
    'aria-label': `Frame ${packet.frame}: ${packet.description}`,
  })
  const room = Math.max(8, Math.floor((right - left - 24) / CHARACTER))
  const middle = (left + right) / 2
  const text = cut(packet.caption.length <= room ? packet.caption : packet.short, room)
  group.append(
    svg('rect', { x: 0, y: y - 16, width, height: packet.note ? 36 : 26, class: 'hit' }),
    ...timeText(frame, rung),
  )
  if (packet.side === null) {
    group.append(svg('text', { x: middle, y: y + 4, class: 'caption' }, text))
    return group
  }
  const client = packet.side === 0
  const [from, to, tip] = client ? [left, right, -7] : [right, left, 7]
  group.append(
    svg('path', { d: `M${from} ${y}H${to + tip / 2}`, class: 'arrow' }),
    svg('path', { d: `M${to} ${y}l${tip} -4.5v9z`, class: 'tip' }),
    svg('text', { x: middle, y: y - 5, class: 'caption' }, text),
    svg(
      'text',
      { x: client ? left - 6 : right + 6, y: y + 4, class: client ? 'number end' : 'number' },
      `#${packet.frame}`,
    ),
  )
  if (packet.note !== null) group.append(svg('text', { x: middle, y: y + 14, class: 'note' }, cut(packet.note, room)))
  if (!wide) group.append(svg('title', {}, frame.model.clock.ofDay(packet.time)))
  return group
}

/** A diamond at its time; the bar is where the line may lie, given its stamp and its clock. */
function logRung(frame: Frame, rung: Rung, line: TimelineRow): SVGElement {
  const { model, lane, width, wide, rungs, left } = frame
  const ref = lineRef(line.log!, line.line!)
  const file = model.payload.logs.length > 1 ? `${baseName(model.payload.logs[line.log!]?.path ?? 'log')}: ` : ''
  const top = heightOf(rungs, rung.time - line.uncertainty)
  const bottom = heightOf(rungs, rung.time + line.uncertainty)
  const x = wide ? lane + 12 : left + 8
  const room = Math.floor((wide ? width - x : lane - x - 10) / CHARACTER)
  return svg(
    'g',
    {
      class: model.isNamed(ref) ? 'log deciding' : 'log',
      'data-ref': ref,
      tabindex: 0,
      role: 'link',
      'aria-label': `Log line ${line.line}: ${line.text}`,
    },
    svg('rect', {
      x: wide ? 0 : left + 2,
      y: rung.y - 13,
      width: wide ? width : Math.max(0, lane - left - 10),
      height: 26,
      class: 'hit',
    }),
    ...timeText(frame, rung),
    svg('path', { d: `M${lane} ${Math.min(top, rung.y - 7)}V${Math.max(bottom, rung.y + 7)}`, class: 'uncertainty' }),
    svg('path', { d: `M${lane} ${rung.y - 5}l5 5l-5 5l-5 -5z`, class: 'diamond' }),
    svg('text', { x, y: rung.y + 4, class: 'log-text' }, cut(file + line.text, Math.max(6, room))),
    svg('title', {}, `line ${line.line}, ±${formatDuration(line.uncertainty)}: ${line.text}`),
  )
}
