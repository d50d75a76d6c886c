import { type Analysis, type AnalyzeOptions, analyze, reportOf } from './analyze.ts'
import { describeSteps } from './correlation/clocks/clock-steps.ts'
import { statedOffset } from './correlation/clocks/log-clock.ts'
import type { ClockOptions } from './correlation/clocks/log-clocks.ts'
import { type CaptureSpan, SECOND } from './correlation/clocks/nominal-time.ts'
import { type Correlation, correlate } from './correlation/correlate.ts'
import { wireConnections } from './correlation/wire/wire-connection.ts'
import { WireMoments } from './correlation/wire/wire-moments.ts'
import type { Connection } from './diagnosis/connection.ts'
import { diagnose } from './diagnosis/diagnose.ts'
import { type Finding, SEVERITIES } from './diagnosis/finding.ts'
import type { Listener } from './diagnosis/listeners/listener.ts'
import { VERDICT_RULES } from './diagnosis/rules.ts'
import type { Verdict } from './diagnosis/verdict.ts'
import type { LogFile } from './log/event.ts'
import type { Period } from './log/period.ts'
import type { ReadLogOptions } from './log/read-log.ts'
import { readLogs } from './log/read-logs.ts'
import { namedClients } from './named-clients.ts'
import { withFindingsOfStreams } from './report/listener-findings.ts'
import type { LogSummary, Report } from './report/report.ts'
import type { Scan } from './scan.ts'

/** What a comparison of captures with logs is given. */
export interface CorrelateOptions extends AnalyzeOptions {
  /** What was said of the logs' clocks: by path, since parts of a rotated log are put in order. */
  readonly clocks?: (logs: readonly LogFile[], captureSeconds: number) => ClockOptions
  /** More formats and event patterns than those that are known, as a log configuration brings them. */
  readonly vocabulary?: ReadLogOptions
}

/** Zone, day and offset are found from the logs and the capture. */
const NOTHING_SAID: ClockOptions = { zone: null, logDate: null, offsets: new Map() }

/** An analysis with what the logs add to it. */
export interface Correlated {
  readonly analysis: Analysis
  readonly correlation: Correlation
  readonly logs: readonly LogFile[]
  /** True where the reading was ended early, be it in the logs. */
  readonly interrupted: boolean
}

/**
 * The whole way from captures and logs to the causal chain: reads each once, puts them on one clock, ties lines to
 * connections and judges these anew. Throws a Failure where a file is missing or a capture is none.
 */
export async function correlateFiles(
  captures: readonly string[],
  logPaths: readonly string[],
  options: CorrelateOptions = {},
): Promise<Correlated> {
  const moments = new WireMoments()
  const analysis = await analyze(captures, { ...options, visitors: [...(options.visitors ?? []), moments] })
  const { signal, stdin } = options
  const span = spanOf(analysis.scan, moments)
  const reading = {
    ...options.vocabulary,
    ...(span.dated ? { period: periodOf(span) } : {}),
    ...(signal === undefined ? {} : { signal }),
    ...(stdin === undefined ? {} : { stdin }),
  }
  const read = signal?.aborted ? [] : await readLogs(logPaths, reading)
  // What a log that was not read to its end does not say, it may say later: the packets speak alone.
  const logs = signal?.aborted ? [] : read
  const { scan, diagnosis } = analysis
  const everything = diagnosis.connectionCount < scan.flows.table.count ? diagnose(scan) : diagnosis
  const wire = wireConnections(everything.connections(), scan.flows, moments)
  const clocks = options.clocks?.(logs, scan.epoch.seconds) ?? NOTHING_SAID
  const told = correlate(wire, span, logs, clocks, diagnosis.has)
  const named = await namedClients(told.scene, logs, signal)
  const correlation = named.size === 0 ? told : correlate(wire, span, logs, clocks, diagnosis.has, named)
  return { analysis, correlation, logs, interrupted: signal?.aborted === true }
}

function spanOf({ epoch, captures }: Scan, { clock }: WireMoments): CaptureSpan {
  return {
    epochSeconds: Number.isNaN(epoch.seconds) ? 0 : epoch.seconds,
    from: clock.isEmpty ? 0 : clock.from,
    to: clock.isEmpty ? 0 : clock.to,
    dated: captures.every(({ dated }) => dated),
    captures: captures.length,
  }
}

/** In Unix seconds. */
const periodOf = ({ epochSeconds, from, to }: CaptureSpan): Period => ({
  from: epochSeconds + from / SECOND,
  to: epochSeconds + to / SECOND,
})

/** The report of captures and logs together. */
export function correlatedReport({ analysis, correlation, logs, interrupted }: Correlated): Report {
  const packets = reportOf(analysis)
  const merged = mergeFindings(packets, correlation)
  const { connectionOf } = packets
  const judged = (connection: Connection): Connection => ({
    ...connection,
    ...correlation.overrides.get(connection.stream),
    findings: merged.ofStream(connection),
  })
  return {
    ...packets,
    logs: logs.map((file, index) => summaryOf(file, index, correlation)),
    listeners: withFindingsOfStreams(
      packets.listeners.map((listener) => ({
        ...listener,
        verdict: listenerVerdict(listener, correlation),
        findings: merged.ofListener(listener),
      })),
      merged.findings,
    ),
    connections: function* () {
      for (const connection of packets.connections()) yield judged(connection)
    },
    ...(connectionOf === undefined
      ? {}
      : {
          connectionOf: (stream: number) => {
            const connection = connectionOf(stream)
            return connection && judged(connection)
          },
        }),
    findings: merged.findings,
    omitted: [...packets.omitted, ...correlation.omitted],
    chain: correlation.chain,
    // A cause explains what is wrong; a note says of something that it is not.
    rootCause: merged.findings.some(({ severity }) => severity !== 'note') ? correlation.rootCause : null,
    complete: packets.complete && !interrupted && logs.every((file) => file.complete),
  }
}

function summaryOf(file: LogFile, index: number, { scene }: Correlation): LogSummary {
  const process = scene.processes.find(({ logs }) => logs.includes(index))
  const clock = process?.clock ?? null
  const refusal = process === undefined ? undefined : scene.refusals.get(process.log)
  const warnings = [...file.warnings, ...describeSteps(clock?.steps ?? [])]
  return {
    path: file.path,
    format: file.format,
    lines: file.lines,
    events: file.events.length,
    unparsed: file.unparsed,
    clock: clock && {
      offset: statedOffset(file, clock),
      uncertainty: clock.uncertainty,
      method: clock.method,
      pairs: clock.pairs,
      drift: clock.drift ?? null,
    },
    warnings: refusal === undefined ? warnings : [...warnings, `not compared with the packets: ${refusal}`],
  }
}

/** Findings that say the accept is missing: true only of these verdicts. */
const SIGNATURE = 'no-accept-signature'
const UNACCEPTED: ReadonlySet<Verdict> = new Set([
  'never-accepted',
  'accept-stopped',
  'peer-stalled',
  'backlog-overflow',
])

/** True for a packet finding about a stream whose verdict the logs have replaced. */
function isOverruled(finding: Finding, packets: Verdict | undefined, correlation: Correlation): boolean {
  const judgement = finding.stream === null ? undefined : correlation.overrides.get(finding.stream)
  if (judgement === undefined) return false
  if (finding.rule === SIGNATURE) return !UNACCEPTED.has(judgement.verdict)
  const own = VERDICT_RULES.filter(({ finding: text }) => text?.id === finding.rule).map(({ verdict }) => verdict)
  return packets !== undefined && packets !== judgement.verdict && own.includes(packets)
}

interface Merged {
  readonly findings: readonly Finding[]
  readonly ofStream: (connection: Connection) => readonly number[]
  readonly ofListener: (listener: Listener) => readonly number[]
}

/** Packet findings that still hold, with those of the logs, the most severe first; connections get their new numbers. */
function mergeFindings(packets: Report, correlation: Correlation): Merged {
  const verdicts = new Map<number, Verdict>()
  for (const { connection } of correlation.scene.facts.map((facts) => facts.wire))
    verdicts.set(connection.stream, connection.verdict)
  const kept = packets.findings.filter(
    (finding) => !isOverruled(finding, finding.stream === null ? undefined : verdicts.get(finding.stream), correlation),
  )
  const rank = (finding: Finding): number => SEVERITIES.indexOf(finding.severity)
  const raised = kept.map((finding) => withLogConfidence(finding, correlation))
  const findings = [...correlation.findings, ...raised].sort((a, b) => rank(a) - rank(b))
  const index = new Map(findings.map((finding, at) => [finding, at]))
  const moved = new Map(kept.map((finding, at) => [finding, index.get(raised[at]!)!]))
  const added = new Map<number, number[]>()
  for (const finding of correlation.findings)
    if (finding.stream !== null) added.set(finding.stream, [...(added.get(finding.stream) ?? []), index.get(finding)!])
  const renumbered = (numbers: readonly number[]): number[] =>
    numbers.flatMap((number) => moved.get(packets.findings[number]!) ?? [])
  return {
    findings,
    ofStream: ({ stream, findings: own }) => [...renumbered(own), ...(added.get(stream) ?? [])].sort((a, b) => a - b),
    ofListener: ({ findings: own }) => renumbered(own),
  }
}

/** The signature grades itself: with a log that shows no accept it is as sure as that. */
function withLogConfidence(finding: Finding, correlation: Correlation): Finding {
  const judgement = finding.stream === null ? undefined : correlation.overrides.get(finding.stream)
  if (finding.rule !== SIGNATURE || judgement?.verdict !== 'never-accepted') return finding
  return finding.confidence === 'suspected' ? { ...finding, confidence: judgement.confidence } : finding
}

/** What most of a listener's connections are, once the logs have spoken; an onset outranks the rest. */
function listenerVerdict(listener: Listener, { overrides }: Correlation): Verdict {
  const counts = new Map<Verdict, number>()
  for (const stream of listener.streams) {
    const verdict = overrides.get(stream)?.verdict
    if (verdict !== undefined) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  }
  if (counts.has('accept-stopped')) return 'accept-stopped'
  const [verdict, count] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), [listener.verdict, 0])
  return count * 2 >= listener.streams.length ? verdict : listener.verdict
}
