import type { LineShape } from '../event.ts'

/** Different shapes that are counted; lines of further ones are counted together. */
const KEPT = 5000
const TOLD = 30
const SHAPE_LENGTH = 160
/** Lines up to here are all looked at; of the later ones every so many-th, for as many. */
const ALL_UP_TO = 200_000
const STRIDE = 50

const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/"[^"]{0,300}"|'[^']{0,300}'/g, '"…"'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\[?\b(?:\d{1,3}\.){3}\d{1,3}\b\]?(?::\d{1,5})?/g, '<address>'],
  [/(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}\b/gi, '<address>'],
  [/\b0x[0-9a-f]+\b|\b(?=[a-f]{0,30}\d)[0-9a-f]{8,64}\b/gi, '<hex>'],
  [/\d+(?:[.,]\d+)*/g, '#'],
]

/** The message with what changes from line to line folded. */
export function shapeOf(message: string): string {
  let shape = message.slice(0, 2 * SHAPE_LENGTH)
  for (const [pattern, replacement] of FOLDS) shape = shape.replace(pattern, replacement)
  return shape.slice(0, SHAPE_LENGTH)
}

/** Counts the shapes of lines in bounded memory. */
export class ShapeCounter {
  /** Lines of shapes that came after as many as are kept. */
  others = 0
  readonly #shapes = new Map<string, { count: number; line: number }>()

  /** True where this line is to be given to `add`. */
  wants(line: number): boolean {
    return line <= ALL_UP_TO || line % STRIDE === 0
  }

  /** The first line that is to be given to `add`, of those from this one on. */
  nextWanted(line: number): number {
    return line <= ALL_UP_TO ? line : Math.ceil(line / STRIDE) * STRIDE
  }

  /** Counts a line that is wanted. */
  add(shape: string, line: number): void {
    const weight = line <= ALL_UP_TO ? 1 : STRIDE
    const known = this.#shapes.get(shape)
    if (known !== undefined) known.count += weight
    else if (this.#shapes.size < KEPT) this.#shapes.set(shape, { count: weight, line })
    else this.others += weight
  }

  /** The most frequent shapes, those of earlier lines first among equals. */
  most(): LineShape[] {
    const all = [...this.#shapes].map(([shape, { count, line }]) => ({ shape, count, line }))
    return all.sort((a, b) => b.count - a.count || a.line - b.line).slice(0, TOLD)
  }
}
