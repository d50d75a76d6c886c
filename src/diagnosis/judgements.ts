import type { Case } from './case.ts'
import { VERDICT_RULES } from './rules.ts'
import type { Candidate, Confidence, Judgement, Verdict } from './verdict.ts'

const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'suspected']

/** By rule; the verdict itself where it names none. */
const CANDIDATES = VERDICT_RULES.map(
  ({ verdict, candidates }) => candidates ?? [{ verdict, standing: 'supported' as const, reasons: [] }],
)

/** A small number above 0, equal for flows that the same rule judged, as surely. `rule` is an index into VERDICT_RULES. */
export const kindOf = (rule: number, confidence: Confidence): number =>
  1 + rule * CONFIDENCES.length + CONFIDENCES.indexOf(confidence)

/** Which rule each flow was judged by, and how sure it was: a byte a flow. */
export class Judgements {
  /** By row, as {@link kindOf} has it; 0 for a flow that was not judged. */
  readonly kinds: Uint8Array
  /** Flows that were judged. */
  count = 0

  constructor(rows: number) {
    this.kinds = new Uint8Array(rows)
  }

  get rows(): number {
    return this.kinds.length
  }

  /** Keeps how a flow was judged. */
  set(row: number, kind: number): void {
    this.kinds[row] = kind
    this.count++
  }

  has(row: number): boolean {
    return this.kinds[row] !== 0
  }

  /** Index into VERDICT_RULES; a flow that was not judged is undecided. */
  rule(row: number): number {
    const kind = this.kinds[row]!
    return kind === 0 ? VERDICT_RULES.length - 1 : Math.floor((kind - 1) / CONFIDENCES.length)
  }

  verdict(row: number): Verdict {
    return VERDICT_RULES[this.rule(row)]!.verdict
  }

  confidence(row: number): Confidence {
    const kind = this.kinds[row]!
    return kind === 0 ? 'suspected' : CONFIDENCES[(kind - 1) % CONFIDENCES.length]!
  }

  /** What may be behind the flow that the case is on. The same array again where a rule gives no other. */
  candidates(judged: Case): readonly Candidate[] {
    const candidates = CANDIDATES[this.rule(judged.flow.row)]!
    return typeof candidates === 'function' ? candidates(judged) : candidates
  }

  /** All of it. */
  of(judged: Case): Judgement {
    const { row } = judged.flow
    return { verdict: this.verdict(row), confidence: this.confidence(row), candidates: this.candidates(judged) }
  }
}
