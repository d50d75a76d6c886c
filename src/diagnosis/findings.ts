import { type Finding, SEVERITIES, type Severity } from './finding.ts'
import type { Observation, RuleText } from './rule.ts'

/** Findings of one rule that are kept; more are counted. A report with more of one kind tells nothing more. */
const MOST_OF_A_RULE = 1000

const NONE: readonly number[] = []

/** Gathers findings, bounded by rule, and puts them in the order of the report. */
export class Findings {
  #list: Finding[] = []
  readonly #counts = new Map<string, number>()
  readonly #ofStream = new Map<number, number[]>()
  readonly #ofListener = new Map<number, number[]>()

  /** Adds what a rule observed, if it did. */
  add(
    rule: RuleText,
    stream: number | null,
    listener: number | null,
    filter: string | null,
    seen: Observation | null,
  ): void {
    if (seen === null || !this.#admit(rule)) return
    this.#list.push({
      rule: rule.id,
      severity: severityOf(rule, seen),
      confidence: seen.confidence,
      title: seen.title,
      explanation: seen.explanation,
      stream,
      listener,
      log: null,
      evidence: seen.evidence,
      nextSteps: seen.nextSteps ?? rule.nextSteps,
      filter,
      ...(seen.ladder === undefined ? {} : { ladder: seen.ladder }),
      ...(seen.drain === undefined ? {} : { drain: seen.drain }),
    })
  }

  /** True where another finding of the rule would only be counted. */
  isFull({ id }: RuleText): boolean {
    return (this.#counts.get(id) ?? 0) >= MOST_OF_A_RULE
  }

  /** Counts one that is not kept. */
  omit(rule: RuleText): void {
    this.#admit(rule)
  }

  /** Orders them: the most severe first, then by rule, then as they were found. Call once, when all are in. */
  settle(): void {
    const order = [...this.#counts.keys()]
    const rank = (finding: Finding) => SEVERITIES.indexOf(finding.severity) * 1000 + order.indexOf(finding.rule)
    this.#list = this.#list
      .map((finding, index) => ({ finding, index }))
      .sort((a, b) => rank(a.finding) - rank(b.finding) || a.index - b.index)
      .map(({ finding }) => finding)
    for (const [index, { stream, listener }] of this.#list.entries()) {
      if (stream !== null) this.#note(this.#ofStream, stream, index)
      if (listener !== null) this.#note(this.#ofListener, listener, index)
    }
  }

  get list(): readonly Finding[] {
    return this.#list
  }

  get omitted(): { rule: string; count: number }[] {
    return [...this.#counts]
      .filter(([, count]) => count > MOST_OF_A_RULE)
      .map(([rule, count]) => ({ rule, count: count - MOST_OF_A_RULE }))
  }

  ofStream(stream: number): readonly number[] {
    return this.#ofStream.get(stream) ?? NONE
  }

  ofListener(listener: number): readonly number[] {
    return this.#ofListener.get(listener) ?? NONE
  }

  #admit(rule: RuleText): boolean {
    const count = (this.#counts.get(rule.id) ?? 0) + 1
    this.#counts.set(rule.id, count)
    return count <= MOST_OF_A_RULE
  }

  #note(of: Map<number, number[]>, key: number, index: number): void {
    const known = of.get(key)
    if (known === undefined) of.set(key, [index])
    else known.push(index)
  }
}

/** What is only suspected fails no build. */
function severityOf(rule: RuleText, { severity, confidence }: Observation): Severity {
  const stated = severity ?? rule.severity
  return stated === 'error' && confidence === 'suspected' ? 'warning' : stated
}
