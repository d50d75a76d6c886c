import type { Listener } from '../../../diagnosis/listeners/listener.ts'
import { formatDuration } from '../../../text/duration.ts'
import { svg } from '../element.ts'
import { ticks } from '../figure.ts'
import type { Model } from '../model.ts'

/** A connection on its listener's line of time. Times are nanoseconds from the run's zero. */
export interface Life {
  readonly stream: number
  readonly capture: number
  readonly start: number
  readonly end: number
  readonly served: boolean
  readonly verdict: string
}

/** Seconds to pixels, with the axis drawn below. */
export function axis(
  model: Model,
  lives: readonly Life[],
  width: number,
  y: number,
): { x: (time: number) => number; parts: SVGElement[] } {
  const from = Math.min(...lives.map((life) => life.start))
  const to = Math.max(from + 1e6, ...lives.map((life) => life.end))
  const x = (time: number): number => 8 + ((time - from) / (to - from)) * (width - 24)
  const parts: SVGElement[] = [svg('path', { d: `M8 ${y}H${width - 16}`, class: 'rule' })]
  for (const value of ticks(0, to - from, Math.max(2, width / 160))) {
    const at = x(from + value)
    const last = at > width - 60
    parts.push(
      svg('path', { d: `M${at} ${y}v5`, class: 'rule' }),
      svg(
        'text',
        { x: at, y: y + 18, class: last ? 'time end' : 'time' },
        value === 0 ? model.clock.ofDay(from).slice(0, 12) : `+${formatDuration(value)}`,
      ),
    )
  }
  return { x, parts }
}

/** Where a listener served for the last time, if connections came after that. */
export function onset(
  x: (time: number) => number,
  listener: Listener,
  lives: readonly Life[],
  height: number,
): SVGElement[] {
  const last = listener.lastServedTime
  if (last === null || !lives.some((life) => !life.served && life.start > last)) return []
  const at = x(last)
  return [
    svg('path', { d: `M${at} 0V${height}`, class: 'onset' }),
    svg('text', { x: at + 5, y: 11, class: 'onset-text' }, 'last served'),
  ]
}
