import type { JudgedConnections } from '../../diagnosis/judged-connections.ts'
import { VERDICT_RULES } from '../../diagnosis/rules.ts'
import { Line } from '../../engine/memory-map.ts'
import { visibleJson } from '../../text/visible-json.ts'
import { judgedText } from './connection-bytes.ts'
import type { LineTexts } from './line-texts.ts'

/** How flows of one kind are told: all alike, or by their variants. */
type Manners = number | Map<number, number>

/** How the judgement of each connection is told in its line: numbers of manners, made when they are first needed. */
export class LineManners {
  readonly #connections: JudgedConnections
  readonly #texts: LineTexts
  /** By kind of the judgement. */
  readonly #ofKind: Manners[] = []

  constructor(connections: JudgedConnections, texts: LineTexts) {
    this.#connections = connections
    this.#texts = texts
  }

  /** How the flow in a row is written: a manner's number, or one of `Line`. */
  of(row: number): number {
    const { judgements } = this.#connections
    const kind = judgements.kinds[row]!
    if (kind === 0) return Line.NONE
    this.#ofKind[kind] ??= this.#begin(row)
    const manners = this.#ofKind[kind]
    return typeof manners === 'number' ? manners : this.#variantOf(row, manners)
  }

  #begin(row: number): Manners {
    const { candidates, variant, times } = VERDICT_RULES[this.#connections.judgements.rule(row)]!
    if (variant !== undefined) return new Map()
    return typeof candidates === 'function' && times === undefined ? Line.LEFT : this.#add(row)
  }

  #variantOf(row: number, manners: Map<number, number>): number {
    const { judged, judgements } = this.#connections
    const variant = VERDICT_RULES[judgements.rule(row)]!.variant!(judged.at(row))
    if (variant < 0) return Line.LEFT
    const known = manners.get(variant)
    if (known !== undefined) return known
    const added = this.#add(row)
    manners.set(variant, added)
    return added
  }

  #add(row: number): number {
    const { judged, judgements } = this.#connections
    const { flow } = judged.at(row)
    const list = visibleJson(judgements.candidates(judged))
    const text = `${judgedText(judgements.verdict(row), judgements.confidence(row))}${list}`
    const times = VERDICT_RULES[judgements.rule(row)]!.times?.(flow)
    if (times === undefined) return this.#texts.addManner(text, null)
    const at = text.indexOf(times)
    return this.#texts.addManner(text.slice(0, at), text.slice(at + times.length))
  }
}
