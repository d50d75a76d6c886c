import { basename } from 'node:path'
import type { EventKind, LogEvent, LogFile, Silence } from '../../log/event.ts'

/** All that one process wrote: one log, or the parts of one that was cut into several, read as one. */
export interface ProcessLog {
  /** Indexes of its parts among the logs given, the oldest first. */
  readonly logs: readonly number[]
  /** What its parts are called, by their indexes; empty where it is one. */
  readonly partNames: ReadonlyMap<number, string>
  /** Its one part; of several what they tell together. */
  readonly file: LogFile
}

const KEPT_SILENCES = 16

/** Joins the parts of rotated logs; every other log stands for itself. */
export function processLogs(files: readonly LogFile[]): ProcessLog[] {
  const parts = new Map<string, number[]>()
  files.forEach((file, log) => {
    const key = file.rotation?.stem ?? `log ${log}`
    parts.set(key, [...(parts.get(key) ?? []), log])
  })
  return [...parts.values()].map((logs) => ({
    logs,
    partNames: new Map(logs.length === 1 ? [] : logs.map((log) => [log, basename(files[log]!.path)])),
    file: joined(logs.map((log) => files[log]!)),
  }))
}

function joined(parts: readonly LogFile[]): LogFile {
  const [first] = parts
  if (first === undefined || parts.length === 1) return first!
  const timed = parts.filter((part) => part.firstTime !== null).map((part) => onBaseOf(first, part))
  const sum = (count: (part: LogFile) => number): number => parts.reduce((total, part) => total + count(part), 0)
  return {
    ...first,
    path: first.rotation?.stem ?? first.path,
    zoned: parts.every((part) => part.zoned),
    tick: Math.max(...parts.map((part) => part.tick)),
    lines: sum((part) => part.lines),
    stamped: sum((part) => part.stamped),
    unparsed: sum((part) => part.unparsed),
    firstTime: timed[0]?.firstTime ?? null,
    lastTime: timed.at(-1)?.lastTime ?? null,
    silences: longest(timed),
    complete: parts.every((part) => part.complete),
    kinds: kindsOf(parts),
    events: parts.flatMap((part) => onBaseOf(first, part).events),
  }
}

/** Each part counts from its own first second. */
function onBaseOf(first: LogFile, part: LogFile): Pick<LogFile, 'firstTime' | 'lastTime' | 'silences' | 'events'> {
  const shift = (part.base - first.base) * 1e9
  if (shift === 0) return part
  const moved = (time: number | null): number | null => (time === null ? null : time + shift)
  return {
    firstTime: moved(part.firstTime),
    lastTime: moved(part.lastTime),
    silences: part.silences.map((silence) => ({ ...silence, from: silence.from + shift, to: silence.to + shift })),
    events: part.events.map((event): LogEvent => ({ ...event, time: moved(event.time) })),
  }
}

/** The longest of the parts' silences, and of those between one part's last line and the next one's first. */
function longest(parts: readonly Pick<LogFile, 'firstTime' | 'lastTime' | 'silences' | 'events'>[]): Silence[] {
  const between = parts.slice(1).flatMap((part, index): Silence[] => {
    const before = parts[index]!
    const last = before.events.at(-1)
    if (last === undefined || part.firstTime! <= before.lastTime!) return []
    return [{ from: before.lastTime!, to: part.firstTime!, log: last.log, line: last.line }]
  })
  const all = [...parts.flatMap((part) => part.silences), ...between]
  return all.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from).slice(0, KEPT_SILENCES)
}

function kindsOf(parts: readonly LogFile[]): Map<EventKind, number> {
  const kinds = new Map<EventKind, number>()
  for (const part of parts) for (const [kind, count] of part.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count)
  return kinds
}
