import type { ChainStep } from '../../correlation/chain.ts'
import type { Connection, Heartbeat } from '../../diagnosis/connection.ts'
import type { Drain } from '../../diagnosis/evidence/drain.ts'
import type { Finding } from '../../diagnosis/finding.ts'
import type { Listener } from '../../diagnosis/listeners/listener.ts'
import { formatTime } from '../../text/time.ts'
import { warningsOf } from '../damage.ts'
import type { LogSummary, Report } from '../report.ts'
import { drainSeries } from './drain-series.ts'

/** Grows when a field changes its meaning; new fields leave it as it is. */
export const SCHEMA_VERSION = 1

const milliseconds = (nanoseconds: number): number => Math.round(nanoseconds) / 1e6

/** To six digits, which of milliseconds is a nanosecond: without the tail that binary fractions leave. */
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6

/** Digits after the second of a time that no single capture gave. */
const finest = (report: Report): number => Math.max(0, ...report.captures.map((capture) => capture.timeDigits))

/** One capture as the JSON report tells of it. */
export function captureJson(report: Report, capture: Report['captures'][number]): object {
  const time = (at: number | null) => (at === null ? null : formatTime(report.epochSeconds, at, capture.timeDigits))
  return {
    path: capture.path,
    format: capture.format,
    compression: capture.compression,
    linkTypes: capture.linkTypes,
    packets: capture.packets,
    tcpPackets: capture.tcpPackets,
    bytes: capture.wireBytes,
    firstTime: time(capture.firstTime),
    lastTime: time(capture.lastTime),
    dated: capture.dated,
    complete: capture.damage === null && !capture.interrupted,
    warnings: warningsOf(capture),
    damage: capture.damage,
    absoluteSequence: capture.absoluteSequence,
    cutFrames: capture.cutFrames,
    interfaces: capture.interfaces,
  }
}

/** One log as the JSON report tells of it. */
export function logJson(log: LogSummary): object {
  const { clock } = log
  return {
    path: log.path,
    format: log.format,
    lines: log.lines,
    events: log.events,
    unparsed: log.unparsed,
    clock:
      clock === null
        ? null
        : {
            offsetMs: milliseconds(clock.offset),
            uncertaintyMs: milliseconds(clock.uncertainty),
            method: clock.method,
            pairs: clock.pairs,
            ...(clock.drift
              ? { driftPpm: tenths(clock.drift.ppm), driftUncertaintyPpm: tenths(clock.drift.uncertaintyPpm) }
              : {}),
          },
    warnings: log.warnings,
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10

/** One listener as the JSON report tells of it. */
export function listenerJson(report: Report, listener: Listener): object {
  const { lastServedTime } = listener
  return {
    address: listener.address,
    port: listener.port,
    connections: listener.connections,
    served: listener.served,
    verdict: listener.verdict,
    lastServedTime: lastServedTime === null ? null : formatTime(report.epochSeconds, lastServedTime, finest(report)),
    findings: listener.findings,
    streams: listener.streams,
  }
}

const heartbeatJson = (heartbeat: Heartbeat): object => ({
  payloadBytes: heartbeat.payloadBytes,
  count: heartbeat.count,
  periodMs: rounded(heartbeat.periodMs),
  jitterMs: rounded(heartbeat.jitterMs),
  answered: heartbeat.answered,
})

/** One connection as the JSON report and `flows` tell of it. */
export function connectionJson(report: Report, connection: Connection): object {
  const digits = report.captures[connection.capture]?.timeDigits ?? 9
  return {
    stream: connection.stream,
    capture: connection.capture,
    client: connection.client,
    server: connection.server,
    verdict: connection.verdict,
    confidence: connection.confidence,
    candidates: connection.candidates,
    ...(connection.lastCapture === undefined ? {} : { lastCapture: connection.lastCapture }),
    state: connection.state,
    history: connection.history,
    firstFrame: connection.firstFrame,
    lastFrame: connection.lastFrame,
    start: formatTime(report.epochSeconds, connection.start, digits),
    end: formatTime(report.epochSeconds, connection.end, digits),
    clientToServer: connection.clientToServer,
    serverToClient: connection.serverToClient,
    heartbeat: connection.heartbeat === null ? null : heartbeatJson(connection.heartbeat),
    findings: connection.findings,
  }
}

/** One finding as the JSON report tells of it. */
export function findingJson(report: Report, finding: Finding): object {
  const digits = finest(report)
  return {
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    title: finding.title,
    explanation: finding.explanation,
    stream: finding.stream,
    listener: finding.listener,
    log: finding.log,
    evidence: finding.evidence,
    nextSteps: finding.nextSteps,
    filter: finding.filter,
    ladder: (finding.ladder ?? []).map((row) => ({
      frame: row.frame,
      // Left out of the JSON where it is undefined.
      capture: row.capture,
      time: formatTime(report.epochSeconds, row.time, digits),
      direction: row.direction,
      text: row.text,
      note: row.note,
    })),
    ...(finding.drain === undefined ? {} : { drain: drainJson(report, finding, finding.drain) }),
  }
}

/** The window's power, and its points where the packets were read a second time. */
function drainJson(report: Report, finding: Finding, drain: Drain): object {
  const series = report.details?.series.filter((one) => one.stream === finding.stream) ?? []
  if (series.length === 0) return drain
  const points = series.flatMap((one) =>
    drainSeries(one, drain).map((point) => ({
      capture: one.capture,
      ...point,
      time: formatTime(report.epochSeconds, point.time, report.captures[one.capture]?.timeDigits ?? 9),
    })),
  )
  return { ...drain, points }
}

/** One step of the causal chain as the JSON report tells of it. */
export const chainStepJson = (step: ChainStep): object => ({
  step: step.step,
  claim: step.claim,
  standing: step.standing,
  evidence: step.evidence,
})
