import { el } from './element.ts'

const KEY = 'noaccept-theme'
type Theme = 'light' | 'dark'

const stored = (): string | null => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null // some browsers give a page from disk no storage
  }
}

const systemDark = matchMedia('(prefers-color-scheme: dark)')
const shown = (): Theme =>
  (document.documentElement.dataset['theme'] as Theme | undefined) ?? (systemDark.matches ? 'dark' : 'light')

/** The button that turns light to dark and back. `changed` redraws what has no style sheet: the canvases. */
export function themeButton(changed: () => void): HTMLElement {
  const wanted = stored()
  if (wanted === 'light' || wanted === 'dark') document.documentElement.dataset['theme'] = wanted
  const button = el('button', { type: 'button', class: 'quiet', id: 'theme' })
  const label = () => {
    const other = shown() === 'dark' ? 'light' : 'dark'
    button.textContent = other === 'dark' ? '◐ Dark' : '◑ Light'
    button.setAttribute('aria-label', `Use the ${other} theme`)
  }
  button.addEventListener('click', () => {
    const theme: Theme = shown() === 'dark' ? 'light' : 'dark'
    document.documentElement.dataset['theme'] = theme
    try {
      localStorage.setItem(KEY, theme)
    } catch {
      // the choice then lasts as long as the page
    }
    label()
    changed()
  })
  systemDark.addEventListener('change', () => {
    label()
    changed()
  })
  label()
  return button
}

/** Paper is light: canvases are drawn for it, and back afterwards. */
export function lightOnPaper(changed: () => void): void {
  let before: string | undefined
  addEventListener('beforeprint', () => {
    before = document.documentElement.dataset['theme']
    document.documentElement.dataset['theme'] = 'light'
    changed()
  })
  addEventListener('afterprint', () => {
    if (before === undefined) delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = before
    changed()
  })
}

/** The computed value of a colour variable: a canvas does not know `var()`. */
export function color(name: string): string {
  const probe = el('span')
  probe.style.color = `var(--${name})`
  document.body.append(probe)
  const value = getComputedStyle(probe).color
  probe.remove()
  return value
}
