/** The library: `import { analyze, correlate, reportOf } from 'noaccept'`. Nothing here keeps global state or ends the process. */
export { type Analysis, type AnalyzeOptions, analyze, reportOf } from './analyze.ts'
export type { CaptureSummary, Damage } from './capture/capture-reader.ts'
export {
  type Correlated,
  type CorrelateOptions,
  correlatedReport as reportOfCorrelated,
  correlateFiles as correlate,
} from './correlate.ts'
export type { ChainStep, RootCause } from './correlation/chain.ts'
export type { Connection, Endpoint, Heartbeat, Traffic } from './diagnosis/connection.ts'
export type { Evidence, Finding, Severity } from './diagnosis/finding.ts'
export type { Listener } from './diagnosis/listener.ts'
export type { RuleText } from './diagnosis/rule.ts'
export { RULES } from './diagnosis/rules.ts'
export type { Candidate, Confidence, Standing, Verdict } from './diagnosis/verdict.ts'
export { VERDICTS } from './diagnosis/verdict.ts'
export { ExitCode, Failure } from './failure.ts'
export type { Report } from './report/report.ts'
export type { Reporter, ReportOptions } from './report/reporter.ts'
export { REPORTERS } from './report/reporters.ts'
export { type Progress, type Scan, type ScanOptions, scan } from './scan.ts'
