import type { Case } from './case.ts'
import type { Drain } from './evidence/drain.ts'
import type { Evidence, Finding, LadderRow, Severity } from './finding.ts'
import type { Judgements } from './judgements.ts'
import type { FlowText, Telling } from './rule.ts'
import type { Confidence } from './verdict.ts'

/** Asks rules what there is to tell of flows, on a case of its own: who reads findings may be on another flow. */
export class Teller {
  readonly #judged: Case
  readonly #judgements: Judgements
  /** What was told last, and of what: a finding is read field by field. */
  #of: LateFinding | null = null
  #told: Telling | null = null

  constructor(judged: Case, judgements: Judgements) {
    this.#judged = judged
    this.#judgements = judgements
  }

  /** What the rule has to tell of the finding's flow. */
  tell(finding: LateFinding, rule: FlowText, row: number): Telling {
    if (this.#told === null || this.#of !== finding) {
      this.#of = finding
      this.#told = rule.tell(this.#judged.at(row), this.#judgements.verdict(row))
    }
    return this.#told
  }

  /** A display filter for a flow. */
  filter(row: number): string {
    return this.#judged.at(row).filter
  }
}

/**
 * A finding about a flow that is told anew whenever it is read: a thousand of them, with what they tell, took as much memory
 * as everything else after the scan. Its fields are its own, as those of any finding, so that a copy has them.
 */
export class LateFinding implements Finding {
  readonly rule: string
  readonly severity: Severity
  readonly confidence: Confidence
  declare readonly title: string
  declare readonly explanation: string
  readonly stream: number
  readonly listener = null
  readonly log = null
  declare readonly evidence: readonly Evidence[]
  declare readonly nextSteps: readonly string[]
  declare readonly filter: string
  declare readonly ladder?: readonly LadderRow[]
  declare readonly drain?: Drain
  readonly #teller: Teller
  readonly #rule: FlowText

  constructor(teller: Teller, rule: FlowText, row: number, severity: Severity, confidence: Confidence) {
    this.#teller = teller
    this.#rule = rule
    this.rule = rule.id
    this.severity = severity
    this.confidence = confidence
    this.stream = row
    Object.defineProperties(this, LateFinding.#TOLD)
  }

  /** Shown by Node.js as what it tells, not as `[Getter]`. */
  [Symbol.for('nodejs.util.inspect.custom')](): Finding {
    return { ...this }
  }

  get #told(): Telling {
    return this.#teller.tell(this, this.#rule, this.stream)
  }

  static readonly #TOLD = {
    title: told((finding) => finding.#told.title),
    explanation: told((finding) => finding.#told.explanation),
    evidence: told((finding) => finding.#told.evidence.flat()),
    nextSteps: told((finding) => finding.#told.nextSteps ?? finding.#rule.nextSteps),
    filter: told((finding) => finding.#teller.filter(finding.stream)),
    ladder: told((finding) => finding.#told.ladder),
    drain: told((finding) => finding.#told.drain),
  }
}

function told(read: (finding: LateFinding) => unknown): PropertyDescriptor & ThisType<LateFinding> {
  return {
    enumerable: true,
    get() {
      return read(this)
    },
  }
}
