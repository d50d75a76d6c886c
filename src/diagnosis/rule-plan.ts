import type { Case } from './case.ts'
import { suffice } from './fact.ts'
import type { FlowRule } from './rule.ts'
import { FLOW_RULES, VERDICT_RULES } from './rules.ts'
import type { Confidence } from './verdict.ts'

/** What is left to ask of a flow whose facts are known. */
export interface RulePlan {
  /** Rules to be asked, in their order; `index` is that in VERDICT_RULES. */
  readonly asked: readonly { readonly index: number; readonly holds: (judged: Case) => Confidence | null }[]
  /** Index of the rule that holds where none of them does, and how sure it is: the facts alone say so. */
  readonly otherwise: number
  readonly confidence: Confidence
  /** Rules that may tell something besides the verdict. */
  readonly flowRules: readonly FlowRule[]
}

/** Plans by facts. A million flows have a few dozen sets of facts among them. */
export class RulePlans {
  readonly #known = new Map<number, RulePlan>()

  /** The plan for flows with these facts. */
  of(facts: number): RulePlan {
    const known = this.#known.get(facts)
    if (known !== undefined) return known
    const plan = planFor(facts)
    this.#known.set(facts, plan)
    return plan
  }
}

function planFor(facts: number): RulePlan {
  const asked: { index: number; holds: (judged: Case) => Confidence | null }[] = []
  const flowRules = FLOW_RULES.filter(({ needs }) => suffice(facts, needs))
  for (const [index, { needs, holds }] of VERDICT_RULES.entries()) {
    if (!suffice(facts, needs)) continue
    if (typeof holds === 'string') return { asked, otherwise: index, confidence: holds, flowRules }
    asked.push({ index, holds })
  }
  throw new Error('no rule holds for every flow')
}
