import type { Connection } from '../diagnosis/connection.ts'
import { SEVERITIES } from '../diagnosis/finding.ts'
import { AnalysisFlag } from '../flow/analysis/analysis-flag.ts'
import type { Details } from '../report/details.ts'
import type { PacketSeries } from '../report/packet-series.ts'
import type { Report } from '../report/report.ts'
import { scan } from '../scan.ts'
import { counted } from '../text/plural.ts'
import { SeriesCollector, type Wanted } from './series-collector.ts'

/** How much of a capture a report may carry. */
interface SeriesLimits {
  readonly flows: number
  /** Its first and last half are kept, and every frame that a finding names. */
  readonly packetsPerFlow: number
  readonly packets: number
}

/** 100 000 rows take 3 to 4 MB of JSON, which a browser reads in half a second. */
const SERIES_LIMITS: SeriesLimits = { flows: 40, packetsPerFlow: 20_000, packets: 100_000 }

/** Flows that are shown of a listener that a finding is about, and of a report without findings. */
const EXAMPLES = 4

export interface LookOptions {
  readonly limits?: SeriesLimits
  readonly signal?: AbortSignal
}

/** Bit n of a series' analysis column stands for name n. */
const NAMES_BY_BIT = Object.entries(AnalysisFlag)
  .sort(([, a], [, b]) => a - b)
  .map(([name]) => name.toLowerCase())

/**
 * Reads the captures once more, for the packets of the flows that the report's findings are about. What came by a pipe
 * cannot be read twice; the details then say so.
 */
export async function lookAgain(report: Report, paths: readonly string[], options: LookOptions = {}): Promise<Details> {
  const limits = options.limits ?? SERIES_LIMITS
  const none: Details = { series: [], analysisNames: NAMES_BY_BIT, timeline: [], slots: [], leftOut: [] }
  // A file has a size; what has none came by a pipe.
  if (report.captures.some((capture) => capture.storedSize === null))
    return { ...none, leftOut: ['Packets and graphs: the capture came by a pipe and cannot be read a second time.'] }
  const picked = pickFlows(report, limits)
  if (picked.chosen.length === 0) return none
  const collector = new SeriesCollector(allotRows(picked.chosen, limits), decidingFrames(report))
  const { flows } = await scan(paths, {
    visitors: [collector],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  const connections = new Map(picked.chosen.map((connection) => [connection.stream, connection]))
  const series = collector.finish().map((one): PacketSeries => {
    const connection = connections.get(one.stream)!
    if (flows.clientSide(one.stream) === 1)
      one.columns.side.forEach((side, row) => {
        one.columns.side[row] = 1 - side
      })
    return { ...one, client: connection.client, server: connection.server }
  })
  return { ...none, series, leftOut: [...picked.leftOut, ...shortened(series)] }
}

/** Streams in the order of how much they matter: those of findings, the worst first; then examples of listeners. */
function rankedStreams(report: Report): Set<number> {
  const streams = new Set<number>()
  for (const severity of SEVERITIES)
    for (const finding of report.findings) {
      if (finding.severity !== severity) continue
      if (finding.stream !== null) streams.add(finding.stream)
      else if (finding.listener !== null)
        for (const stream of report.listeners[finding.listener]?.streams.slice(0, EXAMPLES) ?? []) streams.add(stream)
    }
  if (streams.size === 0)
    for (const listener of report.listeners.slice(0, EXAMPLES))
      for (const stream of listener.streams.slice(0, EXAMPLES)) streams.add(stream)
  return streams
}

function pickFlows(report: Report, limits: SeriesLimits): { chosen: Connection[]; leftOut: string[] } {
  const ranked = [...rankedStreams(report)]
  const wanted = new Set(ranked.slice(0, limits.flows))
  const chosen: Connection[] = []
  for (const connection of report.connections()) {
    if (wanted.has(connection.stream)) chosen.push(connection)
    if (chosen.length === wanted.size) break
  }
  const rest = ranked.length - wanted.size
  const leftOut =
    rest > 0
      ? [`Packets of ${counted(rest, 'more flow')} that findings are about: their filters show them in Wireshark.`]
      : []
  const order = new Map(ranked.map((stream, index) => [stream, index]))
  chosen.sort((a, b) => order.get(a.stream)! - order.get(b.stream)!)
  return { chosen, leftOut }
}

/** Short flows get all they need; what they leave is shared by the long ones. */
function allotRows(connections: readonly Connection[], limits: SeriesLimits): Wanted[] {
  const sized = connections.map((connection) => ({
    stream: connection.stream,
    packets: connection.clientToServer.packets + connection.serverToClient.packets,
  }))
  let left = limits.packets
  const rows = new Map<number, number>()
  const ascending = [...sized].sort((a, b) => a.packets - b.packets)
  ascending.forEach(({ stream, packets }, index) => {
    const share = Math.floor(left / (ascending.length - index))
    const own = Math.min(packets, limits.packetsPerFlow, share)
    rows.set(stream, own)
    left -= own
  })
  return sized.map(({ stream }) => ({ stream, rows: rows.get(stream)! }))
}

function decidingFrames(report: Report): Set<string> {
  const frames = new Set<string>()
  for (const { evidence } of [...report.findings, ...report.chain])
    for (const one of evidence)
      if (one.capture !== null) for (const frame of one.frames) frames.add(`${one.capture}:${frame}`)
  return frames
}

const shortened = (series: readonly PacketSeries[]): string[] =>
  series
    .filter((one) => one.columns.frame.length < one.packets)
    .map(
      (one) =>
        `${one.packets - one.columns.frame.length} of the ${one.packets} packets of stream ${one.stream}, from its middle.`,
    )
