import { FlowView } from '../flow/flow-view.ts'
import { Case } from './case.ts'
import type { Connection } from './connection.ts'
import type { Finding } from './finding.ts'
import { Findings } from './findings.ts'
import { FlowJudge } from './flow-judge.ts'
import { JudgedConnections } from './judged-connections.ts'
import { Judgements } from './judgements.ts'
import { Teller } from './late-finding.ts'
import type { Listener } from './listeners/listener.ts'
import type { ListenerLife } from './listeners/listener-life.ts'
import { listenerVerdict } from './listeners/listener-verdict.ts'
import { acceptStopped } from './rules/accept-stopped.ts'
import { CAPTURE_RULES, LISTENER_RULES } from './rules.ts'
import type { Scanned } from './scanned.ts'
import { Survey } from './survey.ts'
import { trustOf } from './trust.ts'
import type { Verdict } from './verdict.ts'

/** Streams listed for one listener. */
const MOST_STREAMS = 10_000

/** Everything that the packets of a scan amount to. Connections are described one by one, when asked for. */
export interface Diagnosis {
  readonly findings: readonly Finding[]
  /** Findings beyond those kept, by rule. */
  readonly omitted: readonly { readonly rule: string; readonly count: number }[]
  readonly listeners: readonly Listener[]
  readonly connectionCount: number
  readonly connections: () => Iterable<Connection>
  readonly connection: (stream: number) => Connection
  /** Whether a stream is among them. */
  readonly has: (stream: number) => boolean
}

/** Judges every flow, or those that `selected` lets through; the others still count as neighbours of theirs. */
export function diagnose(scanned: Scanned, selected: ((flow: FlowView) => boolean) | null = null): Diagnosis {
  return new Diagnoser(scanned, selected).run()
}

class Diagnoser {
  readonly #scanned: Scanned
  readonly #survey: Survey
  readonly #judged: Case
  readonly #judgements: Judgements
  readonly #findings: Findings
  readonly #selected: ((flow: FlowView) => boolean) | null

  constructor(scanned: Scanned, selected: ((flow: FlowView) => boolean) | null) {
    this.#scanned = scanned
    this.#selected = selected
    this.#survey = new Survey(scanned)
    this.#judgements = new Judgements(scanned.flows.table.count)
    this.#judged = this.#newCase()
    this.#findings = new Findings(new Teller(this.#newCase(), this.#judgements), scanned.flows.table.count)
  }

  run(): Diagnosis {
    const { facts, lives } = this.#survey
    const judgements = this.#judgements
    const desk = { judged: this.#judged, judgements, findings: this.#findings, selected: this.#selected }
    new FlowJudge(desk, facts).judgeAll()
    const judgedLives = lives.all.filter((life) => life.rows.some((row) => judgements.has(row)))
    for (const [index, life] of judgedLives.entries()) this.#examineListener(life, index)
    if (judgements.count > 0) this.#examineCaptures()
    this.#findings.settle()
    const single = this.#connections()
    return {
      findings: this.#findings.list,
      omitted: this.#findings.omitted,
      listeners: judgedLives.map((life, index) => this.#describeListener(life, index)),
      connectionCount: judgements.count,
      connections: () => this.#connections(),
      connection: (stream) => single.of(stream),
      has: (stream) => judgements.has(stream),
    }
  }

  #newCase(): Case {
    const { captures, flows, frameIds } = this.#scanned
    const { captureEnd, lives } = this.#survey
    const labels = new Map(captures.flatMap(({ portLabels }) => [...portLabels]))
    return new Case(new FlowView(flows), frameIds, captureEnd, lives, labels)
  }

  #examineListener(life: ListenerLife, index: number): void {
    const verdicts = { of: life.rows.map((row) => this.#verdict(row)) }
    for (const rule of LISTENER_RULES) {
      const judged = this.#judged.at(life.rows[0]!)
      const filter = `tcp.port == ${judged.flow.port(judged.flow.server)}`
      this.#findings.addOfListener(rule, index, filter, rule.examine(judged, verdicts))
    }
  }

  #examineCaptures(): void {
    const trust = trustOf(this.#scanned, this.#survey)
    for (const rule of CAPTURE_RULES) this.#findings.addOfCaptures(rule, rule.examine(trust))
  }

  #describeListener(life: ListenerLife, index: number): Listener {
    const judged = this.#judged.at(life.row)
    const verdicts = life.rows.filter((row) => this.#judgements.has(row)).map((row) => this.#verdict(row))
    const findings = this.#findings.ofListener(index)
    const hasStopped = findings.some((finding) => this.#findings.list[finding]!.rule === acceptStopped.id)
    return {
      ...judged.endpoint(judged.flow.server),
      connections: life.connections,
      served: life.served,
      verdict: listenerVerdict(verdicts, hasStopped),
      lastServedTime: Number.isFinite(life.lastServed) ? life.lastServed : null,
      findings,
      streams: life.rows.slice(0, MOST_STREAMS),
    }
  }

  #verdict(row: number): Verdict {
    return this.#judgements.verdict(row)
  }

  /** Each walk has a case of its own: several may be under way at a time. */
  #connections(): JudgedConnections {
    return new JudgedConnections(this.#newCase(), this.#judgements, this.#findings)
  }
}
