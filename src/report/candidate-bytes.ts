import type { Candidate } from '../diagnosis/verdict.ts'
import { visibleJson } from '../text/visible-json.ts'
import { type ByteWriter, type Piece, piece } from './byte-writer.ts'

const LIST = piece('[')
const LIST_END = piece(']')
const COMMA = piece(',')
const VERDICT = piece('{"verdict":"')
const STANDING = piece('","standing":"')
const REASONS = piece('","reasons":[')
const CANDIDATE_END = piece(']}')

/** What was written last of the lists that one rule gives. */
interface Last {
  list: readonly Candidate[]
  /** Made when the same list came again. */
  json: Piece | null
}

/** Writes lists of causes as JSON. One that says what the last one of its rule said is copied. */
export class CandidateBytes {
  readonly #last: (Last | undefined)[] = []
  readonly #writer: ByteWriter

  constructor(writer: ByteWriter) {
    this.#writer = writer
  }

  /** Writes the list that the rule of this index gave. */
  write(rule: number, list: readonly Candidate[]): void {
    const last = this.#last[rule]
    if (last !== undefined && isSame(last.list, list)) {
      last.json ??= piece(visibleJson(list))
      this.#writer.put(last.json)
      return
    }
    if (last === undefined) this.#last[rule] = { list, json: null }
    else {
      last.list = list
      last.json = null
    }
    this.#list(list)
  }

  #list(list: readonly Candidate[]): void {
    const writer = this.#writer
    writer.put(LIST)
    for (let at = 0; at < list.length; at++) {
      const { verdict, standing, reasons } = list[at]!
      if (at > 0) writer.put(COMMA)
      writer.put(VERDICT)
      writer.text(verdict)
      writer.put(STANDING)
      writer.text(standing)
      writer.put(REASONS)
      for (let n = 0; n < reasons.length; n++) {
        if (n > 0) writer.put(COMMA)
        writer.json(reasons[n]!)
      }
      writer.put(CANDIDATE_END)
    }
    writer.put(LIST_END)
  }
}

function isSame(one: readonly Candidate[], other: readonly Candidate[]): boolean {
  if (one === other) return true
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) {
    const a = one[at]!
    const b = other[at]!
    if (a.verdict !== b.verdict || a.standing !== b.standing || a.reasons.length !== b.reasons.length) return false
    for (let n = 0; n < a.reasons.length; n++) if (a.reasons[n] !== b.reasons[n]) return false
  }
  return true
}
