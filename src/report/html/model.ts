import type { Endpoint } from '../../diagnosis/connection.ts'
import { type Evidence, type Finding, SEVERITIES } from '../../diagnosis/finding.ts'
import type { TimelineRow } from '../details.ts'
import type { PacketSeries } from '../packet-series.ts'
import { Clock } from './clock.ts'
import type { Payload } from './payload.ts'
import { decodeSeries } from './series-codec.ts'

/** What a part of the page points at: a frame of a capture, or a line of a log. */
export type Ref = `frame-${number}-${number}` | `line-${number}-${number}`

export const frameRef = (capture: number, frame: number): Ref => `frame-${capture}-${frame}`
export const lineRef = (log: number, line: number): Ref => `line-${log}-${line}`

/** Takes a reference apart; null where it is none. */
export function parseRef(text: string): { kind: 'frame' | 'line'; source: number; number: number } | null {
  const match = /^(frame|line)-(\d+)-(\d+)$/.exec(text)
  return match ? { kind: match[1] as 'frame' | 'line', source: Number(match[2]), number: Number(match[3]) } : null
}

/** The page's data with the ways through it: from a frame to its packet, its findings and its log lines, and back. */
export class Model {
  readonly payload: Payload
  readonly clock: Clock
  readonly series: readonly PacketSeries[]
  /** Time-line rows from logs, by reference. */
  readonly lines = new Map<Ref, TimelineRow>()
  /** What is named in one breath with a reference: the other frames and lines of an evidence. */
  readonly #together = new Map<Ref, Set<Ref>>()
  readonly #findings = new Map<Ref, Set<number>>()
  readonly #steps = new Map<Ref, Set<number>>()

  constructor(payload: Payload) {
    this.payload = payload
    this.clock = new Clock(payload)
    this.series = payload.series.map(decodeSeries)
    for (const row of payload.timeline)
      if (row.log !== null && row.line !== null) this.lines.set(lineRef(row.log, row.line), row)
    payload.findings.forEach((finding, index) => {
      for (const evidence of finding.evidence) this.#learn(evidence, this.#findings, index)
    })
    payload.chain.forEach((step, index) => {
      for (const evidence of step.evidence) this.#learn(evidence, this.#steps, index)
    })
  }

  #learn(evidence: Evidence, owners: Map<Ref, Set<number>>, owner: number): void {
    const refs = refsOf(evidence)
    for (const ref of refs) {
      if (!owners.has(ref)) owners.set(ref, new Set())
      owners.get(ref)!.add(owner)
      if (evidence.lines.length === 0 || evidence.frames.length === 0) continue
      if (!this.#together.has(ref)) this.#together.set(ref, new Set())
      for (const other of refs) if (other !== ref) this.#together.get(ref)!.add(other)
    }
  }

  findingsOf = (ref: Ref): readonly number[] => [...(this.#findings.get(ref) ?? [])]
  stepsOf = (ref: Ref): readonly number[] => [...(this.#steps.get(ref) ?? [])]
  /** True where a finding or a step names it. */
  isNamed = (ref: Ref): boolean => this.#findings.has(ref) || this.#steps.has(ref)
  togetherWith = (ref: Ref): readonly Ref[] => [...(this.#together.get(ref) ?? [])]

  /** The flow's packets; null where the page does not carry them. */
  seriesOf(capture: number | null, stream: number | null): PacketSeries | null {
    if (stream === null) return null
    return this.series.find((one) => one.stream === stream && (capture === null || one.capture === capture)) ?? null
  }

  /** The ends of a connection that the page lists; null for others. */
  endsOf(
    capture: number | null,
    stream: number | null,
  ): { readonly client: Endpoint; readonly server: Endpoint } | null {
    const all = this.payload.connections
    const row = stream === null ? -1 : all.stream.indexOf(stream)
    if (row < 0 || (capture !== null && all.capture[row] !== capture)) return null
    return {
      client: { address: all.ends[all.clientAddress[row]!]!, port: all.clientPort[row]! },
      server: { address: all.ends[all.serverAddress[row]!]!, port: all.serverPort[row]! },
    }
  }

  /** Where a frame is; null where the page does not carry it. */
  find(capture: number, frame: number): { readonly series: PacketSeries; readonly row: number } | null {
    for (const series of this.series) {
      if (series.capture !== capture) continue
      const row = position(series.columns.frame, frame)
      if (series.columns.frame[row] === frame) return { series, row }
    }
    return null
  }

  /** Log lines whose stamp, within its uncertainty, is a frame's time. */
  linesAt(time: number, stream: number): readonly TimelineRow[] {
    const near: TimelineRow[] = []
    for (const row of this.lines.values()) {
      if (row.time === null || (row.stream !== null && row.stream !== stream)) continue
      if (Math.abs(row.time - time) <= row.uncertainty) near.push(row)
    }
    return near.slice(0, 12)
  }

  /** Frames at a log line's time, within its uncertainty. */
  framesAt(line: TimelineRow): readonly Ref[] {
    const { time } = line
    if (time === null) return []
    const refs: Ref[] = []
    for (const series of this.series) {
      if (line.stream !== null && line.stream !== series.stream) continue
      const { columns } = series
      for (let row = position(columns.time, time - line.uncertainty); row < columns.time.length; row++) {
        if (columns.time[row]! > time + line.uncertainty || refs.length === 12) break
        refs.push(frameRef(series.capture, columns.frame[row]!))
      }
    }
    return refs
  }

  /** The flow that the case is about: of the worst finding that names one whose packets the page carries. */
  get leadSeries(): PacketSeries | null {
    for (const severity of SEVERITIES)
      for (const finding of this.payload.findings) {
        const series = finding.severity === severity ? this.seriesOf(null, finding.stream) : null
        if (series !== null) return series
      }
    return null
  }

  /** The first finding that an error-minded reader turns to. */
  get lead(): Finding | null {
    const { findings } = this.payload
    for (const severity of SEVERITIES) for (const finding of findings) if (finding.severity === severity) return finding
    return null
  }
}

/** Every frame and line that an evidence names. */
export function refsOf(evidence: Evidence): Ref[] {
  const refs: Ref[] = []
  if (evidence.capture !== null) for (const frame of evidence.frames) refs.push(frameRef(evidence.capture, frame))
  if (evidence.log !== null) for (const line of evidence.lines) refs.push(lineRef(evidence.log, line))
  return refs
}

/** Index of the first value that is not below `wanted`, in an ascending array. */
function position(values: readonly number[], wanted: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}
