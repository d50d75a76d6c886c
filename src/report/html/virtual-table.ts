import { count, el, grouped } from './element.ts'
import type { Ref } from './model.ts'

export interface Column {
  readonly title: string
  /** A CSS grid track. */
  readonly width: string
  readonly numeric?: boolean
  readonly text: (row: number) => string
  /** Sorts by this; the text where it is absent. */
  readonly value?: (row: number) => number | string
  readonly className?: (row: number) => string
}

export interface TableOptions {
  readonly label: string
  readonly columns: readonly Column[]
  readonly rows: number
  /** What one row is called in the line above the table. */
  readonly noun: string
  readonly ref: (row: number) => Ref | null
  readonly matches: (row: number, query: string) => boolean
  readonly placeholder: string
  readonly drawn: (body: HTMLElement) => void
  readonly chosen?: (row: number) => void
}

const ROW_HEIGHT = 28
const OVERSCAN = 6
/** Rows that a printed page shows. */
const PRINTED = 200

/** A table that keeps only the rows in sight in the document, so that 100 000 of them scroll like 100. */
export class VirtualTable {
  readonly element: HTMLElement
  readonly filter: HTMLInputElement
  readonly #options: TableOptions
  readonly #scroller: HTMLElement
  readonly #canvas: HTMLElement
  readonly #status: HTMLElement
  readonly #heads: HTMLElement[] = []
  /** Rows in the order they are shown. */
  #order: Int32Array
  #sorted: { column: number; down: boolean } | null = null
  #active = -1
  #printing = false

  constructor(options: TableOptions) {
    this.#options = options
    this.#order = identity(options.rows)
    this.filter = el('input', {
      type: 'search',
      placeholder: options.placeholder,
      'aria-label': `Filter ${options.label}`,
      spellcheck: 'false',
    })
    this.#status = el('span', { class: 'table-status', role: 'status' })
    this.#canvas = el('div', { class: 'vt-canvas', role: 'rowgroup' })
    const head = el('div', { class: 'vt-head vt-row', role: 'row' })
    head.append(...options.columns.map((column, index) => this.#head(column, index)))
    this.#scroller = el(
      'div',
      { class: 'vt-scroll', tabindex: 0, role: 'grid', 'aria-label': options.label, 'aria-rowcount': options.rows },
      el('div', { role: 'rowgroup', class: 'vt-headgroup' }, head),
      this.#canvas,
    )
    head.style.gridTemplateColumns = this.#tracks
    this.element = el(
      'div',
      { class: 'vt' },
      el('div', { class: 'vt-tools' }, this.filter, this.#status),
      this.#scroller,
    )
    this.#listen()
    this.#refresh()
  }

  get #tracks(): string {
    return this.#options.columns.map((column) => column.width).join(' ')
  }

  #head(column: Column, index: number): HTMLElement {
    const button = el('button', { type: 'button', class: column.numeric ? 'numeric' : '' }, column.title)
    const cell = el('div', { role: 'columnheader', 'aria-sort': 'none' }, button)
    button.addEventListener('click', () => {
      const down = this.#sorted?.column === index && !this.#sorted.down
      this.#sorted = { column: index, down }
      this.#refresh()
    })
    this.#heads.push(cell)
    return cell
  }

  #listen(): void {
    let waiting = 0
    this.filter.addEventListener('input', () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => this.#refresh(), 120)
    })
    let drawing = false
    this.#scroller.addEventListener('scroll', () => {
      if (drawing) return
      drawing = true
      requestAnimationFrame(() => {
        drawing = false
        this.#draw()
      })
    })
    new ResizeObserver(() => this.#draw()).observe(this.#scroller)
    this.#scroller.addEventListener('keydown', (event) => this.#key(event))
    this.#canvas.addEventListener('click', (event) => {
      const shown = (event.target as Element).closest('[data-at]')?.getAttribute('data-at')
      if (shown !== null && shown !== undefined) this.#activate(Number(shown), false)
    })
    addEventListener('beforeprint', () => this.#print(true))
    addEventListener('afterprint', () => this.#print(false))
  }

  #print(printing: boolean): void {
    this.#printing = printing
    this.#draw()
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.#scroller) return
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / ROW_HEIGHT) - 2)
    const moves: Record<string, number> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: this.#order.length - 1,
    }
    const to = moves[event.key]
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.#activate(Math.max(0, Math.min(this.#order.length - 1, to)), true)
  }

  #activate(shown: number, click: boolean): void {
    this.#active = shown
    this.#reveal(shown)
    const element = this.#canvas.querySelector<HTMLElement>(`[data-at="${shown}"]`)
    if (element) this.#scroller.setAttribute('aria-activedescendant', element.id)
    this.#options.chosen?.(this.#order[shown]!)
    if (click) element?.click()
  }

  #reveal(shown: number): void {
    const top = shown * ROW_HEIGHT
    const view = this.#scroller.clientHeight - ROW_HEIGHT
    if (top < this.#scroller.scrollTop) this.#scroller.scrollTop = top
    else if (top + ROW_HEIGHT > this.#scroller.scrollTop + view) this.#scroller.scrollTop = top + ROW_HEIGHT - view
    this.#draw()
  }

  /** Brings a row into sight and makes it the active one; false where the filter hides it. */
  show(row: number): boolean {
    const shown = this.#order.indexOf(row)
    if (shown < 0) return false
    this.#active = shown
    this.#scroller.scrollTop = Math.max(0, shown * ROW_HEIGHT - this.#scroller.clientHeight / 2)
    this.#draw()
    return true
  }

  /** Sets the filter and applies it at once. */
  search(query: string): void {
    this.filter.value = query
    this.#refresh()
  }

  #refresh(): void {
    const { rows, columns, matches, noun } = this.#options
    const query = this.filter.value.trim().toLowerCase()
    const kept = identity(rows).filter((row) => query === '' || matches(row, query))
    const sorted = this.#sorted
    if (sorted) sort(kept, columns[sorted.column]!, sorted.down)
    for (const [index, head] of this.#heads.entries())
      head.setAttribute('aria-sort', sorted?.column !== index ? 'none' : sorted.down ? 'descending' : 'ascending')
    this.#order = kept
    this.#active = -1
    this.#status.textContent =
      kept.length === rows ? count(rows, noun) : `${grouped(kept.length)} of ${count(rows, noun)}`
    this.#canvas.style.height = `${kept.length * ROW_HEIGHT}px`
    this.#scroller.scrollTop = 0
    this.#draw()
  }

  #draw(): void {
    const visible = Math.ceil((this.#scroller.clientHeight || 400) / ROW_HEIGHT)
    const first = this.#printing ? 0 : Math.max(0, Math.floor(this.#scroller.scrollTop / ROW_HEIGHT) - OVERSCAN)
    const last = Math.min(this.#order.length, this.#printing ? PRINTED : first + visible + 2 * OVERSCAN)
    const rows: HTMLElement[] = []
    for (let shown = first; shown < last; shown++) rows.push(this.#row(shown))
    this.#canvas.replaceChildren(...rows)
    if (this.#printing) this.#canvas.style.height = `${last * ROW_HEIGHT}px`
    else this.#canvas.style.height = `${this.#order.length * ROW_HEIGHT}px`
    this.#options.drawn(this.#canvas)
  }

  #row(shown: number): HTMLElement {
    const row = this.#order[shown]!
    const element = el('div', {
      class: `vt-row${shown === this.#active ? ' active' : ''}${shown % 2 ? ' odd' : ''}`,
      role: 'row',
      id: `${this.#options.noun}-row-${shown}`,
      'aria-rowindex': shown + 1,
      'data-at': shown,
      'data-ref': this.#options.ref(row),
    })
    element.style.transform = `translateY(${shown * ROW_HEIGHT}px)`
    element.style.gridTemplateColumns = this.#tracks
    for (const column of this.#options.columns) {
      const text = column.text(row)
      const name = `${column.numeric ? 'numeric ' : ''}${column.className?.(row) ?? ''}`.trim()
      element.append(
        el('div', { role: 'gridcell', class: name === '' ? null : name, title: text.length > 18 ? text : null }, text),
      )
    }
    return element
  }
}

function identity(length: number): Int32Array {
  const order = new Int32Array(length)
  for (let row = 0; row < length; row++) order[row] = row
  return order
}

/** Stable: rows that are equal in the column keep the order of the file. */
function sort(rows: Int32Array, column: Column, down: boolean): void {
  const value = column.value ?? column.text
  const keys = new Map<number, number | string>()
  for (const row of rows) keys.set(row, value(row))
  const sign = down ? -1 : 1
  rows.sort((a, b) => {
    const x = keys.get(a)!
    const y = keys.get(b)!
    return x < y ? -sign : x > y ? sign : a - b
  })
}
