/** What may stand inside an element. Strings become text nodes: nothing from a capture or a log is ever parsed as markup. */
export type Child = Node | string | number | null | undefined | false
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>

const SVG = 'http://www.w3.org/2000/svg'

function fill<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    element.setAttribute(name, value === true ? '' : String(value))
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue
    element.append(typeof child === 'number' ? String(child) : child)
  }
  return element
}

/** An HTML element. The content security policy forbids `style` attributes: use a class or `element.style`. */
export const el = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => fill(document.createElement(tag), attributes, children)

/** An SVG element. */
export const svg = <K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] => fill(document.createElementNS(SVG, tag) as SVGElementTagNameMap[K], attributes, children)

/** A section of the page with its heading; the id is what the navigation and permanent links name. */
export function section(id: string, title: string, intro: string | null, ...children: readonly Child[]): HTMLElement {
  const heading = el('h2', { id: `${id}-title` }, title)
  return el(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    heading,
    intro === null ? null : el('p', { class: 'intro' }, intro),
    ...children,
  )
}

/** Cuts with an ellipsis, at a whole code point. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const points = [...text.slice(0, length)]
  return `${points.slice(0, -1).join('')}…`
}

/** `1 packet`, `2 packets`, with thousands set apart. */
export const count = (number: number, noun: string): string =>
  `${grouped(number)} ${noun}${number === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`

/** Digits in groups of three, by narrow no-break spaces. */
export const grouped = (number: number): string =>
  Math.abs(number) < 10_000 ? String(number) : String(number).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')
