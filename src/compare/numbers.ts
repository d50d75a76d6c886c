import { greatest } from '../extremes.ts'
import { FlowView } from '../flow/flow-view.ts'
import type { Flows } from '../flow/flows.ts'
import { formatDuration } from '../text/duration.ts'
import { counted } from '../text/plural.ts'
import type { Role } from './pairing.ts'
import { Spread } from './spread.ts'
import { periodOf, type Round } from './step.ts'
import type { Story } from './story.ts'

/** One row of the table of numbers: the same measure in both captures, as text. */
export interface NumberRow {
  readonly name: string
  readonly a: string
  readonly b: string
}

const NONE = '–'

/** What a role's connections measure, pooled. */
export function numbersOf(a: Role, flowsA: Flows, b: Role, flowsB: Flows): NumberRow[] {
  const measure = (name: string, of: (role: Role, flows: Flows) => string): NumberRow => ({
    name,
    a: of(a, flowsA),
    b: of(b, flowsB),
  })
  return [
    measure('port', (role) => `${role.port}`),
    measure('connections', (role) => `${role.stories.length}`),
    measure('period', (role) => periodText(role)),
    measure('client pushes', (role) => sizes(role, 0)),
    measure('server pushes', (role) => sizes(role, 1)),
    measure('client window', (role, flows) => windowText(role, flows, 0)),
    measure('server window', (role, flows) => windowText(role, flows, 1)),
    measure('SYN to SYN-ACK', (role) => spread(role, (story) => story.flow.handshake)),
    measure('push to ack', (role) => spread(role, (story) => story.flow.ends[0].ackDelay)),
    measure('push to answer', (role) => spread(role, (story) => story.flow.ends[0].answerDelay)),
    measure('longest connection', (role) => formatDuration(greatest(role.stories.map(lasted)))),
    measure('retransmissions', (role) => counts(role, 'retransmissions')),
    measure('keep-alives', (role) => counts(role, 'keepAlives')),
  ]
}

const lasted = (story: Story): number => story.flow.end - story.flow.start

/** A mean with its deviation: `2.103 s ± 1 ms`. */
export function periodOfRound(round: Round): string | null {
  const period = periodOf(round)
  return period === null ? null : `${formatDuration(period.mean)} ± ${formatDuration(period.deviation)}`
}

/** The round that came most often, of all that begin with a push of the client. */
function periodText(role: Role): string {
  const rounds = role.stories.flatMap((story) => story.rounds)
  const beats = rounds.filter((round) => round.steps[0]!.word === 'push' && round.steps[0]!.side === 0)
  const most = beats.reduce<Round | null>((best, round) => (round.count > (best?.count ?? 2) ? round : best), null)
  return (most === null ? null : periodOfRound(most)) ?? NONE
}

const MOST_SIZES = 5

function sizes(role: Role, side: 0 | 1): string {
  const pooled = new Map<number, number>()
  for (const { flow } of role.stories)
    for (const [size, count] of flow.ends[side].sizes) pooled.set(size, (pooled.get(size) ?? 0) + count)
  const told = [...pooled].sort((x, y) => y[1] - x[1] || x[0] - y[0])
  const text = told.slice(0, MOST_SIZES).map(([size, count]) => `${size} ×${count}`)
  if (told.length > MOST_SIZES) text.push(counted(told.length - MOST_SIZES, 'more size'))
  return text.join(', ') || 'none'
}

function windowText(role: Role, flows: Flows, side: 0 | 1): string {
  const story = role.stories.find(({ flow }) => flow.ends[side].synWindow >= 0 && flow.ends[side].lastWindow >= 0)
  if (story === undefined) return NONE
  const end = story.flow.ends[side]
  const wire = flows.clientSide(story.stream) ^ side
  const shift = flows.engine.windowShift(flows.dossier(story.stream), wire)
  if (shift < 0) return `${end.synWindow} in the SYN`
  return `${end.synWindow} to ${end.lastWindow << shift}, least ${end.leastWindow << shift}`
}

function spread(role: Role, of: (story: Story) => Spread): string {
  const pooled = new Spread()
  for (const story of role.stories) pooled.join(of(story))
  if (pooled.count === 0) return NONE
  const range = `${formatDuration(pooled.least)} to ${formatDuration(pooled.most)}`
  return pooled.count === 1 ? formatDuration(pooled.mean) : `${formatDuration(pooled.mean)} (${range})`
}

const counts = (role: Role, what: 'retransmissions' | 'keepAlives'): string =>
  `${role.stories.reduce((sum, { flow }) => sum + flow.ends[0][what] + flow.ends[1][what], 0)}`

/** How many acknowledgments could have told a reading server from one that reads nothing, and what they told. */
export interface Reading {
  readonly acks: number
  readonly discriminating: number
  readonly unread: number
  readonly read: number
}

/** What a role's windows say about reading, as far as the server sent nothing; null where it answered. */
export function readingOf(role: Role, flows: Flows): Reading | null {
  if (role.stories.some(({ flow }) => flow.ends[1].payload > 0)) return null
  const sum = { acks: 0, discriminating: 0, unread: 0, read: 0 }
  const view = new FlowView(flows)
  for (const { stream, flow } of role.stories) {
    if (flow.ends[0].payload === 0) continue
    const drain = view.at(stream).drain
    sum.acks += drain.acks
    sum.discriminating += drain.discriminating
    sum.unread += drain.unread
    sum.read += drain.read
  }
  return sum.acks === 0 ? null : sum
}

/** What a capture can prove about reading, in a sentence. */
export function readingText({ acks, discriminating, unread, read }: Reading): string {
  const of = `${discriminating} of its ${acks} acknowledgments`
  if (discriminating === 0) return `cannot tell whether anything was read: ${of} would show another window if it was`
  if (unread === discriminating) return `shows that nothing was read: ${of} could have told, and all say so`
  if (unread === 0)
    return `shows no unread byte in ${of} that could: it was read, or the system’s window does not follow its buffer (Linux)`
  return `is of two minds about reading: of ${of} that could tell, ${unread} say unread and ${read} say read`
}
