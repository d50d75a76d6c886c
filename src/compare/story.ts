import type { Endpoint } from '../diagnosis/connection.ts'
import { greatest } from '../extremes.ts'
import type { FlowStory } from './flow-story.ts'
import { Fold } from './fold.ts'
import { type Round, type Step, sameStep } from './step.ts'

/** What was read of one connection, ready to be compared. */
export interface Story {
  /** Wireshark's tcp.stream. */
  readonly stream: number
  readonly client: Endpoint
  readonly server: Endpoint
  /** Everything that was counted of it; its sides are 0 for the client, 1 for the server. */
  readonly flow: FlowStory
  readonly rounds: readonly Round[]
  /** The rounds again, whatever the sizes: what two stories are compared by, one round of each kind. */
  readonly outline: readonly Round[]
  /** True where it went on when the capture ended, or was too long to be told. */
  readonly open: boolean
  /** When the last packet of its capture came. */
  readonly captureEnd: number
}

/** RFC 1122 §4.2.3.2: an acknowledgment is delayed by less than this. Silence up to it means nothing. */
const MEANINGLESS_SILENCE = 500e6

/** Turns a followed flow into a story. `captureEnd`: when the last packet of its capture came. */
export function storyOf(
  stream: number,
  ends: Pick<Story, 'client' | 'server'>,
  flow: FlowStory,
  captureEnd: number,
): Story {
  const rounds = inOrder(flow.fold.rounds)
  const open = !flow.ended || flow.fold.untold > 0
  return { stream, ...ends, flow, rounds, open, captureEnd, outline: outlineOf(rounds, open, captureEnd) }
}

/** RawCap records a SYN-ACK before its SYN. */
function inOrder(rounds: readonly Round[]): readonly Round[] {
  const [first, second, ...others] = rounds
  const swapped = first?.steps[0]?.word === 'SYN-ACK' && second?.steps[0]?.word === 'SYN'
  return swapped ? [second!, first!, ...others] : rounds
}

/** How often a round came is told exactly up to here; more are as many. */
const MOST_COUNTED = 64

function outlineOf(rounds: readonly Round[], open: boolean, captureEnd: number): readonly Round[] {
  const fold = new Fold(false)
  for (const round of rounds)
    for (let copy = 0; copy < Math.min(round.count, MOST_COUNTED); copy++)
      for (const step of round.steps) fold.add(step)
  return open ? withoutBeginning(fold.rounds, rounds, captureEnd) : fold.rounds
}

/**
 * A capture ends at some point of a round. What it shows of one that had no time to end is left out: a push that
 * waits for its answer no longer than earlier ones did, and the acknowledgment of an answer that nothing follows.
 */
function withoutBeginning(outline: readonly Round[], told: readonly Round[], captureEnd: number): readonly Round[] {
  const loop = outline.findLastIndex((round) => round.count > 1)
  if (loop < 0) return outline
  const steps = outline[loop]!.steps
  const rest = outline.slice(loop + 1).map((round) => round.steps[0]!)
  const tail =
    rest.at(-1)?.word === 'ack' && steps.at(-1)?.word !== 'ack' && steps.length > 1 ? rest.slice(0, -1) : rest
  if (tail.length === 0) return outline.slice(0, loop + 1)
  const begins = tail.length < steps.length && tail.every((step, at) => sameStep(step, steps[at]!))
  const longest = greatest(told.map((round) => round.longest))
  const inTime = captureEnd - tail[0]!.time <= longest
  return begins && inTime ? outline.slice(0, loop + 1) : outline
}

/** Two stories' steps as they are compared: one round of each kind, a handshake only where both captures show one. */
export function sideBySide(a: Story, b: Story): readonly [readonly Step[], readonly Step[]] {
  const left = fromFirstData(a, b)
  const right = fromFirstData(b, a)
  if (left.length === right.length) return [left, right]
  // Where one goes on with its rounds while the other already does something else, the next round is compared too.
  return left.length < right.length ? [another(a, left, b), right] : [left, another(b, right, a)]
}

function another(shorter: Story, steps: readonly Step[], longer: Story): readonly Step[] {
  const at = shorter.outline.length - 1
  const round = shorter.outline[at]
  if (round === undefined || round.count < 2) return steps
  const other = longer.outline.find(
    ({ steps: same }) => same.length === round.steps.length && same.every((step, i) => sameStep(step, round.steps[i]!)),
  )
  return round.count > (other?.count ?? 1) ? [...steps, ...round.steps] : steps
}

/** Where two stories part: an index into {@link sideBySide}; null where they don't, as far as both captures show. */
export function partingOf(a: Story, b: Story): number | null {
  const [left, right] = sideBySide(a, b)
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    if (sameStep(left[at]!, right[at]!)) continue
    // A last acknowledgment is a step only because what would have followed it was not captured.
    if (endsIn(a, left, at)) return cutShort(a, right, at) ? null : at
    if (endsIn(b, right, at)) return cutShort(b, left, at) ? null : at
    return at
  }
  if (left.length === right.length) return null
  return cutShort(left.length < right.length ? a : b, left.length < right.length ? right : left, length) ? null : length
}

const endsIn = (story: Story, steps: readonly Step[], at: number): boolean =>
  story.open && at === steps.length - 1 && steps[at]!.word === 'ack' && story.outline.at(-1)!.count === 1

/** Whether a story is over only because its capture is: it had no time for the step that the longer one tells. */
function cutShort(story: Story, longer: readonly Step[], length: number): boolean {
  if (!story.open || length === 0) return false
  const gap = longer[length]!.time - longer[length - 1]!.time
  return story.captureEnd - story.flow.end <= Math.max(2 * gap, MEANINGLESS_SILENCE)
}

/** A story that begins in mid-stream is compared with what the other tells after its handshake. */
function fromFirstData(story: Story, other: Story): readonly Step[] {
  const steps = story.outline.flatMap((round) => round.steps)
  if (story.flow.midstream || !other.flow.midstream) return steps
  const data = steps.findIndex((step) => step.word !== 'SYN' && step.word !== 'SYN-ACK' && step.word !== 'ACK')
  return data < 0 ? [] : steps.slice(data)
}

/** Stories of one outline are told once. */
export const outlineKey = (story: Story): string =>
  story.outline.flatMap((round) => round.steps.map((step) => `${step.side}${step.word}`)).join(' ')
