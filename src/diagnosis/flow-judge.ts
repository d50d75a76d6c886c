import { checkpoint } from '../checkpoint.ts'
import type { FlowView } from '../flow/flow-view.ts'
import { ReadingAhead, STRETCH } from '../flow/reading-ahead.ts'
import type { Case } from './case.ts'
import { Fact } from './fact.ts'
import type { Findings } from './findings.ts'
import { type Judgements, kindOf } from './judgements.ts'
import type { FlowText } from './rule.ts'
import { type RulePlan, RulePlans } from './rule-plan.ts'
import { VERDICT_RULES } from './rules.ts'
import type { Verdict } from './verdict.ts'

/** Rules about late answers, and about none, look for a flow's oldest signals. */
const WALKED = Fact.LATE | Fact.UNANSWERED

/** Where judgements and findings go, and what rules look at. */
interface Desk {
  readonly judged: Case
  readonly judgements: Judgements
  readonly findings: Findings
  /** Flows that it lets through are judged; null for all. */
  readonly selected: ((flow: FlowView) => boolean) | null
}

/** Judges flows, a stretch of them at a time: most by their facts alone, so that their memory is not looked at. */
export class FlowJudge {
  readonly #desk: Desk
  /** By row: see `Fact`. */
  readonly #facts: Int32Array
  readonly #plans = new RulePlans()
  readonly #ahead: ReadingAhead
  /** For each flow of the stretch, what its facts leave to ask; null where no packet of it was seen. */
  readonly #planned: (RulePlan | null)[] = new Array<RulePlan | null>(STRETCH).fill(null)

  constructor(desk: Desk, facts: Int32Array) {
    this.#desk = desk
    this.#facts = facts
    this.#ahead = new ReadingAhead(desk.judged.flow.flows)
  }

  /** Judges them all, in order of rows: so their findings are listed. */
  judgeAll(): void {
    const rows = this.#facts.length
    for (let from = 0; from < rows; from += STRETCH) {
      const to = Math.min(from + STRETCH, rows)
      this.#plan(from, to)
      for (let row = from; row < to; row++) {
        checkpoint()
        this.#judge(row, this.#planned[row - from] ?? null)
      }
    }
  }

  /** Plans a stretch of flows, and touches the memory of those that are looked at. */
  #plan(from: number, to: number): void {
    const ahead = this.#ahead
    let read = 0
    let walked = 0
    for (let row = from; row < to; row++) {
      const facts = this.#facts[row]!
      const plan = (facts & Fact.SEEN) === 0 ? null : this.#plans.of(facts)
      this.#planned[row - from] = plan
      if (plan === null) continue
      if (this.#desk.selected === null && !plan.looks) continue
      ahead.read[read++] = row
      if ((facts & WALKED) !== 0 && plan.asked.length > 0) ahead.walked[walked++] = row
    }
    ahead.touch(read, walked)
  }

  #judge(row: number, plan: RulePlan | null): void {
    if (plan === null) return
    const { judged, judgements, selected } = this.#desk
    if (selected !== null && !selected(judged.at(row).flow)) return
    if (plan.looks) {
      this.#ask(row, plan)
      return
    }
    judgements.set(row, plan.kind)
    const { finding, verdict } = VERDICT_RULES[plan.otherwise]!
    if (finding !== undefined) this.#tell(row, finding, verdict)
  }

  #ask(row: number, plan: RulePlan): void {
    const { judged } = this.#desk
    const { verdict, finding } = this.#choose(judged.at(row), plan)
    for (const rule of plan.flowRules) if (rule.fires(judged, verdict)) this.#tell(row, rule, verdict)
    if (finding !== undefined) this.#tell(row, finding, verdict)
  }

  /** The first rule that holds, and how sure it is, are kept by row: a million flows are told of later. */
  #choose(judged: Case, { asked, otherwise, kind }: RulePlan) {
    const { judgements } = this.#desk
    const { row } = judged.flow
    for (const { index, holds } of asked) {
      const sure = holds(judged)
      if (sure === null) continue
      judgements.set(row, kindOf(index, sure))
      return VERDICT_RULES[index]!
    }
    judgements.set(row, kind)
    return VERDICT_RULES[otherwise]!
  }

  #tell(row: number, rule: FlowText, verdict: Verdict): void {
    const { judged, findings } = this.#desk
    if (findings.admits(rule)) findings.addOfFlow(rule, judged.at(row), verdict)
  }
}
