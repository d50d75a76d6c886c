import { el } from './element.ts'
import type { Selection } from './selection.ts'

const KEYS = [
  ['j, k', 'next, previous finding'],
  ['/', 'filter the packets'],
  ['g then s f l t p', 'go to summary, flow, listeners, time line, packets'],
  ['↑ ↓ PgUp PgDn Home End', 'move in a table or along the ladder'],
  ['Enter', 'keep what is pointed at'],
  ['Esc', 'let go'],
  ['d', 'dark or light'],
  ['?', 'this list'],
] as const

const PLACES: Readonly<Record<string, string>> = {
  s: 'summary',
  f: 'flow',
  l: 'listeners',
  t: 'timeline',
  p: 'packets',
}

/** What the keys do, in a dialog. */
export function keyHelp(): HTMLDialogElement {
  const list = el('dl', { class: 'keys' })
  for (const [key, what] of KEYS) list.append(el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, what)))
  const close = el('button', { type: 'submit' }, 'Close')
  return el(
    'dialog',
    { id: 'keys', 'aria-labelledby': 'keys-title' },
    el('form', { method: 'dialog' }, el('h2', { id: 'keys-title' }, 'Keys'), list, close),
  )
}

/** Listens for the page's keys; never while the reader types. */
export function listenForKeys(selection: Selection, help: HTMLDialogElement, search: (() => void) | null): void {
  let going = false
  addEventListener('keydown', (event) => {
    const target = event.target as Element
    if (event.key === 'Escape' && !help.open) selection.choose(null)
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, textarea, dialog')) return
    if (event.key === 'Enter' && target.closest('svg'))
      (target as SVGElement).dispatchEvent(new MouseEvent('click', { bubbles: true }))
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && target.closest('.ladder')) {
      event.preventDefault()
      along(target, event.key === 'ArrowDown')
    }
    if (going) {
      going = false
      const place = PLACES[event.key]
      if (place) location.hash = place
      return
    }
    if (event.key === 'g') going = true
    else if (event.key === '?') help.showModal()
    else if (event.key === 'd') document.getElementById('theme')?.click()
    else if (event.key === 'j' || event.key === 'k') turnFinding(event.key === 'j' ? 1 : -1)
    else if (event.key === '/' && search) {
      event.preventDefault()
      search()
    }
  })
}

function along(target: Element, down: boolean): void {
  const rung = target.closest('[tabindex]')
  const next = down ? rung?.nextElementSibling : rung?.previousElementSibling
  if (next instanceof SVGElement && next.hasAttribute('tabindex')) next.focus()
}

function turnFinding(by: number): void {
  const cards = document.querySelectorAll('article[id^="finding-"]').length
  if (cards === 0) return
  const now = Number(/^#finding-(\d+)$/.exec(location.hash)?.[1] ?? (by > 0 ? 0 : cards + 1))
  location.hash = `finding-${Math.max(1, Math.min(cards, now + by))}`
}
