import { VERDICT_RULES } from '../../diagnosis/rules.ts'
import type { Candidate } from '../../diagnosis/verdict.ts'
import { visibleJson } from '../../text/visible-json.ts'
import { type ByteWriter, type Piece, piece } from './byte-writer.ts'

const LIST = piece('[')
const LIST_END = piece(']')
const COMMA = piece(',')
const CANDIDATE_END = piece(']}')

/** What was written last at one place of the lists that one rule gives. */
class Place {
  #last: Candidate | null = null
  /** Whether the same list came again; some come twice by chance. */
  #isUsual = false
  /** The whole list as bytes, made when it came a third time. */
  #json: Piece | null = null
  /** The list up to its reasons, as bytes. */
  #head = piece('')

  write(candidate: Candidate, writer: ByteWriter): void {
    const last = this.#last
    const isKnown = last !== null && isSame(last, candidate)
    if (isKnown && this.#isUsual) {
      this.#json ??= piece(visibleJson(candidate))
      writer.put(this.#json)
      return
    }
    this.#isUsual = isKnown
    if (last?.verdict !== candidate.verdict || last.standing !== candidate.standing) this.#head = headOf(candidate)
    this.#last = candidate
    this.#json = null
    writer.put(this.#head)
    writeReasons(candidate.reasons, writer)
    writer.put(CANDIDATE_END)
  }
}

/** Writes lists of causes as JSON. A cause that says what the last one said at its rule's place is copied. */
export class CandidateBytes {
  readonly #places: Place[][] = VERDICT_RULES.map(() => [])
  readonly #writer: ByteWriter

  constructor(writer: ByteWriter) {
    this.#writer = writer
  }

  /** Writes the list that the rule of this index gave. */
  write(rule: number, list: readonly Candidate[]): void {
    const writer = this.#writer
    const places = this.#places[rule]!
    while (places.length < list.length) places.push(new Place())
    writer.put(LIST)
    for (let at = 0; at < list.length; at++) {
      if (at > 0) writer.put(COMMA)
      places[at]!.write(list[at]!, writer)
    }
    writer.put(LIST_END)
  }
}

const headOf = ({ verdict, standing }: Candidate): Piece =>
  piece(`{"verdict":"${verdict}","standing":"${standing}","reasons":[`)

function writeReasons(reasons: readonly string[], writer: ByteWriter): void {
  for (let at = 0; at < reasons.length; at++) {
    if (at > 0) writer.put(COMMA)
    writer.json(reasons[at]!)
  }
}

function isSame(one: Candidate, other: Candidate): boolean {
  if (one === other) return true
  if (one.verdict !== other.verdict || one.standing !== other.standing) return false
  if (one.reasons.length !== other.reasons.length) return false
  for (let at = 0; at < one.reasons.length; at++) if (one.reasons[at] !== other.reasons[at]) return false
  return true
}
