import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Silence } from '../event.ts'
import { LINE_NUMBERS, type LineFinder, Run } from '../lines/line-finder.ts'
import { daysIfDayFirst } from './date-order.ts'
import { DAY_SECONDS, DateOrder, type Stamp, StampDate } from './stamp.ts'
import { formatStep, TickFinder } from './tick.ts'

const HALF_DAY = (DAY_SECONDS / 2) * 1e9
const DAY = DAY_SECONDS * 1e9
const YEAR_2000 = 366 * DAY
const KEPT_SILENCES = 16
/** Beyond all that a second has, for who counts in words. */
const MOST_NANOSECONDS = 0x7fffffff
/** Lines of several threads go back by a little now and then; a log that is turned round goes back all the time. */
const NEWEST_FIRST_STEPS = 3
const NEWEST_FIRST_SHARE = 10
/** So many distinct stamps of events must show a step of their own before it is believed. */
const EVENT_STAMPS = 4

/** Turns a log's stamps into times from its base, over midnight and New Year, and learns what they show of its clock. */
export class StampClock {
  /** Unix seconds that times count from; 0 where stamps have no date. */
  base = 0
  date: StampDate | null = null
  zoned = false
  stamped = 0
  first: number | null = null
  latest = Number.NEGATIVE_INFINITY
  /** What the stamp read last says, in nanoseconds from `base`; NaN where it is of another kind than the log's. */
  time = Number.NaN
  /** When its second began, likewise; NaN where others of that second must be read like any. */
  second = Number.NaN
  readonly tick = new TickFinder()
  readonly #eventTick = new TickFinder()
  readonly silences: Omit<Silence, 'log'>[] = []
  /** Silences no longer than this are none of those kept. */
  #keptSilence = 0
  /** Stamps of another kind than the log's first: they cannot be put on its time. */
  #foreign = 0
  #mixedZones = 0
  #carried = 0
  #previous = Number.NaN
  #previousLine = 0
  #backwards = 0
  /** The sum of all stamps that count from the line before, in nanoseconds. */
  #elapsed = 0
  #forwards = 0
  #largestBackward = 0
  #firstBackwardLine = 0
  /** Days by which all that was read is off if the day comes first in its dates; null once that is known. */
  #openDays: number | null = 0

  /** What times count from if the day comes first in dates that may be read either way; null where there are none. */
  get otherBase(): number | null {
    return this.#openDays === null || this.#openDays === 0 ? null : this.base + this.#openDays * DAY_SECONDS
  }

  /** What a reader of the log must know of its times. */
  warnings(lines: number): string[] {
    const warnings: string[] = []
    if (this.stamped === 0 && lines > 0)
      warnings.push('no line has a time that can be read: its events have an order, and no time')
    if (this.newestFirst) warnings.push('its newest line comes first: it was read from its end')
    else if (this.#backwards > 0) warnings.push(this.#backwardsWarning())
    if (this.#foreign > 0)
      warnings.push(
        `${counted(this.#foreign, 'line has', 'lines have')} a time of another kind than the others; events there have none`,
      )
    if (this.#mixedZones > 0)
      warnings.push(
        `${counted(this.#mixedZones, 'line differs', 'lines differ')} from the others in naming a zone; without one, UTC is taken`,
      )
    const { tick, misfits, stamps } = this.tick.find()
    if (misfits > 0)
      warnings.push(
        `${misfits} of ${stamps} distinct times do not fit the clock’s step of ${formatStep(tick)}: two clocks wrote them`,
      )
    return warnings
  }

  /** True where nearly every step of the stamps is one back in time, as in `journalctl -r` and exports of log stores. */
  get newestFirst(): boolean {
    return this.#backwards >= NEWEST_FIRST_STEPS && this.#backwards > this.#forwards * NEWEST_FIRST_SHARE
  }

  #backwardsWarning(): string {
    const by = formatDuration(this.#largestBackward)
    const how =
      this.#backwards === 1
        ? `once, on line ${this.#firstBackwardLine}, by ${by}`
        : `${this.#backwards} times, first on line ${this.#firstBackwardLine}, by ${by} at most`
    return `times go backwards ${how}; they are kept as they are`
  }

  /** The time of the last stamp; null before any. */
  get last(): number | null {
    return this.stamped === 0 ? null : this.#previous
  }

  /** Puts a line's stamp on the log's time: see `time`. */
  read(stamp: Stamp, line: number): void {
    this.time = Number.NaN
    this.second = Number.NaN
    if (stamp.date === StampDate.SINCE_PREVIOUS) this.#addUp(stamp)
    if (this.date === null) this.#begin(stamp)
    if (stamp.first !== 0) this.#learnOrder(stamp)
    if (this.date !== StampDate.NONE && stamp.date !== this.date) {
      this.#foreign++
      return
    }
    const isOtherZone = stamp.zoned !== this.zoned && this.date !== StampDate.NONE
    if (isOtherZone) this.#mixedZones++
    const seconds = this.date === StampDate.NONE ? secondOfDay(stamp) : stamp.seconds
    const time = this.#carry((seconds - this.base) * 1e9 + stamp.nanoseconds)
    if (!isOtherZone && Math.abs(time) < Number.MAX_SAFE_INTEGER) this.second = time - stamp.nanoseconds
    this.time = time
    if (this.first === null) {
      this.first = time
      this.latest = time
    }
    this.#follow(stamp, line)
  }

  /** Makes a stamp that counts from the line before one that counts from the log's first. */
  #addUp(stamp: Stamp): void {
    this.#elapsed += stamp.seconds * 1e9 + stamp.nanoseconds
    stamp.seconds = Math.floor(this.#elapsed / 1e9)
    stamp.nanoseconds = this.#elapsed % 1e9
    stamp.date = StampDate.SINCE_START
  }

  /** Puts a line's stamp on the log's time that says the second of the one read last again. That `second` is a number is asked. */
  readAgain(stamp: Stamp, line: number): void {
    this.time = this.second + stamp.nanoseconds
    this.#follow(stamp, line)
  }

  /** True where the stamps of a second's further lines, of so many digits, would hardly tell more of the clock. */
  isKnown(digits: number): boolean {
    return digits === 0 || this.tick.isSated
  }

  /**
   * Has the finder count the lines from `from` to `to` that it found last, as long as they say the second of the one read last again in
   * stamps of the same `layout` (see `secondLayoutOf`) and `digits`; the first has the number `line` in the log. Returns where that
   * ended: before a line that goes on by more than the silences that are kept, and, while little is known of the clock that stamps
   * events, before one.
   */
  countRun(
    finder: LineFinder,
    from: number,
    to: number,
    line: number,
    { layout, digits }: { readonly layout: number; readonly digits: number },
  ): number {
    const { second } = this
    const before = this.#previous - second
    const latest = Math.min(this.latest - second, MOST_NANOSECONDS)
    const longest = Math.min(this.#keptSilence, MOST_NANOSECONDS)
    const stopsAtEvents = digits === 0 || this.#eventTick.isSated ? 0 : 1
    const end = finder.countRun(from, to, layout, before, latest, longest, stopsAtEvents)
    if (end === from) return end
    const { run } = finder
    this.time = second + finder.found[(end - 1) * LINE_NUMBERS + 2]!
    this.latest = Math.max(this.latest, second + run[Run.LATEST]!)
    this.stamped += end - from
    this.#forwards += run[Run.FORWARDS]!
    if (run[Run.BACKWARDS]! > 0) {
      if (this.#backwards === 0) this.#firstBackwardLine = line + run[Run.FIRST_BACK]! - from
      this.#backwards += run[Run.BACKWARDS]!
      this.#largestBackward = Math.max(this.#largestBackward, run[Run.FARTHEST_BACK]!)
    }
    this.#previous = this.time
    this.#previousLine = line + end - from - 1
    return end
  }

  /** Takes the stamp of a line with an event: lines about sockets may be stamped by a coarser clock than the others. */
  readEvent(stamp: Stamp, time: number): void {
    this.#eventTick.add(stamp.nanoseconds, stamp.digits, time)
  }

  /** The step of the clock that stamped the events: too large a one only costs certainty. */
  step(): number {
    const all = this.tick.find()
    const events = this.#eventTick.find()
    return events.stamps < EVENT_STAMPS ? all.tick : Math.max(all.tick, events.tick)
  }

  #begin(stamp: Stamp): void {
    this.date = stamp.date
    this.zoned = stamp.zoned
    const isDated = stamp.date === StampDate.FULL || stamp.date === StampDate.YEARLESS
    this.base = isDated ? stamp.seconds : 0
  }

  /** All dates before were one, read with the month first: what it is once the order is known, all times before are moved to. */
  #learnOrder(stamp: Stamp): void {
    if (this.#openDays === null) return
    const year = new Date(this.base * 1000).getUTCFullYear()
    if (stamp.order === DateOrder.OPEN) this.#openDays = daysIfDayFirst(stamp, year)
    else {
      if (stamp.order === DateOrder.DAY_FIRST) this.base += this.#openDays * DAY_SECONDS
      this.#openDays = null
    }
  }

  /** Midnight without a date and New Year without a year are told by a jump back of more than half the circle. */
  #carry(plain: number): number {
    if (this.date === StampDate.FULL || this.date === StampDate.SINCE_START) return plain
    const circle = this.date === StampDate.NONE ? DAY : YEAR_2000
    const half = this.date === StampDate.NONE ? HALF_DAY : YEAR_2000 / 2
    const time = plain + this.#carried
    if (time < this.#previous - half) {
      this.#carried += circle
      return time + circle
    }
    // A line of the day before that was written late.
    return this.#carried > 0 && time > this.#previous + half ? time - circle : time
  }

  /** Learns from the stamp read last. Its time is not passed on: a call that is not inlined would make an object of it. */
  #follow(stamp: Stamp, line: number): void {
    const { time } = this
    this.stamped++
    this.tick.add(stamp.nanoseconds, stamp.digits, time)
    if (time > this.#previous) {
      this.#forwards++
      if (time > this.latest) this.#goOn()
    } else if (time < this.#previous) {
      this.#backwards++
      if (this.#firstBackwardLine === 0) this.#firstBackwardLine = line
      this.#largestBackward = Math.max(this.#largestBackward, this.#previous - time)
    }
    this.#previous = time
    this.#previousLine = line
  }

  #goOn(): void {
    const { time } = this
    if (time - this.latest > this.#keptSilence) this.#noteSilence(time)
    this.latest = time
  }

  #noteSilence(time: number): void {
    this.silences.push({ from: this.latest, to: time, line: this.#previousLine })
    this.silences.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
    if (this.silences.length > KEPT_SILENCES) this.silences.pop()
    const shortest = this.silences.at(-1)!
    if (this.silences.length === KEPT_SILENCES) this.#keptSilence = shortest.to - shortest.from
  }
}

function secondOfDay(stamp: Stamp): number {
  return stamp.seconds - Math.floor(stamp.seconds / DAY_SECONDS) * DAY_SECONDS
}
