import type { FlowView } from '../flow/flow-view.ts'
import type { Case } from './case.ts'
import type { Drain } from './evidence/drain.ts'
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

/** What every finding tells. */
interface Told {
  /** One sentence that stands alone. */
  readonly title: string
  readonly explanation: string
  /** What was seen in several captures is told of each. */
  readonly evidence: readonly (Evidence | readonly Evidence[])[]
  /** The rule's own where they are absent. */
  readonly nextSteps?: readonly string[]
}

/** What a rule has to tell of one flow. */
export interface Telling extends Told {
  readonly ladder?: readonly LadderRow[]
  readonly drain?: Drain
}

/** What a rule has to tell of a listener or of captures, and how sure it is. */
export interface Observation extends Told {
  readonly confidence: Confidence
}

/**
 * A rule that tells something of a flow. How sure and how severe it is, is asked while flows are judged; what there is to
 * tell, when somebody reads the finding.
 */
export interface FlowText extends RuleText {
  readonly confidence: Confidence | ((judged: Case, verdict: Verdict) => Confidence)
  /** Absent where it is the same for all flows. */
  readonly severityOf?: (judged: Case) => Severity
  readonly tell: (judged: Case, verdict: Verdict) => Telling
}

/**
 * A verdict, as a rule: when it holds, what else remains, and what there is to tell. Reads flows and signals, never
 * packets; keeps nothing between flows.
 */
export interface VerdictRule {
  readonly verdict: Verdict
  /** Facts without which it never holds, in sets of which one suffices: other flows are not asked about. See `Fact`. */
  readonly needs: readonly number[]
  /** Sets of facts, likewise, with one of which it holds for certain: flows that have it are not asked about either. */
  readonly certain?: readonly number[]
  /**
   * How sure it is; null where it does not hold. A constant where the facts that it needs are all that it takes. The
   * first rule of the registry that holds gives the verdict.
   */
  readonly holds: Confidence | ((judged: Case) => Confidence | null)
  /** The causes that fit, each with its standing: a list where they are the same for all flows. */
  readonly candidates?: readonly Candidate[] | ((judged: Case) => readonly Candidate[])
  /**
   * Equal numbers for flows of a run whose candidates say the same, -1 for one that is not worth comparing: a report tells
   * of each variant once and copies it. Absent where nearly each flow has its own.
   */
  readonly variant?: (judged: Case) => number
  /** The one reason in which candidates differ, where it tells of response times: a report need not make it as a text. */
  readonly times?: (flow: FlowView) => string
  /** Absent where there is nothing to tell of it. */
  readonly finding?: FlowText
}

/** A rule that tells something of a flow besides its verdict. */
export interface FlowRule extends FlowText {
  /** Facts without which it never fires, in sets of which one suffices. See `Fact`. */
  readonly needs: readonly number[]
  /** Whether it fires: enough to know where a report has its fill of such findings and they are only counted. */
  readonly fires: (judged: Case, verdict: Verdict) => boolean
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
