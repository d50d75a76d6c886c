import { warningsOf } from '../report/damage.ts'
import { formatTime } from '../text/time.ts'
import { visibleJson } from '../text/visible-json.ts'
import type { Compared, Comparison } from './comparison.ts'
import { readingText } from './numbers.ts'
import type { Role } from './pairing.ts'
import { periodOf, stepText } from './step.ts'
import type { Story } from './story.ts'
import type { VantagePoints } from './vantage-points.ts'
import { headline, partingText, storyText } from './wording.ts'

const milliseconds = (nanoseconds: number): number => Math.round(nanoseconds) / 1e6

/** The comparison as one JSON document. */
export function* comparisonJson(comparison: Comparison): Generator<string> {
  const { a, b, answer, roles, onlyA, onlyB, points } = comparison
  const document = {
    schemaVersion: 1,
    answer,
    text: headline(comparison),
    complete: a.capture.damage === null && b.capture.damage === null && !comparison.interrupted,
    a: captureOf(a),
    b: captureOf(b),
    roles: roles.map((role) => ({
      portA: role.a.port,
      portB: role.b.port,
      pairedBy: role.by,
      answer: role.answer,
      attemptsA: role.attemptsA.map((story) => story.stream),
      attemptsB: role.attemptsB.map((story) => story.stream),
      pairs: role.pairs.map((pair) => ({
        a: { ...storyJson(pair.a, a), connections: pair.countA },
        b: { ...storyJson(pair.b, b), connections: pair.countB },
        parting: partingJson(partingText(pair), a, b),
      })),
      numbers: role.numbers,
      readingA: role.readingA === null ? null : { ...role.readingA, text: `A ${readingText(role.readingA)}` },
      readingB: role.readingB === null ? null : { ...role.readingB, text: `B ${readingText(role.readingB)}` },
    })),
    onlyA: onlyA.map((role) => roleJson(role, a)),
    onlyB: onlyB.map((role) => roleJson(role, b)),
    samePoints: points === null ? null : pointsJson(points),
  }
  yield `${visibleJson(document)}\n`
}

const captureOf = ({ capture, connections, omitted, unmatched }: Compared) => ({
  path: capture.path,
  packets: capture.packets,
  tcpPackets: capture.tcpPackets,
  complete: capture.damage === null,
  warnings: warningsOf(capture),
  damage: capture.damage,
  connections,
  storiesOmitted: omitted,
  unmatchedPackets: unmatched,
})

const timeOf = ({ capture, epochSeconds }: Compared, time: number | null): string | null =>
  time === null ? null : formatTime(epochSeconds, time, capture.timeDigits)

function storyJson(story: Story, side: Compared): object {
  const { flow } = story
  return {
    stream: story.stream,
    client: story.client,
    server: story.server,
    firstFrame: flow.firstFrame,
    lastFrame: flow.lastFrame,
    start: timeOf(side, flow.start),
    midstream: flow.midstream,
    open: story.open,
    text: storyText(story),
    rounds: story.rounds.map((round) => {
      const period = periodOf(round)
      return {
        steps: round.steps.map((step) => ({
          side: step.side === 0 ? 'client' : 'server',
          step: stepText(step),
          frame: step.frame,
        })),
        count: round.count,
        periodMs: period === null ? null : milliseconds(period.mean),
        deviationMs: period === null ? null : milliseconds(period.deviation),
      }
    }),
  }
}

function partingJson(parting: ReturnType<typeof partingText>, a: Compared, b: Compared): object | null {
  if (parting === null) return null
  return {
    ...parting,
    a: { ...parting.a, time: timeOf(a, parting.a.time) },
    b: { ...parting.b, time: timeOf(b, parting.b.time) },
  }
}

const roleJson = (role: Role, side: Compared): object => ({
  port: role.port,
  connections: role.stories.length,
  first: storyJson(role.stories[0]!, side),
})

function pointsJson(points: VantagePoints): object {
  const { clock } = points
  return {
    matched: points.matched,
    onlyA: points.onlyA,
    onlyB: points.onlyB,
    nearerClient: points.nearerClient,
    clock: clock.known
      ? { offsetMs: milliseconds(clock.offset), uncertaintyMs: milliseconds(clock.uncertainty), pairs: clock.pairs }
      : { offsetMs: null, reason: clock.reason },
  }
}
