import type { Case } from './case.ts'
import { VERDICT_RULES } from './rules.ts'
import type { Candidate, Confidence, Judgement, Verdict } from './verdict.ts'

const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'suspected']

/** By rule: what is left where it names no candidates. One array each, so that a report can tell them apart by identity. */
const ITSELF_ALONE: readonly (readonly Candidate[])[] = VERDICT_RULES.map(({ verdict }) => [
  { verdict, standing: 'supported', reasons: [] },
])

/** The same for rules that name some. */
const NAMED = VERDICT_RULES.map(({ candidates }) => candidates)

/** Which rule each flow was judged by, and how sure it was: two bytes a flow. */
export class Judgements {
  /** Index into VERDICT_RULES + 1 by row; 0 for a flow that was not judged. */
  readonly #rules: Uint8Array
  /** Index into CONFIDENCES by row. */
  readonly #confidences: Uint8Array
  /** Flows that were judged. */
  count = 0

  constructor(rows: number) {
    this.#rules = new Uint8Array(rows)
    this.#confidences = new Uint8Array(rows)
  }

  get rows(): number {
    return this.#rules.length
  }

  /** Keeps how a flow was judged. */
  set(row: number, rule: number, confidence: Confidence): void {
    this.#rules[row] = rule + 1
    this.#confidences[row] = CONFIDENCES.indexOf(confidence)
    this.count++
  }

  has(row: number): boolean {
    return this.#rules[row] !== 0
  }

  /** Index into VERDICT_RULES; a flow that was not judged is undecided. */
  rule(row: number): number {
    const kept = this.#rules[row]!
    return kept === 0 ? VERDICT_RULES.length - 1 : kept - 1
  }

  verdict(row: number): Verdict {
    return VERDICT_RULES[this.rule(row)]!.verdict
  }

  confidence(row: number): Confidence {
    return this.#rules[row] === 0 ? 'suspected' : CONFIDENCES[this.#confidences[row]!]!
  }

  /** A small number, equal for flows that the same rule judged, as surely. */
  kind(row: number): number {
    return this.#rules[row]! * CONFIDENCES.length + this.#confidences[row]!
  }

  /** What may be behind the flow that the case is on. The same array again where it is no more than the verdict. */
  candidates(judged: Case): readonly Candidate[] {
    const rule = this.rule(judged.flow.row)
    return NAMED[rule]?.(judged) ?? ITSELF_ALONE[rule]!
  }

  /** All of it. */
  of(judged: Case): Judgement {
    const { row } = judged.flow
    return { verdict: this.verdict(row), confidence: this.confidence(row), candidates: this.candidates(judged) }
  }
}
