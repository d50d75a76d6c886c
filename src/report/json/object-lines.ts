import { visibleJson } from '../../text/visible-json.ts'
import type { ByteWriter, Piece } from './byte-writer.ts'

/** What stands before the first of many objects and between two: each is written from behind its `{`. */
export interface Around {
  readonly first: Piece
  readonly next: Piece
}

/** Objects of which `next` moves to each in turn, false behind the last, and `write` writes the one that it is on. */
export interface ObjectWriter {
  next(): boolean
  write(): void
}

/** Writes objects, handing out the writer's bytes whenever enough are written. Returns whether there was one. */
export function* objectLines(
  writer: ByteWriter,
  objects: ObjectWriter,
  { first, next }: Around,
): Generator<Uint8Array, boolean> {
  let opening = first
  while (objects.next()) {
    writer.put(opening)
    opening = next
    objects.write()
    if (writer.isFull) yield writer.take()
  }
  return opening === next
}

/** Objects that are made one by one. */
export class MadeObjects<T> implements ObjectWriter {
  readonly #writer: ByteWriter
  readonly #items: Iterator<T>
  readonly #json: (item: T) => object
  #text = ''

  constructor(writer: ByteWriter, items: Iterable<T>, json: (item: T) => object) {
    this.#writer = writer
    this.#items = items[Symbol.iterator]()
    this.#json = json
  }

  next(): boolean {
    const { done, value } = this.#items.next()
    if (done === true) return false
    this.#text = visibleJson(this.#json(value)).slice(1)
    return true
  }

  write(): void {
    this.#writer.text(this.#text)
  }
}
