import type { Connection } from '../diagnosis/connection.ts'
import type { Evidence, Finding } from '../diagnosis/finding.ts'
import { formatEndpoint } from '../text/address.ts'
import { formatDuration } from '../text/duration.ts'
import { counted } from '../text/plural.ts'
import { formatRanges } from '../text/ranges.ts'
import { shellWord } from '../text/shell.ts'
import type { Report } from './report.ts'

/** How many frames or lines are named, and by which name a file. */
interface Naming {
  readonly limit?: number
  readonly pathOf?: (path: string) => string
}

const MOST_NAMED = 8
const wholePath = (path: string): string => path

/** `frames 1–3, 5` or `frame 1`, after the capture's path where there are several captures. */
function formatFrames(report: Report, capture: number | null, frames: readonly number[], naming: Naming): string {
  if (frames.length === 0) return ''
  const { limit = MOST_NAMED, pathOf = wholePath } = naming
  const file = report.captures.length > 1 && capture !== null ? `${pathOf(report.captures[capture]?.path ?? '')} ` : ''
  return `${file}${frames.length === 1 ? 'frame' : 'frames'} ${formatRanges(frames, limit)}`
}

/** `server.log:96, 250`. */
function formatLines(report: Report, log: number | null, lines: readonly number[], naming: Naming = {}): string {
  if (log === null) return ''
  const { limit = MOST_NAMED, pathOf = wholePath } = naming
  const path = pathOf(report.logs[log]?.path ?? `log ${log + 1}`)
  return lines.length === 0 ? path : `${path}:${formatRanges(lines, limit)}`
}

/** Where a fact can be looked up: its frames, its lines, or both. Empty where it is about what is absent. */
export function formatSource(report: Report, evidence: Evidence, naming: Naming = {}): string {
  const frames = formatFrames(report, evidence.capture, evidence.frames, naming)
  const lines = formatLines(report, evidence.log, evidence.lines, naming)
  return frames !== '' && lines !== '' ? `${frames}; ${lines}` : frames + lines
}

/** A fact behind where it can be looked up: `frames 4, 6: two pushes`. */
export function formatFact(report: Report, fact: Evidence, limit: number): string {
  const where = formatSource(report, fact, { limit })
  return where === '' ? fact.text : `${where}: ${fact.text}`
}

/** `the log line 3.2 ms after the frame (± 15.63 ms)`; empty where the distance is not known. */
export function formatApart(evidence: Evidence): string {
  const { apart } = evidence
  if (apart === undefined) return ''
  const side = apart.ms < 0 ? 'before' : 'after'
  const distance = formatDuration(Math.abs(apart.ms) * 1e6)
  return `the log line ${distance} ${side} the frame (± ${formatDuration(apart.uncertaintyMs * 1e6)})`
}

/** Captures that are named of a run over many. */
const NAMED = 3

/** The captures' paths, the first few of many. */
function formatCaptures(report: Report): string {
  const paths = report.captures.slice(0, NAMED).map((capture) => capture.path)
  const left = report.captures.length - paths.length
  return left === 0 ? paths.join(', ') : `${paths.join(', ')} and ${left} more`
}

/** The path of a capture. */
export const captureName = (report: Report, capture: number | undefined): string =>
  (capture === undefined ? undefined : report.captures[capture]?.path) ?? ''

/** What a finding is about, in one line: capture, stream, both ends, frames; a listener; a log. */
export function formatSubject(report: Report, finding: Finding, connection: Connection | undefined): string {
  if (connection !== undefined) {
    const path = report.captures[connection.capture]?.path ?? ''
    const ends = `${formatEndpoint(connection.client)} → ${formatEndpoint(connection.server)}`
    return `${path}: stream ${connection.stream}, ${ends}, ${spanOf(report, connection)}`
  }
  const listener = finding.listener === null ? undefined : report.listeners[finding.listener]
  if (listener !== undefined) {
    const count = counted(listener.connections, 'connection')
    return `${formatCaptures(report)}: listener ${formatEndpoint(listener)}, ${count}`
  }
  if (finding.stream !== null) return `stream ${finding.stream}`
  if (finding.log !== null) return formatLines(report, finding.log, [])
  return formatCaptures(report)
}

/** From its first to its last frame, which may be in another capture. */
function spanOf({ captures }: Report, { firstFrame, lastFrame, lastCapture }: Connection): string {
  if (lastCapture === undefined)
    return firstFrame === lastFrame ? `frame ${firstFrame}` : `frames ${firstFrame}–${lastFrame}`
  return `from frame ${firstFrame} to frame ${lastFrame} of ${captures[lastCapture]?.path ?? ''}`
}

/** A file to open, and where in it. */
export interface Place {
  readonly path: string
  readonly frame: number | null
  readonly line: number | null
}

/** The one place that a viewer should open for a finding: its first fact with frames, else with lines, else its input. */
export function primaryPlace(report: Report, finding: Finding): Place {
  for (const { capture, frames } of finding.evidence) {
    const path = capture === null ? undefined : report.captures[capture]?.path
    if (path !== undefined && frames.length > 0) return { path, frame: frames[0]!, line: null }
  }
  for (const { log, lines } of finding.evidence) {
    const path = log === null ? undefined : report.logs[log]?.path
    if (path !== undefined && lines.length > 0) return { path, frame: null, line: lines[0]! }
  }
  const path = (finding.log === null ? undefined : report.logs[finding.log]?.path) ?? report.captures[0]?.path
  return { path: path ?? '', frame: null, line: null }
}

/** Captures that a command is given; of a run over more, the command shows the first ones. */
const GIVEN = 5

/**
 * A next step; where it is a command of this program, with the run's captures in the place of `CAPTURE`. File names
 * are quoted: the line is there to be pasted into a shell.
 */
export function formatStep(report: Report, step: string): string {
  if (!step.startsWith('noaccept ') || report.captures.length === 0) return step
  const paths = report.captures.slice(0, GIVEN).map((capture) => shellWord(capture.path))
  return step.replace(/(?<= )CAPTURE(?= |$)/, () => paths.join(' '))
}
