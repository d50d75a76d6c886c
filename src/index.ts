/**
 * The library: `import { analyze, correlate, reportOf } from 'noaccept'`. Nothing here ends the process, and no run knows of
 * another one.
 *
 * - Times are nanoseconds since the run's epoch, which a report tells as `epochSeconds` of Unix time; a name that ends in
 *   `Ms` counts milliseconds. Frame and line numbers count from 1; `capture`, `log`, `listener` and `findings` are indexes
 *   from 0 into the report's lists.
 * - What a user can mend (a missing file, a wrong filter) is thrown as a {@link Failure} with a hint. Damage inside a capture
 *   is no exception: `Report.complete` is false, and the capture's `damage` says where.
 * - An `AbortSignal` ends a run early with what is known by then.
 * - A path is a file's, as it is: patterns are the command line's. `-` is the stream given as `stdin`.
 * - Visitors see each packet while it passes; with a {@link TcpAnalysis} as `analysis`, what Wireshark says of it, too.
 */
export { type Analysis, type AnalyzeOptions, analyze, reportOf } from './analyze.ts'
export type { CaptureSummary, Damage } from './capture/capture-reader.ts'
export {
  type Correlated,
  type CorrelateOptions,
  correlatedReport as reportOfCorrelated,
  correlateFiles as correlate,
} from './correlate.ts'
export type { ChainStanding, ChainStep, ClockOffset, RootCause } from './correlation/chain.ts'
export type { ClockOptions } from './correlation/clocks/log-clocks.ts'
export type { Connection, Endpoint, Heartbeat, Traffic } from './diagnosis/connection.ts'
export type { Diagnosis } from './diagnosis/diagnose.ts'
export type { Evidence, Finding, LadderRow, Severity } from './diagnosis/finding.ts'
export type { Listener } from './diagnosis/listeners/listener.ts'
export type { Candidate, Confidence, Judgement, Standing, Verdict } from './diagnosis/verdict.ts'
export { VERDICTS } from './diagnosis/verdict.ts'
export { ExitCode, Failure } from './failure.ts'
export type { Current, PacketVisitor } from './flow/current.ts'
export { TcpAnalysis } from './flow/tcp-analysis.ts'
export type { LogEvent, LogFile } from './log/event.ts'
export type { Coverage, LogSummary, Report, Suppressed } from './report/report.ts'
export { PLAIN, type Reporter, type ReportOptions } from './report/reporter.ts'
export { REPORTERS } from './report/reporters.ts'
export { type ListedRule, RULE_TEXTS as RULES } from './report/rule-texts.ts'
export { type Progress, type Scan, type ScannedCapture, type ScanOptions, scan } from './scan.ts'
