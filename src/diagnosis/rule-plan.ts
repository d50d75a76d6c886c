import type { Case } from './case.ts'
import { suffice } from './fact.ts'
import { kindOf } from './judgements.ts'
import type { FlowRule } from './rule.ts'
import { FLOW_RULES, VERDICT_RULES } from './rules.ts'
import type { Confidence } from './verdict.ts'

/** A rule that is to be asked; `index` is that in VERDICT_RULES. */
interface Asked {
  readonly index: number
  readonly holds: (judged: Case) => Confidence | null
}

/** What is left to ask of a flow whose facts are known. */
export interface RulePlan {
  /** Rules to be asked, in their order. */
  readonly asked: readonly Asked[]
  /** Index of the rule that holds where none of them does: the facts alone say so. */
  readonly otherwise: number
  /** That rule with how sure it is, as judgements are kept. */
  readonly kind: number
  /** Rules that may tell something besides the verdict. */
  readonly flowRules: readonly FlowRule[]
  /** Whether any of them looks at the flow. */
  readonly looks: boolean
}

/** Plans by facts. A million flows have a few dozen sets of facts among them. */
export class RulePlans {
  readonly #known = new Map<number, RulePlan>()
  /** The last one: mostly the next flow's. */
  #facts = Number.NaN
  #last: RulePlan | null = null

  /** The plan for flows with these facts. */
  of(facts: number): RulePlan {
    if (this.#last !== null && facts === this.#facts) return this.#last
    let plan = this.#known.get(facts)
    if (plan === undefined) {
      plan = planFor(facts)
      this.#known.set(facts, plan)
    }
    this.#facts = facts
    this.#last = plan
    return plan
  }
}

function planFor(facts: number): RulePlan {
  const asked: Asked[] = []
  const flowRules = FLOW_RULES.filter(({ needs }) => suffice(facts, needs))
  for (const [index, { needs, certain = [], holds }] of VERDICT_RULES.entries()) {
    if (!suffice(facts, needs)) continue
    if (typeof holds !== 'string' && !suffice(facts, certain)) {
      asked.push({ index, holds })
      continue
    }
    const kind = kindOf(index, typeof holds === 'string' ? holds : 'certain')
    return { asked, otherwise: index, kind, flowRules, looks: asked.length + flowRules.length > 0 }
  }
  throw new Error('no rule holds for every flow')
}
