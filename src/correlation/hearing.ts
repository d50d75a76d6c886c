import type { EventKind, LogEvent } from '../log/event.ts'
import { levelRank, WORDY } from '../log/level.ts'
import { type Ground, type LoggedProcess, timeOf } from './logged-process.ts'

/** A time in which a log leaves out lines of a kind, or may: nanoseconds on the run's clock. */
interface Deafness {
  readonly from: number
  readonly to: number
}

/** Where a log, by what it says of itself, would have shown lines of a kind. */
export class Hearing {
  readonly #deaf: readonly Deafness[]

  constructor(process: LoggedProcess, kind: EventKind, ground: Ground) {
    const told = process.file.kinds
    if (!told.has('log-level') && !told.has('lines-dropped')) {
      this.#deaf = []
      return
    }
    const own = process.file.events.filter((event) => event.kind === kind)
    const witnesses = own.length > 0 ? own : ground.events
    this.#deaf = [...belowLevel(process, witnesses), ...leftOut(process, witnesses, own)]
  }

  /** From `time` on, when the first line may have been left out; infinity where none was. */
  until(time: number): number {
    let first = Number.POSITIVE_INFINITY
    for (const { from, to } of this.#deaf) if (to >= time && from < first) first = Math.max(from, time)
    return first
  }
}

/** Whether a line of another program says nothing of the one that these lines are of. Processes of one have other numbers. */
const isOfAnother = ({ process: own }: LogEvent, witnesses: readonly LogEvent[]): boolean =>
  isName(own) && witnesses.every(({ process }) => isName(process) && process !== own)

const isName = (process: string | null): boolean => process !== null && !/^\d+$/.test(process)

/**
 * Between one change of its level and the next a log shows what it is known to show there: by a line of the kind itself, or by
 * the level of such lines elsewhere.
 */
function belowLevel(process: LoggedProcess, witnesses: readonly LogEvent[]): Deafness[] {
  const changes = process.file.events.filter((event) => event.kind === 'log-level' && !isOfAnother(event, witnesses))
  if (changes.length === 0) return []
  return [null, ...changes].flatMap((change, index): Deafness[] => {
    const next = changes[index]
    const isWithin = ({ order }: LogEvent): boolean =>
      order >= (change?.order ?? 0) && order < (next?.order ?? Number.POSITIVE_INFINITY)
    if (witnesses.some(isWithin) || (change !== null && letsThrough(change, witnesses))) return []
    const from = change === null ? null : timeOf(process, change)
    const to = next === undefined ? null : timeOf(process, next)
    return [{ from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY }]
  })
}

function letsThrough(change: LogEvent, witnesses: readonly LogEvent[]): boolean {
  const threshold = levelRank(change.value)
  if (threshold === null) return false
  return witnesses.some(({ level }) => {
    const rank = levelRank(level)
    return rank === null ? threshold <= WORDY : rank >= threshold
  })
}

/** Lines were left out after the last one that stands before the line that says so. One that is quoted is known. */
function leftOut(process: LoggedProcess, witnesses: readonly LogEvent[], own: readonly LogEvent[]): Deafness[] {
  const { events } = process.file
  const said = events.filter((event) => event.kind === 'lines-dropped')
  return said.flatMap((event): Deafness[] => {
    const before = events.findLast(({ order, kind }) => order < event.order && kind !== 'lines-dropped')
    if (event.pattern === 'line-repeated' && !repeatsOneOf(event, own)) return []
    const time = timeOf(process, event)
    const since = before === undefined || isOfAnother(before, witnesses) ? null : timeOf(process, before)
    return [{ from: since ?? Number.NEGATIVE_INFINITY, to: time ?? Number.POSITIVE_INFINITY }]
  })
}

/** The line that it repeats is quoted, or is the one before it. */
function repeatsOneOf({ value, order }: LogEvent, own: readonly LogEvent[]): boolean {
  if (value === null) return own.some((event) => event.order === order - 1)
  return own.some(({ text }) => text.trim() === value.trim() || value.includes(text.trim()))
}

/** Whether a log that falls silent after `time` had been told before to leave lines out that it had shown. */
export function wasHushed({ file, clock }: LoggedProcess, time: number): boolean {
  if (clock === null || !file.kinds.has('log-level')) return false
  return file.events.some((change) => {
    const at = change.kind === 'log-level' ? clock.of(change) : null
    return at !== null && at <= time && hushes(change, file.events)
  })
}

/** A logger that is set when its program starts leaves out nothing that was told before. */
function hushes(change: LogEvent, events: readonly LogEvent[]): boolean {
  const threshold = levelRank(change.value)
  return events.some(({ kind, order, level }) => {
    if (order >= change.order || kind === 'log-level') return false
    const rank = levelRank(level)
    return threshold === null || rank === null || rank < threshold
  })
}
