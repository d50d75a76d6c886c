import { el } from './element.ts'

/** Links to the page's sections; the one in sight is marked. */
export function navigation(sections: readonly HTMLElement[]): HTMLElement {
  const list = el('ul')
  const links = new Map<Element, HTMLElement>()
  for (const section of sections) {
    const title = section.id === 'summary' ? 'Summary' : (section.querySelector('h2')?.textContent ?? section.id)
    const link = el('a', { href: `#${section.id}` }, title)
    links.set(section, link)
    list.append(el('li', {}, link))
  }
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue
        for (const link of links.values()) link.removeAttribute('aria-current')
        links.get(entry.target)?.setAttribute('aria-current', 'true')
      }
    },
    { rootMargin: '-20% 0px -70% 0px' },
  )
  for (const section of sections) seen.observe(section)
  return el('nav', { id: 'sections', 'aria-label': 'Sections' }, list)
}
