import { type Child, el, svg } from './element.ts'

/** A picture with its title above and how to read it below. */
export const figure = (title: string, reading: string, ...children: readonly Child[]): HTMLElement =>
  el(
    'figure',
    {},
    el('figcaption', {}, el('strong', {}, title), el('span', { class: 'reading' }, reading)),
    ...children,
  )

/** A key to shapes and lines: never colour alone. */
export function legend(
  entries: readonly {
    readonly shape: 'line' | 'dash' | 'bar' | 'hollow' | 'mark'
    readonly color: string
    readonly text: string
  }[],
): HTMLElement {
  const list = el('ul', { class: 'legend' })
  for (const { shape, color, text } of entries) {
    const paint = `paint-${color}`
    const picture = svg('svg', { width: 22, height: 12, 'aria-hidden': 'true', class: paint })
    if (shape === 'line' || shape === 'dash')
      picture.append(
        svg('path', {
          d: 'M1 6H21',
          class: 'stroke',
          'stroke-width': 2,
          'stroke-dasharray': shape === 'dash' ? '4 3' : null,
        }),
      )
    else if (shape === 'mark') picture.append(svg('path', { d: 'M11 1L16 6L11 11L6 6Z', class: 'fill' }))
    else
      picture.append(
        svg('rect', { x: 2, y: 3, width: 18, height: 6, class: shape === 'bar' ? 'fill' : 'stroke hollow' }),
      )
    list.append(el('li', {}, picture, text))
  }
  return list
}

/** Draws again when the element gets another width; the first time once it is on the page. */
export function onWidth(element: HTMLElement, draw: (width: number) => void): void {
  let drawn = 0
  new ResizeObserver(() => {
    const width = Math.floor(element.clientWidth)
    if (width === 0 || width === drawn) return
    drawn = width
    draw(width)
  }).observe(element)
}

/** Round tick values that cover a range, about `wanted` of them. */
export function ticks(from: number, to: number, wanted: number): number[] {
  const range = to - from
  if (!(range > 0)) return [from]
  const raw = range / Math.max(1, wanted)
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw) ?? raw
  const values: number[] = []
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) values.push(value)
  return values
}
