import { greatest, least } from '../extremes.ts'
import { formatDamage } from '../report/damage.ts'
import { formatDuration } from '../text/duration.ts'
import { counted } from '../text/plural.ts'
import type { Answer, ComparedRole, Comparison } from './comparison.ts'
import { periodOfRound } from './numbers.ts'
import type { StoryPair } from './pairing.ts'
import { type Round, type Step, stepText } from './step.ts'
import { type Story, sideBySide } from './story.ts'
import type { Missing, VantagePoints } from './vantage-points.ts'

/** Rounds of a story that are written out. */
const MOST_ROUNDS = 24

const ANSWERS: Readonly<Record<Answer, string>> = {
  same: 'Same sequence.',
  'same-after-refusals': 'Same sequence after the refusals.',
  differs: 'They part.',
  unrelated: 'Unrelated: no port in common, and no message of the same size.',
}

export const answerText = (answer: Answer): string => ANSWERS[answer]

/** The whole comparison in a sentence. Without a connection on both sides there is no answer. */
export function headline({ a, b, answer }: Comparison): string {
  const empty = SIDES.filter((side) => ({ A: a, B: b })[side].connections === 0)
  return empty.length === 0 ? answerText(answer) : `Nothing to compare: no connection in ${empty.join(' or ')}.`
}

const SIDES = ['A', 'B'] as const
const ENDS = ['client', 'server'] as const

/** Who does a step, and what: `server push 32`. */
const whoText = (step: Step): string => `${ENDS[step.side]} ${stepText(step)}`

function roundText(round: Round): string {
  const steps = round.steps.map(stepText).join(', ')
  const period = periodOfRound(round)
  if (period === null) return steps
  return `${round.steps.length > 1 ? `(${steps})` : steps} ×${round.count} every ${period}`
}

/** A story in one line: `SYN, SYN-ACK, ACK, (push 44, ack) ×4 every 2.103 s ± 577.4 µs`. */
export function storyText(story: Story): string {
  const told = story.rounds.slice(0, MOST_ROUNDS).map(roundText)
  const left = story.rounds.length - told.length + story.flow.fold.untold
  if (left > 0) told.push(`and ${left} more`)
  if (story.flow.midstream) told.unshift('… (the capture begins later)')
  if (story.open) told.push('open at the end')
  return told.join(', ')
}

/** One end of a parting: what is there, where the other has something else. */
interface PartingSide {
  readonly text: string
  /** Null where nothing more happens. */
  readonly frame: number | null
  readonly time: number | null
}

/** The first step in which two stories differ. */
export interface Parting {
  /** From 1. */
  readonly step: number
  /** The last step that both have. */
  readonly after: string
  readonly a: PartingSide
  readonly b: PartingSide
}

/** Names the parting of a pair; null where there is none. */
export function partingText(pair: StoryPair): Parting | null {
  if (pair.parting === null) return null
  const [a, b] = sideBySide(pair.a, pair.b)
  const last = a[pair.parting - 1]
  return {
    step: pair.parting + 1,
    after: last === undefined ? 'the beginning' : whoText(last),
    a: sideOf(pair.a, a[pair.parting]),
    b: sideOf(pair.b, b[pair.parting]),
  }
}

function sideOf(story: Story, step: Step | undefined): PartingSide {
  if (step !== undefined) return { text: whoText(step), frame: step.frame, time: step.time }
  const silence = formatDuration(story.captureEnd - story.flow.end)
  const text = story.open
    ? `nothing more, for ${silence} until the capture ends`
    : 'nothing more: the connection has ended'
  return { text, frame: null, time: null }
}

const synsOf = (round: Round): number => round.steps.filter((step) => step.word === 'SYN').length * round.count

/** Attempts that one capture shows of a role, in a sentence; null without any. */
export function attemptsText(name: string, stories: readonly Story[], late: boolean): string | null {
  if (stories.length === 0) return null
  const refused = stories.filter(({ flow }) => flow.ended)
  const silent = stories.length - refused.length
  const told: string[] = []
  if (refused.length > 0) told.push(`${counted(refused.length, 'attempt')} refused`)
  if (silent > 0) told.push(`${counted(silent, 'attempt')} unanswered`)
  const syns = stories.flatMap((story) => story.rounds).reduce((sum, round) => sum + synsOf(round), 0)
  const first = least(stories.map(({ flow }) => flow.firstFrame))
  const last = greatest(stories.map(({ flow }) => flow.lastFrame))
  const frames = first === last ? `frame ${first}` : `frames ${first} to ${last}`
  return `${name} ${late ? 'has' : 'begins with'} ${told.join(', ')} (${counted(syns, 'SYN')}, ${frames})`
}

/** The role's heading: which ports, and by what they were taken for the same service. */
export function roleText(role: ComparedRole): string {
  if (role.a.port === role.b.port) return `Port ${role.a.port}`
  return `Port ${role.a.port} against port ${role.b.port} (messages of the same sizes)`
}

function missingText(missing: Missing): string {
  if (missing.count === 0) return 'none'
  const fromServer = missing.count - missing.fromClient
  return `${missing.count} (${missing.fromClient} from the client, ${fromServer} from the server; first frames ${missing.frames.join(', ')})`
}

/** What two points of view on one traffic amount to, a sentence each. */
export function pointsText(points: VantagePoints): string[] {
  const { clock, nearerClient } = points
  const difference = clock.known
    ? `B’s clock is ahead of A’s by ${formatDuration(clock.offset)} ± ${formatDuration(clock.uncertainty)}, from ${counted(clock.pairs, 'segment')}.`
    : `How the clocks differ is not told: ${clock.reason}.`
  const nearer = nearerClient === null ? [] : [`${nearerClient.toUpperCase()} is nearer to the client.`]
  return [
    `Both show the same traffic: ${counted(points.matched, 'segment is', 'segments are')} in both.`,
    `Only in A, between segments that are in both: ${missingText(points.onlyA)}.`,
    `Only in B: ${missingText(points.onlyB)}.`,
    ...nearer,
    difference,
  ]
}

/** What limits the comparison, a sentence each. */
export function* limits({ a, b, points, interrupted }: Comparison): Generator<string> {
  if (interrupted) yield 'It was interrupted: what stands here is of a part of the captures.'
  for (const [name, { capture, omitted, unmatched }] of [['A', a] as const, ['B', b] as const]) {
    if (capture.damage !== null) yield `${name}: ${formatDamage(capture.damage)}; what stands before it was compared.`
    if (omitted > 0)
      yield `${name}: the ${omitted === 1 ? 'story' : 'stories'} of ${counted(omitted, 'further connection')} ${omitted === 1 ? 'was' : 'were'} not kept.`
    if (points !== null && unmatched > 0)
      yield `${name}: its last ${counted(unmatched, 'packet was', 'packets were')} not looked for in the other capture.`
  }
}
