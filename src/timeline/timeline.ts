import { checkpoint } from '../checkpoint.ts'
import type { Correlation } from '../correlation/correlate.ts'
import { type LoggedProcess, timeOf } from '../correlation/processes/logged-process.ts'
import type { Evidence, Finding } from '../diagnosis/finding.ts'
import { greatest } from '../extremes.ts'
import type { LogEvent } from '../log/event.ts'
import { entry, type TimelineEntry } from './entry.ts'
import { packetEntries } from './packet-entries.ts'

export interface TimelineOptions {
  /** One entry per packet and line, nothing folded. */
  readonly unfolded: boolean
  readonly isReported: (stream: number) => boolean
}

/** From so many lines of one wording in a row on, one entry stands for all of them. */
const FOLDED_FROM = 3
/** At one time packets come before the lines that they cause, and findings after what they are about. */
const SOURCES = ['packet', 'log', 'finding'] as const

/**
 * Packets' events, log events and findings on one axis, in order of time; lines of logs that are on no clock come last, in
 * their own order. Where intervals overlap, the order is open, and the later entry says so.
 */
export function timelineOf(
  correlation: Correlation,
  findings: readonly Finding[],
  options: TimelineOptions,
): TimelineEntry[] {
  const { scene } = correlation
  const entries: TimelineEntry[] = []
  const frameTimes = new Map<string, number | null>()
  for (const { wire } of scene.facts) {
    checkpoint()
    if (!options.isReported(wire.connection.stream)) continue
    for (const entry of packetEntries(wire, options.unfolded)) entries.push(entry)
    // A finding may rest on any packet, also on one that is folded with others into one entry.
    for (const { capture, frame, time } of packetEntries(wire, true)) frameTimes.set(`${capture}/${frame}`, time)
  }
  for (const process of scene.processes) for (const entry of logEntries(process, options.unfolded)) entries.push(entry)
  const lineTimes = timesOfLines(scene.processes, findings)
  for (const finding of findings) entries.push(findingEntry(finding, frameTimes, lineTimes))
  return withOpenOrder(entries.sort(compare))
}

/** When a line of a log was written, on the run's clock; null where no event is in it, or its log is on no clock. */
export function timeOfLine({ scene }: Correlation, log: number, line: number): number | null {
  const process = scene.processes.find(({ logs }) => logs.includes(log))
  const event = process?.file.events.find((each) => each.log === log && each.line === line)
  return process === undefined || event === undefined ? null : timeOf(process, event)
}

function compare(a: TimelineEntry, b: TimelineEntry): number {
  if (a.time === null || b.time === null) {
    if (a.time !== b.time) return a.time === null ? 1 : -1
  } else if (a.time !== b.time) return a.time - b.time
  return (
    SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source) ||
    (a.capture ?? a.log ?? 0) - (b.capture ?? b.log ?? 0) ||
    (a.frame ?? a.line ?? 0) - (b.frame ?? b.line ?? 0)
  )
}

function* logEntries(process: LoggedProcess, unfolded: boolean): Generator<TimelineEntry> {
  let run: LogEvent[] = []
  for (const event of process.file.events) {
    const last = run.at(-1)
    if (last && (unfolded || last.kind !== event.kind || last.text !== event.text)) {
      yield* lineEntries(process, run)
      run = []
    }
    run.push(event)
  }
  yield* lineEntries(process, run)
}

function* lineEntries(process: LoggedProcess, run: readonly LogEvent[]): Generator<TimelineEntry> {
  const folded = run.length >= FOLDED_FROM
  for (const event of folded ? run.slice(0, 1) : run)
    yield entry({
      time: timeOf(process, event),
      uncertainty: process.clock?.uncertainty ?? 0,
      source: 'log',
      kind: event.kind,
      text: `${event.thread === null ? '' : `[${event.thread}] `}${event.text}${folded ? ` (${run.length} times)` : ''}`,
      log: event.log,
      line: event.line,
      count: folded ? run.length : 1,
      until: folded ? timeOf(process, run.at(-1)!) : null,
    })
}

/** A finding stands where the last of what it rests on was seen: only then could it be known. */
function findingEntry(
  finding: Finding,
  frameTimes: ReadonlyMap<string, number | null>,
  lineTimes: ReadonlyMap<string, number | null>,
): TimelineEntry {
  const first = finding.evidence[0]
  const frames = finding.evidence.filter(({ capture }) => capture === first?.capture).flatMap((each) => each.frames)
  const times = finding.evidence.flatMap((evidence) => timesOf(evidence, frameTimes, lineTimes))
  return entry({
    time: times.length === 0 ? null : greatest(times),
    source: 'finding',
    kind: finding.rule,
    text: `${finding.severity}: ${finding.title}`,
    capture: first?.capture ?? null,
    frame: first?.frames[0] ?? null,
    lastFrame: first?.frames[0] === undefined ? null : frames.reduce((last, frame) => Math.max(last, frame)),
    log: finding.log,
    line: first?.lines[0] ?? null,
    stream: finding.stream,
  })
}

function timesOf(
  { capture, frames, log, lines }: Evidence,
  frameTimes: ReadonlyMap<string, number | null>,
  lineTimes: ReadonlyMap<string, number | null>,
): number[] {
  return [
    ...frames.flatMap((frame) => frameTimes.get(`${capture}/${frame}`) ?? []),
    ...lines.flatMap((line) => lineTimes.get(`${log}/${line}`) ?? []),
  ]
}

/** When the lines were written that findings rest on: logs have many, and findings too. */
function timesOfLines(
  processes: readonly LoggedProcess[],
  findings: readonly Finding[],
): ReadonlyMap<string, number | null> {
  const asked = new Set(
    findings.flatMap(({ evidence }) => evidence.flatMap(({ log, lines }) => lines.map((line) => `${log}/${line}`))),
  )
  const times = new Map<string, number | null>()
  if (asked.size === 0) return times
  for (const process of processes)
    for (const event of process.file.events) {
      const name = `${event.log}/${event.line}`
      if (asked.has(name)) times.set(name, timeOf(process, event))
    }
  return times
}

/** Two lines of one log are in its own order, two frames in the capture's: between sources only time can tell. */
function withOpenOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return entries.map((each, index) => {
    const before = entries[index - 1]
    if (!before || before.time === null || each.time === null) return each
    const ordered = before.source === each.source && before.log === each.log
    const overlaps = before.time + before.uncertainty >= each.time && before.uncertainty + each.uncertainty > 0
    return !ordered && overlaps && each.source !== 'finding' ? { ...each, orderOpen: true } : each
  })
}
