import type { Evidence, Severity } from '../diagnosis/finding.ts'
import type { RuleText } from '../diagnosis/rule.ts'
import type { Confidence } from '../diagnosis/verdict.ts'
import type { Scene } from './scene.ts'

/** What a rule found, to be completed with the rule's own texts. */
export interface LogFinding {
  readonly confidence: Confidence
  /** One sentence that stands alone. */
  readonly title: string
  readonly stream: number | null
  readonly log: number | null
  readonly evidence: readonly [Evidence, ...Evidence[]]
  /** Overrides the rule's severity where the case is milder. */
  readonly severity?: Severity
}

/** One thing that logs, alone or beside the packets, can show. Keeps nothing between scenes. */
export interface LogRule extends RuleText {
  readonly examine: (scene: Scene) => Iterable<LogFinding>
}
