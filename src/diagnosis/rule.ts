import type { Case } from './case.ts'
import type { Drain } from './drain.ts'
import type { Evidence, LadderRow, Severity } from './finding.ts'
import type { Trust } from './trust.ts'
import type { Candidate, Confidence, Verdict } from './verdict.ts'

/** What `noaccept explain` and the documentation tell of a rule, whatever it looks at. */
export interface RuleText {
  /** As in findings, in `explain` and as the name of its page. */
  readonly id: string
  readonly title: string
  readonly severity: Severity
  /** What it means when it fires. */
  readonly meaning: string
  /** What else looks like it, and what tells the two apart. */
  readonly lookAlikes: readonly string[]
  /** What to run or look for next. */
  readonly nextSteps: readonly string[]
  /** The standard, measurement or source that it rests on. */
  readonly reference: string
}

/** What a rule has to say of one flow. */
export interface Observation {
  /** One sentence that stands alone. */
  readonly title: string
  readonly explanation: string
  readonly evidence: readonly Evidence[]
  readonly confidence: Confidence
  /** The rule's own where it is absent. */
  readonly severity?: Severity
  readonly nextSteps?: readonly string[]
  readonly ladder?: readonly LadderRow[]
  readonly drain?: Drain
}

/**
 * A verdict, as a rule: when it holds, what else remains, and what there is to tell. Reads flows and signals, never
 * packets; keeps nothing between flows.
 */
export interface VerdictRule {
  readonly verdict: Verdict
  /** Facts without which it never holds, in sets of which one suffices: other flows are not asked about. See `Fact`. */
  readonly needs: readonly number[]
  /**
   * How sure it is; null where it does not hold. A constant where the facts that it needs are all that it takes. The
   * first rule of the registry that holds gives the verdict.
   */
  readonly holds: Confidence | ((judged: Case) => Confidence | null)
  /** The causes that fit, each with its standing. */
  readonly candidates?: (judged: Case) => readonly Candidate[]
  /** Absent where there is nothing to tell of it. */
  readonly finding?: RuleText & { readonly tell: (judged: Case) => Observation }
}

/** A rule that tells something of a flow besides its verdict. */
export interface FlowRule extends RuleText {
  /** Facts without which it never fires, in sets of which one suffices. See `Fact`. */
  readonly needs: readonly number[]
  /** Whether it fires: enough to know where a report has its fill of such findings and they are only counted. */
  readonly fires: (judged: Case, verdict: Verdict) => boolean
  /** What there is to tell where it fires. */
  readonly tell: (judged: Case, verdict: Verdict) => Observation
}

/** A rule about all connections of one address and port. */
export interface ListenerRule extends RuleText {
  /** Null where it does not fire. `judged` is on the listener's first flow. */
  readonly examine: (judged: Case, verdicts: ListenerVerdicts) => Observation | null
}

/** How a listener's connections were judged. */
export interface ListenerVerdicts {
  /** Verdict of each of the listener's `rows`, in their order. */
  readonly of: readonly Verdict[]
}

/** A rule about the captures themselves: what they cannot show, everything else rests on. */
export interface CaptureRule extends RuleText {
  /** Null where it does not fire. */
  readonly examine: (trust: Trust) => Observation | null
}
