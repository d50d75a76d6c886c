import { type Diagnosis, diagnose } from './diagnosis/diagnose.ts'
import type { FlowView } from './flow/flow-view.ts'
import type { TcpAnalysis } from './flow/tcp-analysis.ts'
import { withFindingsOfStreams } from './report/listener-findings.ts'
import type { Report } from './report/report.ts'
import { type Scan, type ScanOptions, scan } from './scan.ts'
import { VERSION } from './version.ts'

/** What an analysis is given besides its captures. */
export interface AnalyzeOptions extends ScanOptions {
  /** Restricts the report to flows with one of these ports; labels of a packet list as they stand there. */
  readonly ports?: readonly (number | string)[]
  /** A display filter, or a filter on final values of flows: restricts the report to the flows that it chooses. */
  readonly filter?: string
  /** Wireshark's analysis, for visitors that read it: it sees each packet before them. */
  readonly analysis?: TcpAnalysis
  /** Restricts the report to flows that it lets through; asked when the captures have been read. */
  readonly selects?: (flow: FlowView) => boolean
}

/** A scan with what its packets amount to. */
export interface Analysis {
  readonly scan: Scan
  readonly diagnosis: Diagnosis
}

/**
 * The whole way from captures to findings: reads each capture once, follows its flows, then judges every flow in the
 * light of its neighbours. Throws a Failure where a capture is missing or is none.
 */
export async function analyze(paths: readonly string[], options: AnalyzeOptions = {}): Promise<Analysis> {
  const analysis = options.analysis === undefined ? [] : [options.analysis]
  const selection = options.filter === undefined ? null : await selectionOf(options.filter, analysis[0] ?? null)
  const visitors = [...analysis, ...(selection?.visitors ?? []), ...(options.visitors ?? [])]
  const epoch = selection?.epoch ?? options.epoch
  const onCapture: ScanOptions['onCapture'] = (capture, zero) => {
    selection?.open(capture)
    options.onCapture?.(capture, zero)
  }
  const scanned = await scan(paths, { ...options, visitors, onCapture, ...(epoch === undefined ? {} : { epoch }) })
  const chosen = await selection?.chosen(scanned, paths, options)
  return { scan: scanned, diagnosis: diagnose(scanned, chooses(scanned, options, chosen)) }
}

/** Which flows a report is restricted to; null where it is to all of them. */
function chooses(
  scanned: Scan,
  { ports, selects }: AnalyzeOptions,
  chosen: ((flow: FlowView) => boolean) | undefined,
): ((flow: FlowView) => boolean) | null {
  const named = (ports ?? []).length > 0
  if (!named && selects === undefined && chosen === undefined) return null
  const numbers = new Set((ports ?? []).flatMap((port) => numbersOf(port, scanned)))
  const onPort = (flow: FlowView) => !named || numbers.has(flow.port(0)) || numbers.has(flow.port(1))
  return (flow) => onPort(flow) && (selects?.(flow) ?? true) && (chosen?.(flow) ?? true)
}

/** The filter's language is loaded where there is a filter. */
async function selectionOf(filter: string, analysis: TcpAnalysis | null) {
  const { FlowSelection } = await import('./flow-selection.ts')
  return FlowSelection.of(filter, analysis)
}

/** The report of an analysis of packets alone. */
export function reportOf({ scan: scanned, diagnosis }: Analysis): Report {
  return {
    tool: { name: 'noaccept', version: VERSION },
    epochSeconds: Number.isNaN(scanned.epoch.seconds) ? 0 : scanned.epoch.seconds,
    captures: scanned.captures,
    coverage: scanned.coverage,
    logs: [],
    listeners: withFindingsOfStreams(diagnosis.listeners, diagnosis.findings),
    connectionCount: diagnosis.connectionCount,
    connections: diagnosis.connections,
    connectionOf: diagnosis.connection,
    findings: diagnosis.findings,
    omitted: diagnosis.omitted,
    chain: [],
    rootCause: null,
    complete:
      !scanned.interrupted && scanned.flows.unfollowed === 0 && scanned.captures.every(({ damage }) => damage === null),
  }
}

/** The number of a port, unless it stands for a label; or the numbers that stand for a label. */
function numbersOf(port: number | string, { captures }: Scan): number[] {
  if (typeof port === 'number') return captures.some(({ portLabels }) => portLabels.has(port)) ? [] : [port]
  return captures.flatMap(({ portLabels }) =>
    [...portLabels].filter(([, label]) => label === port).map(([number]) => number),
  )
}
