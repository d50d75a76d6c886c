import { formatDuration } from '../../../text/duration.ts'
import type { SlotSpan } from '../../details.ts'
import { el, section, svg } from '../element.ts'
import { figure, legend, onWidth } from '../figure.ts'
import { lineRef, type Model } from '../model.ts'

const LANE = 24

/** Who held each slot of the process's socket table, over time. */
export function slots(model: Model): HTMLElement | null {
  const spans = model.payload.slots
  if (spans.length === 0) return null
  const box = el('div', { class: 'slots' })
  onWidth(box, (width) => box.replaceChildren(draw(model, spans, width)))
  const key = legend([
    { shape: 'bar', color: 'log', text: 'held' },
    { shape: 'hollow', color: 'error', text: 'overwritten by the next: its socket is lost' },
  ])
  return section(
    'slots',
    'Socket table',
    'Who held each slot of the process’s table, as its log tells it. Entries that begin before the one above them ended took the same slot.',
    key,
    figure('Slots over time', 'Each bar is a socket; click it to see its log line.', box),
  )
}

/** Left of the bars: a slot's name. Right of them: that of the last socket. */
const MARGIN = { left: 70, right: 130 } as const

function draw(model: Model, spans: readonly SlotSpan[], width: number): SVGElement {
  const from = Math.min(...spans.map((one) => one.from))
  const to = Math.max(from + 1e6, ...spans.map((one) => one.to ?? one.from))
  const right = width - MARGIN.right
  const x = (time: number): number => MARGIN.left + ((time - from) / (to - from)) * (right - MARGIN.left)
  const ordered = [...spans].sort((a, b) => a.slot - b.slot || a.from - b.from)
  const height = 20 + ordered.length * LANE
  const picture = svg('svg', {
    width,
    height: height + 24,
    viewBox: `0 0 ${width} ${height + 24}`,
    role: 'group',
    'aria-label': 'Slots of the socket table over time',
  })
  for (const [index, one] of ordered.entries()) {
    const y = 10 + index * LANE
    if (one.slot !== ordered[index - 1]?.slot)
      picture.append(
        svg('path', { d: `M0 ${y - 3}H${width}`, class: 'rule' }),
        svg('text', { x: 0, y: y + 13, class: 'end-name' }, `slot ${one.slot}`),
      )
    picture.append(bar(model, one, x(one.from), x(one.to ?? to), y))
  }
  picture.append(
    svg('path', { d: `M${MARGIN.left} ${height}H${right}`, class: 'rule' }),
    svg('text', { x: MARGIN.left, y: height + 17, class: 'time' }, model.clock.ofDay(from).slice(0, 15)),
    svg('text', { x: right, y: height + 17, class: 'time end' }, `+${formatDuration(to - from)}`),
  )
  return picture
}

/** One socket's time in its slot. */
function bar(model: Model, one: SlotSpan, from: number, to: number, y: number): SVGElement {
  const held = one.to === null ? '' : ` for ${formatDuration(one.to - one.from)}`
  const told = `${one.label}, from ${model.clock.ofDay(one.from)}${held}${one.overwritten ? ', overwritten' : ''}`
  return svg(
    'g',
    {
      class: one.overwritten ? 'slot lost' : 'slot',
      tabindex: 0,
      role: 'link',
      'aria-label': told,
      'data-ref': one.lines.length > 0 ? lineRef(one.log, one.lines[0]!) : null,
    },
    svg('rect', { x: from, y: y + 2, width: Math.max(6, to - from), height: LANE - 10, rx: 2 }),
    svg('text', { x: Math.max(from + 6, to) + 6, y: y + 13, class: 'log-text' }, one.label),
    svg('title', {}, told),
  )
}
