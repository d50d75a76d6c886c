import type { Finding } from '../diagnosis/finding.ts'
import { flowFilter } from '../diagnosis/flow-filter.ts'
import type { Judgement } from '../diagnosis/verdict.ts'
import type { LogFile } from '../log/event.ts'
import type { NamedClients } from './accepts/accept-grounds.ts'
import { assembleChain } from './causal-chain.ts'
import type { ChainStep, RootCause } from './chain.ts'
import type { ClockOptions } from './clocks/log-clocks.ts'
import type { CaptureSpan } from './clocks/nominal-time.ts'
import type { LogFinding, LogRule } from './log-rule.ts'
import { LOG_RULES } from './log-rules.ts'
import type { Scene } from './scene.ts'
import { buildScene } from './scene-builder.ts'
import { overrides } from './verdict-rules.ts'
import type { WireConnection } from './wire/wire-connection.ts'

/** What logs add to the analysis of captures. */
export interface Correlation {
  readonly scene: Scene
  readonly findings: readonly Finding[]
  /** Findings of rules that had more than are listed. */
  readonly omitted: readonly { readonly rule: string; readonly count: number }[]
  /** Connections whose judgement the logs change, by stream. */
  readonly overrides: ReadonlyMap<number, Judgement>
  readonly chain: readonly ChainStep[]
  readonly rootCause: RootCause | null
}

/**
 * Compares logs with what a scan saw: clocks, sockets, entities, findings, verdicts and the causal chain. Every connection
 * is a neighbour that may rule a link out; only those that `isReported` lets through are told of. Clients that are `named` in a
 * log were accepted.
 */
export function correlate(
  connections: readonly WireConnection[],
  capture: CaptureSpan,
  logs: readonly LogFile[],
  options: ClockOptions,
  isReported: (stream: number) => boolean = () => true,
  named: NamedClients = new Map(),
): Correlation {
  const scene = buildScene(connections, capture, logs, options, named)
  const changed = new Map([...overrides(scene)].filter(([stream]) => isReported(stream)))
  const filterOf = filtersOf(connections, capture.captures)
  const told = LOG_RULES.map((rule) => toldBy(rule, scene, isReported))
  return {
    scene,
    findings: told.flatMap(({ rule, found }) => found.map((each) => findingOf(rule, each, filterOf))),
    omitted: told.flatMap(({ rule, omitted }) => (omitted === 0 ? [] : [{ rule: rule.id, count: omitted }])),
    overrides: changed,
    ...assembleChain(scene, changed, isReported),
  }
}

/** Findings of one rule that are kept: a report with more of one kind tells nothing more. */
const MOST_OF_A_RULE = 1000

/** A display filter for a stream; null where it is none. */
type FilterOf = (stream: number | null) => string | null

function filtersOf(connections: readonly WireConnection[], captures: number): FilterOf {
  const byStream = new Map(connections.map(({ connection }) => [connection.stream, connection]))
  return (stream) => {
    const connection = stream === null ? undefined : byStream.get(stream)
    return connection === undefined ? null : flowFilter(connection, captures)
  }
}

/** What a rule finds: as many as are listed, and how many more. */
function toldBy(rule: LogRule, scene: Scene, isReported: (stream: number) => boolean) {
  const found: LogFinding[] = []
  let omitted = 0
  for (const each of rule.examine(scene)) {
    if (each.stream !== null && !isReported(each.stream)) continue
    if (found.length < MOST_OF_A_RULE) found.push(each)
    else omitted++
  }
  return { rule, found, omitted }
}

const findingOf = (rule: LogRule, found: LogFinding, filterOf: FilterOf): Finding => ({
  rule: rule.id,
  severity: found.severity ?? rule.severity,
  confidence: found.confidence,
  title: found.title,
  explanation: rule.meaning,
  stream: found.stream,
  listener: null,
  log: found.log,
  evidence: found.evidence,
  nextSteps: rule.nextSteps,
  filter: filterOf(found.stream),
})
