import type { Flows } from '../flow/flows.ts'
import { type ScannedCapture, type ScanOptions, scan } from '../scan.ts'
import { type NumberRow, numbersOf, type Reading, readingOf } from './numbers.ts'
import { pairRoles, type Role, type RolePair, rolesOf } from './pairing.ts'
import { Segments } from './segments.ts'
import type { Story } from './story.ts'
import { StoryRecorder } from './story-recorder.ts'
import { type VantagePoints, vantagePoints } from './vantage-points.ts'

/** same: step by step. same-after-refusals: likewise, once a connection came about. unrelated: no service in common. */
export type Answer = 'same' | 'same-after-refusals' | 'differs' | 'unrelated'

/** One service as both captures show it. */
export interface ComparedRole extends RolePair {
  readonly answer: Exclude<Answer, 'unrelated'>
  readonly numbers: readonly NumberRow[]
  readonly readingA: Reading | null
  readonly readingB: Reading | null
}

/** One of the two captures. */
export interface Compared {
  readonly capture: ScannedCapture
  readonly epochSeconds: number
  /** Connections whose story was not kept. */
  readonly omitted: number
  readonly connections: number
  /** Packets that were not looked for in the other capture. */
  readonly unmatched: number
}

/** What two captures have in common, and where they part. */
export interface Comparison {
  readonly a: Compared
  readonly b: Compared
  readonly answer: Answer
  readonly roles: readonly ComparedRole[]
  /** Services that only one of them shows. */
  readonly onlyA: readonly Role[]
  readonly onlyB: readonly Role[]
  /** Null where the two do not show the same traffic. */
  readonly points: VantagePoints | null
  readonly interrupted: boolean
}

export interface CompareOptions extends ScanOptions {
  /** Only connections with one of these ports; all where it is empty. */
  readonly ports?: readonly (number | string)[]
}

/** Reads two captures and compares what happened in them. Throws a Failure where one cannot be read at all. */
export async function compare(pathA: string, pathB: string, options: CompareOptions = {}): Promise<Comparison> {
  const a = await read(pathA, options)
  const b = await read(pathB, options)
  const { roles, onlyA, onlyB } = pairRoles(rolesOf(a.stories), rolesOf(b.stories))
  const compared = roles.map((pair) => comparedRole(pair, a.flows, b.flows))
  return {
    a: a.told,
    b: b.told,
    answer: answerOf(compared, onlyA, onlyB),
    roles: compared,
    onlyA,
    onlyB,
    points: vantagePoints(
      { segments: a.segments, flows: a.flows, epochSeconds: a.told.epochSeconds },
      { segments: b.segments, flows: b.flows, epochSeconds: b.told.epochSeconds },
    ),
    interrupted: a.interrupted || b.interrupted,
  }
}

interface Read {
  readonly told: Compared
  readonly stories: readonly Story[]
  readonly flows: Flows
  readonly segments: Segments
  readonly interrupted: boolean
}

async function read(path: string, options: CompareOptions): Promise<Read> {
  const recorder = new StoryRecorder()
  const segments = new Segments(options.ports)
  const { captures, flows, epoch, interrupted } = await scan([path], { ...options, visitors: [recorder, segments] })
  const capture = captures[0]!
  const asked = new Set((options.ports ?? []).map(String))
  const wanted = ({ client, server }: Story) => asked.has(`${server.port}`) || asked.has(`${client.port}`)
  const all = recorder.stories(flows, capture)
  const stories = asked.size === 0 ? all : all.filter(wanted)
  const told = {
    capture,
    epochSeconds: epoch.seconds,
    omitted: recorder.omitted,
    connections: stories.length,
    unmatched: segments.omitted,
  }
  return { told, stories, flows, segments, interrupted }
}

function comparedRole(pair: RolePair, flowsA: Flows, flowsB: Flows): ComparedRole {
  const parted = pair.pairs.some(({ parting }) => parting !== null)
  const attempted = pair.attemptsA.length > 0 !== pair.attemptsB.length > 0
  // Where nothing but attempts was made, on one side, there is no sequence that could be the same.
  const established = (role: Role) => role.stories.some(({ flow }) => flow.established)
  const oneSided = established(pair.a) !== established(pair.b)
  return {
    ...pair,
    answer: parted || oneSided || pair.lateA !== pair.lateB ? 'differs' : attempted ? 'same-after-refusals' : 'same',
    numbers: numbersOf(pair.a, flowsA, pair.b, flowsB),
    readingA: readingOf(pair.a, flowsA),
    readingB: readingOf(pair.b, flowsB),
  }
}

function answerOf(roles: readonly ComparedRole[], onlyA: readonly Role[], onlyB: readonly Role[]): Answer {
  if (roles.length === 0) return 'unrelated'
  if (onlyA.length + onlyB.length > 0 || roles.some(({ answer }) => answer === 'differs')) return 'differs'
  return roles.some(({ answer }) => answer === 'same-after-refusals') ? 'same-after-refusals' : 'same'
}
