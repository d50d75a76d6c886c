import type { Case } from './case.ts'
import { type Finding, SEVERITIES, type Severity } from './finding.ts'
import { LateFinding, type Teller } from './late-finding.ts'
import type { FlowText, Observation, RuleText } from './rule.ts'
import type { Confidence, Verdict } from './verdict.ts'

/** Findings of one rule that are kept; more are counted. A report with more of one kind tells nothing more. */
const MOST_OF_A_RULE = 1000

const NONE: readonly number[] = []

/** Gathers findings, bounded by rule, and puts them in the order of the report. */
export class Findings {
  readonly #teller: Teller
  readonly #list: Finding[] = []
  /** For each rule, in the order in which they first found something. */
  readonly #counts = new Map<string, { count: number }>()
  readonly #ofStream = new Map<number, number[]>()
  /** 1 in the row of a flow that has a finding: nearly all questions are about flows that have none. */
  readonly #told: Uint8Array
  readonly #ofListener = new Map<number, number[]>()

  constructor(teller: Teller, rows: number) {
    this.#teller = teller
    this.#told = new Uint8Array(rows)
  }

  /** Counts a finding of a rule; false where there are enough of them. */
  admits({ id }: RuleText): boolean {
    const tally = this.#counts.get(id)
    if (tally !== undefined) return ++tally.count <= MOST_OF_A_RULE
    this.#counts.set(id, { count: 1 })
    return true
  }

  /** Adds what a rule has to tell of the flow that the case is on; it is counted. */
  addOfFlow(rule: FlowText, judged: Case, verdict: Verdict): void {
    const confidence = typeof rule.confidence === 'string' ? rule.confidence : rule.confidence(judged, verdict)
    const severity = graded(rule.severityOf?.(judged) ?? rule.severity, confidence)
    this.#list.push(new LateFinding(this.#teller, rule, judged.flow.row, severity, confidence))
  }

  /** Adds what a rule observed of a listener, if it did. */
  addOfListener(rule: RuleText, listener: number, filter: string, seen: Observation | null): void {
    this.#add(rule, listener, filter, seen)
  }

  /** Adds what a rule observed of the captures, if it did. */
  addOfCaptures(rule: RuleText, seen: Observation | null): void {
    this.#add(rule, null, null, seen)
  }

  #add(rule: RuleText, listener: number | null, filter: string | null, seen: Observation | null): void {
    if (seen === null || !this.admits(rule)) return
    this.#list.push({
      rule: rule.id,
      severity: graded(rule.severity, seen.confidence),
      confidence: seen.confidence,
      title: seen.title,
      explanation: seen.explanation,
      stream: null,
      listener,
      log: null,
      evidence: seen.evidence.flat(),
      nextSteps: seen.nextSteps ?? rule.nextSteps,
      filter,
    })
  }

  /** Orders them: the most severe first, then by rule, then as they were found. Call once, when all are in. */
  settle(): void {
    const order = [...this.#counts.keys()]
    const rank = (finding: Finding) => SEVERITIES.indexOf(finding.severity) * 1000 + order.indexOf(finding.rule)
    this.#list.sort((a, b) => rank(a) - rank(b))
    for (const [index, { stream, listener }] of this.#list.entries()) {
      if (stream !== null) {
        this.#told[stream] = 1
        this.#note(this.#ofStream, stream, index)
      }
      if (listener !== null) this.#note(this.#ofListener, listener, index)
    }
  }

  get list(): readonly Finding[] {
    return this.#list
  }

  get omitted(): { rule: string; count: number }[] {
    return [...this.#counts]
      .filter(([, { count }]) => count > MOST_OF_A_RULE)
      .map(([rule, { count }]) => ({ rule, count: count - MOST_OF_A_RULE }))
  }

  ofStream(stream: number): readonly number[] {
    return this.#told[stream] === 1 ? this.#ofStream.get(stream)! : NONE
  }

  ofListener(listener: number): readonly number[] {
    return this.#ofListener.get(listener) ?? NONE
  }

  #note(of: Map<number, number[]>, key: number, index: number): void {
    const known = of.get(key)
    if (known === undefined) of.set(key, [index])
    else known.push(index)
  }
}

/** What is only suspected fails no build. */
const graded = (severity: Severity, confidence: Confidence): Severity =>
  severity === 'error' && confidence === 'suspected' ? 'warning' : severity
