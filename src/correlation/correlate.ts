import type { Finding } from '../diagnosis/finding.ts'
import type { Judgement } from '../diagnosis/verdict.ts'
import type { LogFile } from '../log/event.ts'
import type { LogSummary } from '../report/report.ts'
import { assembleChain } from './causal-chain.ts'
import type { ChainStep, RootCause } from './chain.ts'
import type { LogRule } from './log-rule.ts'
import { LOG_RULES } from './log-rules.ts'
import { type CaptureSpan, DAY } from './nominal-time.ts'
import type { Scene } from './scene.ts'
import { buildScene, type ClockOptions } from './scene-builder.ts'
import { overrides } from './verdict-rules.ts'
import type { WireConnection } from './wire-connection.ts'

/** What logs add to the analysis of captures. */
export interface Correlation {
  readonly logs: readonly LogSummary[]
  readonly findings: readonly Finding[]
  /** Connections whose judgement the logs change, by stream. */
  readonly overrides: ReadonlyMap<number, Judgement>
  readonly chain: readonly ChainStep[]
  readonly rootCause: RootCause | null
  readonly scene: Scene
}

/** Compares logs with what a scan saw: clocks, sockets, entities, findings, verdicts and the causal chain. */
export function correlate(
  connections: readonly WireConnection[],
  capture: CaptureSpan,
  logs: readonly LogFile[],
  options: ClockOptions,
): Correlation {
  const scene = buildScene(connections, capture, logs, options)
  const changed = overrides(scene)
  const { chain, rootCause } = assembleChain(scene, changed)
  return {
    logs: scene.processes.map((process) => summaryOf(process.file, scene, process.log)),
    findings: LOG_RULES.flatMap((rule) => [...findingsOf(rule, scene)]),
    overrides: changed,
    chain,
    rootCause,
    scene,
  }
}

function summaryOf(file: LogFile, scene: Scene, log: number): LogSummary {
  const clock = scene.processes[log]!.clock
  const refusal = scene.refusals.get(log)
  const { offset, uncertainty, method, pairs } = clock ?? { offset: 0, uncertainty: 0, method: '', pairs: 0 }
  return {
    path: file.path,
    format: file.format,
    lines: file.lines,
    events: file.events.length,
    unparsed: file.unparsed,
    // Without a date, the offset is what the zone and the clock's error make; the day is the capture's.
    clock: clock === null ? null : { offset: file.dated ? offset : withinDay(offset), uncertainty, method, pairs },
    warnings: refusal === undefined ? file.warnings : [...file.warnings, `not compared with the packets: ${refusal}`],
  }
}

const withinDay = (offset: number): number => offset - Math.round(offset / DAY) * DAY

function* findingsOf(rule: LogRule, scene: Scene): Generator<Finding> {
  for (const found of rule.examine(scene))
    yield {
      rule: rule.id,
      severity: found.severity ?? rule.severity,
      confidence: found.confidence,
      title: found.title,
      explanation: `${rule.meaning}\n\n${rule.lookAlikes}`,
      stream: found.stream,
      listener: null,
      log: found.log,
      evidence: found.evidence,
      nextSteps: rule.nextSteps,
      filter: found.stream === null ? null : `tcp.stream eq ${found.stream}`,
    }
}
