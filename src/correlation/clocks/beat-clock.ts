import type { LogEvent } from '../../log/event.ts'
import type { Moment } from '../wire/moment-log.ts'
import type { WireIndex } from '../wire/wire-index.ts'
import { type Anchor, EARLY, PROMPT } from './anchor.ts'
import { BEATS_NEEDED, type BeatTrain, nearest, trainOf } from './beat-train.ts'
import type { CaptureSpan, LogTimes } from './nominal-time.ts'
import { fitOf } from './offset-vote.ts'
import { MOST_LINES, type RecurringLines } from './recurring-lines.ts'

/** What beats say of a clock: one interval of offsets, or several that fit as well. */
export type BeatClock =
  | { readonly from: number; readonly to: number; readonly pairs: number }
  | { readonly fits: number; readonly period: number }

/** A line of a train of them, and what it may be late by against its packet. */
interface LineTrain extends BeatTrain<LogEvent> {
  readonly late: number
}

/** One way to lay a train of lines on a train of packets. */
interface Laying {
  readonly pairs: readonly { readonly offset: number }[]
  readonly from: number
  readonly to: number
  /** Natural logarithm of the chance that another run's lines lie as well. */
  readonly chance: number
}

/** A train of lines beside a train of packets, as they are laid on each other. */
interface Match {
  readonly line: LineTrain
  readonly push: BeatTrain<Moment>
  /** Nanoseconds within which a line meets a push. */
  readonly near: number
  /** From each line to the next. */
  readonly chances: readonly StepChance[]
  /** Pairs of a line and a push that a laying holds already, 1 each. */
  readonly visited: readonly Uint8Array[]
}

/** Natural logarithms of the chance that a line meets a push, given that the one before did, and that it is the very next. */
interface StepChance {
  readonly met: number
  readonly inTurn: number
}

/** A send line may be written before or after its packet leaves. */
const SEND_EARLY = 20e6
/** Each line is compared with each packet: trains beyond these tell nothing more. */
const MOST_PUSHES = 512
const MOST_LINE_TRAINS = 6
const MOST_PUSH_TRAINS = 12
/** The share of the lines within the time of the packets that must meet one. */
const MET_SHARE = 0.8
/** Less than one log in a hundred thousand of another run would fit so well, all layings counted. */
const RARE = Math.log(1e-5)

/**
 * Finds the offset from beats alone. A beat fits at each period; what tells one fit from the others, and one run from
 * another, is what a timer does not repeat: the jitter of its gaps where it exceeds the stamps' step, and beats left out. That
 * two trains begin, end or last alike tells nothing: two runs of a program may do so. Null where nothing beats in common.
 */
export function beatClockOf(
  recurring: RecurringLines,
  wire: WireIndex,
  times: LogTimes,
  capture: CaptureSpan,
  anchors: readonly Anchor[],
): BeatClock | null {
  const lines = lineTrains(recurring, times)
  const pushes = lines.length === 0 ? [] : pushTrains(wire)
  const near = lines.flatMap((line) =>
    pushes.filter((push) => haveOnePeriod(line, push)).map((push) => ({ line, push })),
  )
  const layings = near.flatMap(({ line, push }) => layingsOf(line, push, times.tick, capture))
  const certain = anchors.filter((anchor) => anchor.bound !== null || anchor.certain)
  const possible = layings.filter((laying) => isBorneOut(certain, laying))
  const tries = Math.log(Math.max(1, layings.length))
  const rare = possible.filter(({ chance }) => chance + tries < RARE).sort((a, b) => b.pairs.length - a.pairs.length)
  const [best] = rare
  const period = near[0]?.push.period ?? 0
  if (best === undefined) return possible.length > 0 ? { fits: apart(possible, period), period } : null
  // A request's line and its answer's, or a line and either end's packet, lie together: they narrow one interval.
  let { from, to } = best
  for (const other of rare) {
    if (other.from > to || other.to < from) return { fits: apart(rare, period), period }
    from = Math.max(from, other.from)
    to = Math.min(to, other.to)
  }
  return { ...narrowed(certain, from, to), pairs: best.pairs.length }
}

/** How many offsets these are. */
const apart = (layings: readonly Laying[], period: number): number =>
  new Set(layings.map(({ from }) => Math.round((2 * from) / period))).size

/** What the order of cause and effect leaves of an interval. */
function narrowed(anchors: readonly Anchor[], from: number, to: number): { from: number; to: number } {
  let [least, most] = [from, to]
  for (const { bound } of anchors) {
    if (bound === null || bound.from > most || bound.to < least) continue
    least = Math.max(least, bound.from)
    most = Math.min(most, bound.to)
  }
  return { from: least, to: most }
}

/** True where lines that name their connection meet its packets there too, and none is turned round. */
function isBorneOut(certain: readonly Anchor[], { from, to }: Laying): boolean {
  const fit = fitOf(certain, (from + to) / 2)
  const turned = certain.filter(({ bound }) => bound !== null && (bound.from > to || bound.to < from))
  return turned.length <= fit.bounded * (1 - MET_SHARE) && fit.certainMatched >= fit.certain * MET_SHARE
}

function lineTrains(recurring: RecurringLines, times: LogTimes): LineTrain[] {
  return recurring
    .groups()
    .flatMap((group): LineTrain[] => {
      const train = trainOf(group, (event) => times.of(event)!, MOST_LINES)
      if (train === null) return []
      // A status is told by a timer of its own, which may run anywhere between two packets.
      const isTold = group[0]!.kind === 'status' || group[0]!.kind === 'no-answer'
      return [{ ...train, late: isTold ? train.period : PROMPT }]
    })
    .sort((a, b) => b.beats.length - a.beats.length)
    .slice(0, MOST_LINE_TRAINS)
}

/** Trains of the connections that push most: one that pushes seldom has nothing that recurs. */
function pushTrains(wire: WireIndex): BeatTrain<Moment>[] {
  const sides = wire.all.flatMap((found) => [
    { count: found.clientPushCount, pushesOf: () => found.clientPushes },
    { count: found.serverPushCount, pushesOf: () => found.serverPushes },
  ])
  return sides
    .filter(({ count }) => count >= BEATS_NEEDED)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_PUSH_TRAINS)
    .flatMap(({ pushesOf }) => trainOf(pushesOf(), (push) => push.time, MOST_PUSHES) ?? [])
}

const haveOnePeriod = (a: { readonly period: number }, b: { readonly period: number }): boolean =>
  Math.abs(a.period - b.period) <= Math.min(a.period, b.period) / 10

/** All ways in which most lines meet a packet each. Both trains keep their own gaps, so that a drift does not part them. */
function layingsOf(line: LineTrain, push: BeatTrain<Moment>, tick: number, capture: CaptureSpan): Laying[] {
  const near = tick + EARLY
  const count = push.times.length
  /** Where the step from line i on push j leads: the push that line i + 1 meets, or -1. */
  const next = line.times.slice(1).map((time, i) => {
    const gap = time - line.times[i]!
    return push.times.map((from) => {
      const to = nearest(push.times, from + gap)
      return Math.abs(push.times[to]! - from - gap) <= near ? to : -1
    })
  })
  const share = (steps: readonly number[], isSuch: (to: number, from: number) => boolean): number =>
    Math.log(Math.max(1, steps.filter(isSuch).length) / count)
  const chances = next.map((steps) => ({
    met: share(steps, (to) => to >= 0),
    inTurn: share(steps, (to, from) => to === from + 1),
  }))
  const visited = line.times.map(() => new Uint8Array(count))
  const match: Match = { line, push, near, chances, visited }
  const found: Laying[] = []
  for (let i = 0; i < line.times.length; i++)
    for (let j = 0; j < count; j++) {
      if (visited[i]![j] === 1) continue
      const laying = layFrom(match, i, j)
      const middle = (laying.from + laying.to) / 2
      const during = line.times.filter((time) => time + middle >= capture.from && time + middle <= capture.to).length
      const met = laying.pairs.length
      if (met < BEATS_NEEDED || met < during * MET_SHARE) continue
      found.push({ ...laying, chance: laying.chance + lnChoose(Math.max(during, met), met) })
    }
  return found
}

/** Follows the lines from line `i` on push `j` on; a line that meets no packet is passed over. */
function layFrom({ line, push, near, chances, visited }: Match, i: number, j: number): Laying {
  let offset = push.times[j]! - line.times[i]!
  const pairs = [{ offset }]
  let least = offset
  let most = offset
  let chance = 0
  let [steps, inTurn] = [0, 0]
  let last = { line: i, push: j }
  visited[i]![j] = 1
  for (let at = i + 1; at < line.times.length; at++) {
    const to = nearest(push.times, line.times[at]! + offset)
    const apart = push.times[to]! - line.times[at]!
    if (Math.abs(apart - offset) > near) continue
    const isInTurn = at === last.line + 1 && to === last.push + 1
    chance += isInTurn ? chances[at - 1]!.inTurn : chances[at - 1]!.met
    steps++
    if (isInTurn) inTurn++
    last = { line: at, push: to }
    offset = apart
    visited[at]![to] = 1
    pairs.push({ offset })
    least = Math.min(least, offset)
    most = Math.max(most, offset)
  }
  // As `windowOf`, for all pairs at once; a line is late by its own time, and seldom the same.
  const from = most - SEND_EARLY - (near - EARLY)
  return { pairs, from, to: Math.max(from, least + line.late), chance: chance + lnChoose(steps, inTurn) }
}

/** Natural logarithm of n over k. */
function lnChoose(n: number, k: number): number {
  let sum = 0
  for (let i = 1; i <= n - k; i++) sum += Math.log((k + i) / i)
  return sum
}
