import { FlowView } from '../flow/flow-view.ts'
import { Case } from './case.ts'
import type { Connection } from './connection.ts'
import { describeConnection } from './describe-connection.ts'
import type { Finding } from './finding.ts'
import { Findings } from './findings.ts'
import type { Listener } from './listener.ts'
import type { ListenerLife } from './listener-life.ts'
import { ListenerLives } from './listener-lives.ts'
import type { RuleText, VerdictRule } from './rule.ts'
import { CAPTURE_RULES, FLOW_RULES, LISTENER_RULES, VERDICT_RULES } from './rules.ts'
import type { Scanned } from './scanned.ts'
import { trustOf } from './trust.ts'
import type { Candidate, Confidence, Verdict } from './verdict.ts'

/** Streams listed for one listener. */
const MOST_STREAMS = 10_000

const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'suspected']

/** By rule: what is left where it names no candidates. One array each, so that a report can tell them apart by identity. */
const ITSELF_ALONE: readonly (readonly Candidate[])[] = VERDICT_RULES.map(({ verdict }) => [
  { verdict, standing: 'supported', reasons: [] },
])

/** Everything that the packets of a scan amount to. Connections are described one by one, when asked for. */
export interface Diagnosis {
  readonly findings: readonly Finding[]
  /** Findings beyond those kept, by rule. */
  readonly omitted: readonly { readonly rule: string; readonly count: number }[]
  readonly listeners: readonly Listener[]
  readonly connectionCount: number
  readonly connections: () => Iterable<Connection>
  readonly connection: (stream: number) => Connection
}

/** Judges every flow that `selected` lets through; the others still count as neighbours of theirs. */
export function diagnose(scanned: Scanned, selected: (flow: FlowView) => boolean = () => true): Diagnosis {
  return new Diagnoser(scanned, selected).run()
}

class Diagnoser {
  readonly #scanned: Scanned
  readonly #view: FlowView
  readonly #lives: ListenerLives
  readonly #judged: Case
  /** Index into VERDICT_RULES + 1 by row; 0 for a flow that was not selected. */
  readonly #rules: Uint8Array
  /** Index into CONFIDENCES by row. */
  readonly #confidences: Uint8Array
  readonly #findings = new Findings()
  readonly #selected: (flow: FlowView) => boolean

  constructor(scanned: Scanned, selected: (flow: FlowView) => boolean) {
    this.#scanned = scanned
    this.#selected = selected
    this.#view = new FlowView(scanned.flows)
    this.#lives = new ListenerLives(scanned.flows)
    this.#rules = new Uint8Array(scanned.flows.table.count)
    this.#confidences = new Uint8Array(scanned.flows.table.count)
    const end = scanned.captures.reduce((latest, { lastTime }) => Math.max(latest, lastTime ?? 0), 0)
    const labels = new Map(scanned.captures.flatMap(({ portLabels }) => [...portLabels]))
    this.#judged = new Case(this.#view, scanned.frameIds, end, this.#lives.none, labels)
  }

  run(): Diagnosis {
    const rows = this.#rules.length
    let connectionCount = 0
    for (let row = 0; row < rows; row++) {
      this.#judge(row)
      if (this.#rules[row] !== 0) connectionCount++
    }
    const lives = this.#lives.all.filter((life) => life.rows.some((row) => this.#rules[row] !== 0))
    for (const [index, life] of lives.entries()) this.#examineListener(life, index)
    const trust = trustOf(this.#scanned)
    if (connectionCount > 0)
      for (const rule of CAPTURE_RULES) this.#findings.add(rule, null, null, null, rule.examine(trust))
    this.#findings.settle()
    return {
      findings: this.#findings.list,
      omitted: this.#findings.omitted,
      listeners: lives.map((life, index) => this.#describeListener(life, index)),
      connectionCount,
      connections: () => this.#connections(),
      connection: (stream) => this.#connection(stream),
    }
  }

  #judge(row: number): void {
    const judged = this.#on(row)
    // A row that a broken header reserved.
    if (judged.flow.packets(0) + judged.flow.packets(1) === 0) return
    if (!this.#selected(judged.flow)) return
    const { verdict, finding } = this.#choose(judged)
    for (const rule of FLOW_RULES) {
      const seen = rule.examine(judged, verdict)
      if (seen !== null) this.#findings.add(rule, row, null, judged.filter, seen)
    }
    if (finding !== undefined) this.#findings.addLazily(finding, row, judged.filter, () => finding.tell(judged))
  }

  /** The first rule that holds, and how sure it is, are kept by row: a million flows are told of later. */
  #choose(judged: Case): VerdictRule {
    for (let index = 0; ; index++) {
      const rule = VERDICT_RULES[index]!
      const confidence = rule.holds(judged)
      if (confidence === null) continue
      this.#rules[judged.flow.row] = index + 1
      this.#confidences[judged.flow.row] = CONFIDENCES.indexOf(confidence)
      return rule
    }
  }

  #on(row: number): Case {
    this.#view.at(row)
    this.#judged.life = this.#lives.of(row)
    this.#judged.namesakes = this.#lives.namesakes(row)
    return this.#judged
  }

  #verdict(row: number): Verdict {
    return VERDICT_RULES[this.#rules[row]! - 1]?.verdict ?? 'insufficient'
  }

  #examineListener(life: ListenerLife, index: number): void {
    const verdicts = { of: life.rows.map((row) => this.#verdict(row)) }
    for (const rule of LISTENER_RULES) {
      const judged = this.#on(life.rows[0]!)
      const filter = `tcp.port == ${judged.flow.port(judged.flow.server)}`
      this.#findings.add(rule as RuleText, null, index, filter, rule.examine(judged, verdicts))
    }
  }

  #describeListener(life: ListenerLife, index: number): Listener {
    const flow = this.#on(life.row).flow
    const judged = life.rows.filter((row) => this.#rules[row] !== 0)
    const stopped = this.#findings.ofListener(index).length > 0
    return {
      ...this.#judged.endpoint(flow.server),
      connections: life.connections,
      served: life.served,
      verdict: listenerVerdict(
        judged.map((row) => this.#verdict(row)),
        stopped,
      ),
      lastServedTime: Number.isFinite(life.lastServed) ? life.lastServed : null,
      findings: this.#findings.ofListener(index),
      streams: life.rows.slice(0, MOST_STREAMS),
    }
  }

  *#connections(): Generator<Connection> {
    for (let row = 0; row < this.#rules.length; row++) if (this.#rules[row] !== 0) yield this.#connection(row)
  }

  #connection(row: number): Connection {
    const judged = this.#on(row)
    const kept = this.#rules[row]!
    const index = kept === 0 ? VERDICT_RULES.length - 1 : kept - 1
    const rule = VERDICT_RULES[index]!
    const judgement = {
      verdict: rule.verdict,
      confidence: kept === 0 ? ('suspected' as const) : CONFIDENCES[this.#confidences[row]!]!,
      candidates: rule.candidates?.(judged) ?? ITSELF_ALONE[index]!,
    }
    return describeConnection(judged, judgement, this.#findings.ofStream(row))
  }
}

/** Verdicts of connections that the kernel took and no process answered. */
const SILENT: readonly Verdict[] = ['ack-only', 'zero-window-stall', 'backlog-overflow', 'never-accepted']

/** Verdicts of connections that never came about. */
const ATTEMPTS: readonly Verdict[] = ['refused', 'syn-unanswered', 'synack-lost']

/** The listener's verdict: what befalls its newest connection where it is not served, else what most of them are. */
function listenerVerdict(verdicts: readonly Verdict[], stopped: boolean): Verdict {
  if (stopped) return 'accept-stopped'
  const newest = verdicts.at(-1)
  if (newest !== undefined && SILENT.includes(newest)) return newest
  // What did not get in says nothing of how those are treated that did.
  const inside = verdicts.filter((verdict) => !ATTEMPTS.includes(verdict))
  const counts = new Map<Verdict, number>()
  for (const verdict of inside.length > 0 ? inside : verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most?.[0] ?? 'insufficient'
}
