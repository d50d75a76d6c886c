import type { Listener } from '../../../diagnosis/listeners/listener.ts'
import { formatDuration } from '../../../text/duration.ts'
import { svg } from '../element.ts'
import type { Model } from '../model.ts'
import { axis, type Life, onset } from './life-axis.ts'

const BAR = 9

/** A bar for each connection, those at the same time below each other. */
export function bars(model: Model, lives: readonly Life[], listener: Listener, width: number): SVGElement {
  if (lives.length === 0) return svg('svg', { width, height: 4 })
  const rows = lanes(lives)
  const top = 18
  const height = top + (Math.max(...rows) + 1) * (BAR + 4)
  const { x, parts } = axis(model, lives, width, height)
  const picture = svg('svg', {
    width,
    height: height + 24,
    viewBox: `0 0 ${width} ${height + 24}`,
    role: 'group',
    'aria-label': `Connections to port ${listener.port} over time`,
  })
  lives.forEach((one, index) => {
    const text = `stream ${one.stream}: ${one.verdict}, ${formatDuration(one.end - one.start)}`
    const link = svg('a', {
      href: `#flow-${one.stream}`,
      'data-flow': `${one.capture}-${one.stream}`,
      'aria-label': text,
      class: one.served ? 'served' : 'unserved',
    })
    link.append(
      svg('rect', {
        x: x(one.start),
        y: top + rows[index]! * (BAR + 4),
        width: Math.max(4, x(one.end) - x(one.start)),
        height: BAR,
        rx: 2,
      }),
      svg('title', {}, text),
    )
    picture.append(link)
  })
  picture.append(...parts, ...onset(x, listener, lives, height))
  return picture
}

/** The topmost line that is free at a connection's start. */
function lanes(lives: readonly Life[]): number[] {
  const free: number[] = []
  return lives.map((one) => {
    const lane = free.findIndex((until) => until < one.start)
    const at = lane < 0 ? free.length : lane
    free[at] = one.end
    return at
  })
}
