import type { EventKind, LogEvent } from '../../log/event.ts'
import { levelRank, WORDY } from '../../log/facts/level.ts'
import { countBelow } from '../ascending.ts'
import { type Ground, type LoggedProcess, timeOf } from '../processes/logged-process.ts'
import { isAbove, loggerOf, loggerSet } from '../processes/logger-name.ts'

/** A time in which a log leaves out lines of a kind, or may: nanoseconds on the run's clock. */
interface Deafness {
  readonly from: number
  readonly to: number
}

/** Whether a log tells that it leaves out lines, or may. */
export const leavesOut = ({ file }: LoggedProcess): boolean =>
  file.kinds.has('log-level') || file.kinds.has('lines-dropped')

/** Where a log, by what it says of itself, would have shown lines of a kind. */
export class Hearing {
  /** Apart from each other, in order of time. */
  readonly #deaf: readonly Deafness[]

  constructor(process: LoggedProcess, kind: EventKind, ground: Ground) {
    const own = process.file.events.filter((event) => event.kind === kind)
    const witnesses = own.length > 0 ? own : [...ground.events].sort((a, b) => a.order - b.order)
    this.#deaf = joined([...belowLevel(process, witnesses), ...leftOut(process, witnesses, own)])
  }

  /** From `time` on, when the first line may have been left out; infinity where none was. */
  until(time: number): number {
    const next = this.#deaf[countBelow(this.#deaf, time, ({ to }) => to)]
    return next === undefined ? Number.POSITIVE_INFINITY : Math.max(next.from, time)
  }
}

/** Those that overlap as one. */
function joined(all: readonly Deafness[]): Deafness[] {
  const apart: Deafness[] = []
  for (const { from, to } of all.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = apart.at(-1)
    if (last === undefined || from > last.to) apart.push({ from, to })
    else if (to > last.to) apart[apart.length - 1] = { from: last.from, to }
  }
  return apart
}

/**
 * Tells whether a line of another program says nothing of the one that these lines are of. Processes of one have other
 * numbers.
 */
function othersThan(witnesses: readonly LogEvent[]): (event: LogEvent) => boolean {
  const names = new Set(witnesses.map(({ process }) => process))
  const haveNames = [...names].every(isName)
  return ({ process }) => haveNames && isName(process) && !names.has(process)
}

const isName = (process: string | null): boolean => process !== null && !/^\d+$/.test(process)

/**
 * Between one change of its level and the next a log shows what it is known to show there: by a line of the kind itself, or by
 * the level of such lines elsewhere.
 */
function belowLevel(process: LoggedProcess, witnesses: readonly LogEvent[]): Deafness[] {
  const isOfAnother = othersThan(witnesses)
  const set = process.file.events.filter((event) => event.kind === 'log-level' && !isOfAnother(event))
  const isOfOtherLines = aboutOthersThan(set, witnesses)
  const changes = set.filter((change) => !isOfOtherLines(change))
  if (changes.length === 0) return []
  const letsThrough = passedBy(witnesses)
  const before = (order: number): number => countBelow(witnesses, order, (event) => event.order)
  return [null, ...changes].flatMap((change, index): Deafness[] => {
    const next = changes[index]
    const until = next === undefined ? witnesses.length : before(next.order)
    const isWitnessed = until > (change === null ? 0 : before(change.order))
    if (isWitnessed || (change !== null && letsThrough(change))) return []
    const from = change === null ? null : timeOf(process, change)
    const to = next === undefined ? null : timeOf(process, next)
    return [{ from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY }]
  })
}

/** Tells whether a change of level is about one logger that wrote none of these lines. A line that names none may be any's. */
function aboutOthersThan(changes: readonly LogEvent[], witnesses: readonly LogEvent[]): (change: LogEvent) => boolean {
  if (changes.every((change) => loggerSet(change) === null)) return () => false
  const writers = [...new Set(witnesses.map(loggerOf))]
  return (change) => {
    const logger = loggerSet(change)
    return logger !== null && writers.every((writer) => writer !== null && !isAbove(logger, writer))
  }
}

/** Tells whether a level that was set lets one of these lines through; a line without a level passes those that let all pass. */
function passedBy(witnesses: readonly LogEvent[]): (change: LogEvent) => boolean {
  const ranks = witnesses.map(({ level }) => levelRank(level) ?? WORDY)
  const highest = ranks.reduce((most, rank) => Math.max(most, rank), Number.NEGATIVE_INFINITY)
  return ({ value }) => {
    const threshold = levelRank(value)
    return threshold !== null && threshold <= highest
  }
}

/** Lines were left out after the last one that stands before the line that says so. One that is quoted is known. */
function leftOut(process: LoggedProcess, witnesses: readonly LogEvent[], own: readonly LogEvent[]): Deafness[] {
  const isOfAnother = othersThan(witnesses)
  const deaf: Deafness[] = []
  let before: LogEvent | null = null
  for (const event of process.file.events) {
    if (event.kind !== 'lines-dropped') before = event
    // Told when it begins, where the others are told when they are over.
    else if (event.pattern === 'log-sampled')
      deaf.push({ from: timeOf(process, event) ?? Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY })
    else if (event.pattern !== 'line-repeated' || repeatsOneOf(event, own)) {
      const since = before === null || isOfAnother(before) ? null : timeOf(process, before)
      const to = timeOf(process, event) ?? Number.POSITIVE_INFINITY
      deaf.push({ from: since ?? Number.NEGATIVE_INFINITY, to })
    }
  }
  return deaf
}

/** Lines that come again are counted where they stand: of other writers' lines, so many may come between. */
const NEAR = 64

/** The line that it repeats is quoted, or is the one before it. */
function repeatsOneOf({ value, order }: LogEvent, own: readonly LogEvent[]): boolean {
  const next = countBelow(own, order, (event) => event.order)
  if (value === null) return own[next - 1]?.order === order - 1
  return own.slice(Math.max(0, next - NEAR), next).some(({ text }) => value.includes(text.trim()))
}

/** For each process, the time from which its log leaves out what it showed before. */
const hushedFrom = new WeakMap<LoggedProcess, number>()

/** Whether a log that falls silent after `time` had been told before to leave lines out that it had shown. */
export function wasHushed(process: LoggedProcess, time: number): boolean {
  if (process.clock === null || !process.file.kinds.has('log-level')) return false
  const from = hushedFrom.get(process) ?? firstHush(process)
  hushedFrom.set(process, from)
  return from <= time
}

/** A logger that is set when its program starts leaves out nothing that was told before. */
function firstHush(process: LoggedProcess): number {
  let first = Number.POSITIVE_INFINITY
  let lowest = Number.POSITIVE_INFINITY
  for (const event of process.file.events)
    if (event.kind !== 'log-level') lowest = Math.min(lowest, levelRank(event.level) ?? Number.NEGATIVE_INFINITY)
    else if (lowest < (levelRank(event.value) ?? Number.POSITIVE_INFINITY))
      first = Math.min(first, timeOf(process, event) ?? Number.POSITIVE_INFINITY)
  return first
}
