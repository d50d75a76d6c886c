import { LOG_RULES } from '../correlation/log-rules.ts'
import type { RuleText } from '../diagnosis/rule.ts'
import { RULES } from '../diagnosis/rules.ts'

/** A rule as `noaccept rules` lists it, with what it looks at. */
export interface ListedRule extends RuleText {
  readonly reads: 'packets' | 'logs'
}

/** Every rule that can find something: those on packets, then those on logs, each in the order of the report. */
export const RULE_TEXTS: readonly ListedRule[] = [
  ...RULES.map((rule) => listed(rule, 'packets')),
  ...LOG_RULES.map((rule) => listed(rule, 'logs')),
]

/** Only what is told: a rule carries its functions too. */
function listed(rule: RuleText, reads: ListedRule['reads']): ListedRule {
  const { id, title, severity, meaning, lookAlikes, nextSteps, reference } = rule
  return { id, title, severity, reads, meaning, lookAlikes, nextSteps, reference }
}

const BY_ID: ReadonlyMap<string, ListedRule> = new Map(RULE_TEXTS.map((rule) => [rule.id, rule]))

/** The rule of that id; undefined for one that a plug-in or a later version brought. */
export const ruleText = (id: string): ListedRule | undefined => BY_ID.get(id)
