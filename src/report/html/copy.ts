import { el } from './element.ts'

/** A command or filter with a button that copies it. */
export function copyable(text: string, what: string): HTMLElement {
  const status = el('span', { class: 'copied', 'aria-live': 'polite' })
  const button = el('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${what}` }, 'Copy')
  button.addEventListener('click', () => {
    void write(text).then((done) => {
      status.textContent = done ? 'Copied' : 'Select it and press Ctrl+C'
      setTimeout(() => (status.textContent = ''), 2500)
    })
  })
  return el('span', { class: 'copyable' }, el('code', {}, text), button, status)
}

/** The clipboard needs a secure context; from disk in some browsers only the old way works. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = el('textarea', { class: 'offscreen', 'aria-hidden': 'true' })
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
