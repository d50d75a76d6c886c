import type { Listener } from '../../../diagnosis/listeners/listener.ts'
import { count, svg } from '../element.ts'
import type { Model } from '../model.ts'
import { axis, type Life, onset } from './life-axis.ts'

const HEIGHT = 110
/** Above the columns: what the highest of them stands for. */
const HEAD = 20
const LEFT = 8
/** Pixels left and right of the columns. */
const SIDES = 24
const LEAST_COLUMNS = 10
const COLUMN = 7

/** How many connections a column of time saw begin. */
interface Starts {
  served: number
  unserved: number
}

/** Connections too many for a bar each: how many began over time, those that were not served on top. */
export function counts(model: Model, lives: readonly Life[], listener: Listener, width: number): SVGElement {
  const { x, parts } = axis(model, lives, width, HEIGHT)
  const all = startsOf(lives, (life) => (x(life.start) - LEFT) / (width - SIDES), width)
  const top = Math.max(...all.map(({ served, unserved }) => served + unserved))
  const picture = svg('svg', {
    width,
    height: HEIGHT + 24,
    viewBox: `0 0 ${width} ${HEIGHT + 24}`,
    role: 'img',
    'aria-label': `Connections to port ${listener.port} started over time, at most ${top} at once`,
  })
  const scale = (HEIGHT - HEAD) / top
  const column = (width - SIDES) / all.length
  all.forEach(({ served, unserved }, at) => {
    const x = LEFT + at * column
    const y = HEIGHT - served * scale
    const width = column - 1
    if (served > 0) picture.append(block('served', { x, y, width, height: served * scale }, `${served} served`))
    if (unserved === 0) return
    const height = unserved * scale
    picture.append(block('unserved', { x, y: y - height, width, height }, `${unserved} not served`))
  })
  picture.append(
    svg('text', { x: LEFT, y: 11, class: 'time' }, `up to ${count(top, 'start')} in one column`),
    ...parts,
    ...onset(x, listener, lives, HEIGHT),
  )
  return picture
}

/** By column; a place is from 0 to 1. */
function startsOf(lives: readonly Life[], placeOf: (life: Life) => number, width: number): Starts[] {
  const columns = Math.max(LEAST_COLUMNS, Math.floor((width - SIDES) / COLUMN))
  const all = Array.from({ length: columns }, () => ({ served: 0, unserved: 0 }))
  for (const life of lives) all[Math.min(columns - 1, Math.floor(placeOf(life) * columns))]![of(life)]++
  return all
}

const of = ({ served }: Life): keyof Starts => (served ? 'served' : 'unserved')

const block = (name: keyof Starts, place: Record<string, number>, told: string): SVGElement =>
  svg('g', { class: name }, svg('rect', place, svg('title', {}, told)))
