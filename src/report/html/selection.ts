import type { Ref } from './model.ts'

type Listener = (ref: Ref | null) => void

/** What the reader points at, and what they chose. Every view marks its parts that carry the same `data-ref`. */
export class Selection {
  readonly #chosen: Listener[] = []
  #current: Ref | null = null
  #related: (ref: Ref) => readonly Ref[]

  constructor(related: (ref: Ref) => readonly Ref[]) {
    this.#related = related
    document.addEventListener('pointerover', (event) => this.#point(refUnder(event.target)))
    document.addEventListener('focusin', (event) => this.#point(refUnder(event.target)))
    document.addEventListener('click', (event) => {
      const ref = refUnder(event.target)
      if (ref !== null && !(event.target as Element).closest('[data-keep]')) this.choose(ref)
    })
  }

  get current(): Ref | null {
    return this.#current
  }

  onChoose(listener: Listener): void {
    this.#chosen.push(listener)
  }

  choose(ref: Ref | null): void {
    this.#current = ref
    this.mark()
    for (const listener of this.#chosen) listener(ref)
  }

  /** Marks the parts that are on the page now; a virtual table calls it when it has drawn new rows. */
  mark(root: ParentNode = document): void {
    toggle(root, 'chosen', this.#current === null ? [] : [this.#current])
    toggle(root, 'related', this.#current === null ? [] : this.#related(this.#current))
  }

  #point(ref: Ref | null): void {
    toggle(document, 'pointed', ref === null ? [] : [ref, ...this.#related(ref)])
  }
}

const refUnder = (target: EventTarget | null): Ref | null =>
  target instanceof Element ? ((target.closest('[data-ref]')?.getAttribute('data-ref') ?? null) as Ref | null) : null

function toggle(root: ParentNode, name: string, refs: readonly Ref[]): void {
  for (const element of root.querySelectorAll(`.${name}`)) element.classList.remove(name)
  for (const ref of refs)
    for (const element of root.querySelectorAll(`[data-ref="${ref}"]`)) element.classList.add(name)
}
