import type { Connection } from '../diagnosis/connection.ts'
import type { Finding } from '../diagnosis/finding.ts'
import { formatDamagePlace } from './damage.ts'
import type { ConnectionColumns, PageCapture, Payload, Totals } from './html/payload.ts'
import { encodeSeries } from './html/series-codec.ts'
import type { Report } from './report.ts'
import { formatStep } from './source.ts'
import { suppressedCount } from './suppressed.ts'

/** Connections that the page lists: about 80 bytes each. Those with findings come first into it. */
const CONNECTIONS = 15_000
const LISTENERS = 200
/** Rows of the time line: about 150 bytes each. */
const EVENTS = 5_000
/** Findings with their proof: about 2 kB each. */
const FINDINGS = 300

/** Cuts a report to what a page of a few megabytes carries, and tells what it cut. */
export function pagePayload(report: Report): Payload {
  const { details } = report
  const leftOut = [...(details?.leftOut ?? [])]
  const capped = <T>(items: readonly T[], limit: number, noun: string): readonly T[] => {
    if (items.length > limit) leftOut.push(`${items.length - limit} of ${items.length} ${noun}: the JSON has them all.`)
    return items.slice(0, limit)
  }
  const chosen = chosenConnections(report, leftOut)
  const findings = capped(report.findings, FINDINGS, 'findings').map((finding) => ({
    ...finding,
    nextSteps: finding.nextSteps.map((step) => formatStep(report, step)),
  }))
  if (details === undefined)
    leftOut.push('Packets, graphs and time line: this report was made without a second look at the captures.')
  return {
    tool: report.tool,
    epochSeconds: report.epochSeconds,
    timeDigits: Math.max(0, ...report.captures.map((capture) => capture.timeDigits)),
    dated: report.captures.some((capture) => capture.dated),
    complete: report.complete,
    captures: report.captures.map(pageCapture),
    coverage: report.coverage,
    logs: report.logs,
    totals: totalsOf(report),
    listeners: capped(report.listeners, LISTENERS, 'listeners'),
    connectionCount: report.connectionCount,
    connections: columnsOf(chosen),
    findings,
    candidates: candidatesOf(chosen, findings),
    omitted: report.omitted,
    suppressed: report.suppressed === undefined ? null : suppressedCount(report),
    manifest: report.manifest ?? null,
    chain: report.chain,
    rootCause: report.rootCause,
    analysisNames: details?.analysisNames ?? [],
    series: (details?.series ?? []).map(encodeSeries),
    timeline: capped(details?.timeline ?? [], EVENTS, 'events of the time line'),
    slots: details?.slots ?? [],
    leftOut,
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

const totalsOf = ({ listeners, findings, omitted }: Report): Totals => ({
  listeners: listeners.length,
  reached: sum(listeners.map(({ connections }) => connections)),
  served: sum(listeners.map(({ served }) => served)),
  findings: findings.length + sum(omitted.map(({ count }) => count)),
})

function pageCapture(capture: Report['captures'][number]): PageCapture {
  const { damage } = capture
  const dropped = capture.interfaces.map((one) => one.dropped).filter((value) => value !== null)
  return {
    path: capture.path,
    format: capture.compression === null ? capture.format : `${capture.format} in ${capture.compression}`,
    linkTypes: capture.linkTypes,
    packets: capture.packets,
    tcpPackets: capture.tcpPackets,
    bytes: capture.wireBytes,
    firstTime: capture.firstTime,
    lastTime: capture.lastTime,
    dropped: dropped.length === 0 ? null : sum(dropped),
    damage: damage === null ? null : `up to ${formatDamagePlace(damage)}`,
    warnings: capture.warnings,
  }
}

/** Those with findings, then the first of the others: in one pass, because there may be millions. */
function chosenConnections(report: Report, leftOut: string[]): Connection[] {
  const chosen: Connection[] = []
  const quiet: Connection[] = []
  for (const connection of report.connections()) {
    if (chosen.length === CONNECTIONS) break
    if (connection.findings.length > 0) chosen.push(connection)
    else if (quiet.length < CONNECTIONS) quiet.push(connection)
  }
  chosen.push(...quiet.slice(0, CONNECTIONS - chosen.length))
  chosen.sort((a, b) => a.stream - b.stream)
  const missing = report.connectionCount - chosen.length
  if (missing > 0) leftOut.push(`${missing} of ${report.connectionCount} connections: the JSON and CSV have them all.`)
  return chosen
}

/** Series of the connections that the listed findings are about. */
function candidatesOf(connections: readonly Connection[], findings: readonly Finding[]): Payload['candidates'] {
  const streams = new Set(findings.map((finding) => finding.stream))
  return connections
    .filter((connection) => streams.has(connection.stream) && connection.candidates.length > 0)
    .map(({ stream, candidates }) => ({ stream, list: candidates }))
}

function columnsOf(connections: readonly Connection[]): ConnectionColumns {
  const verdicts = new Names()
  const ends = new Names()
  const states = connections.map((connection) => connection.state)
  return {
    stream: connections.map((connection) => connection.stream),
    capture: connections.map((connection) => connection.capture),
    clientAddress: connections.map((connection) => ends.number(connection.client.address)),
    clientPort: connections.map((connection) => connection.client.port),
    serverAddress: connections.map((connection) => ends.number(connection.server.address)),
    serverPort: connections.map((connection) => connection.server.port),
    verdict: connections.map((connection) => verdicts.number(connection.verdict)),
    state: states,
    start: connections.map((connection) => connection.start),
    duration: connections.map((connection) => connection.end - connection.start),
    firstFrame: connections.map((connection) => connection.firstFrame),
    packets: connections.map((connection) => connection.clientToServer.packets + connection.serverToClient.packets),
    clientBytes: connections.map((connection) => connection.clientToServer.payloadBytes),
    serverBytes: connections.map((connection) => connection.serverToClient.payloadBytes),
    verdicts: verdicts.list,
    ends: ends.list,
  }
}

/** Gives each text a number, in the order of first use. */
class Names {
  readonly list: string[] = []
  readonly #numbers = new Map<string, number>()

  number(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.list.length)
    this.list.push(name)
    return this.list.length - 1
  }
}
