import { type Anchor, STARTING } from './anchor.ts'

/** How well one offset explains a log's anchors. */
export interface Fit {
  readonly offset: number
  /** Anchors that name their connection, and those among them that agree. */
  readonly certain: number
  readonly certainMatched: number
  /** Other anchors, and those among them that agree. */
  readonly loose: number
  readonly looseMatched: number
  /** Anchors whose order of cause and effect the offset turns round. */
  readonly violations: number
  /** Lines that tell of listening some seconds after the port had answered: of another process, or written late. */
  readonly late: number
  readonly bounded: number
  /** Frames that the agreeing anchors fell on, without repetition. */
  readonly frames: number
  /** Interval in which the agreeing anchors stay matched. */
  readonly from: number
  readonly to: number
}

/** Judges one offset. */
export function fitOf(anchors: readonly Anchor[], offset: number): Fit {
  let certain = 0
  let certainMatched = 0
  let loose = 0
  let looseMatched = 0
  let violations = 0
  let late = 0
  let bounded = 0
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  const frames = new Set<number>()
  for (const anchor of anchors) {
    if (anchor.bound) {
      bounded++
      if (isLate(anchor, anchor.bound, offset)) late++
      else if (offset < anchor.bound.from || offset > anchor.bound.to) violations++
    }
    if (anchor.windows.length === 0) continue
    if (anchor.certain) certain++
    else loose++
    const near = anchor.windows.filter((candidate) => offset >= candidate.from && offset <= candidate.to)
    // Lines written together speak of as many packets: each takes its own where there is one left.
    const window = near.find((candidate) => !frames.has(candidate.frame)) ?? near[0]
    if (!window) continue
    if (anchor.certain) certainMatched++
    else looseMatched++
    frames.add(window.frame)
    from = Math.max(from, window.from)
    to = Math.min(to, window.to)
  }
  return {
    offset,
    certain,
    certainMatched,
    loose,
    looseMatched,
    violations,
    late,
    bounded,
    frames: frames.size,
    from,
    to,
  }
}

const isLate = ({ event }: Anchor, { to }: NonNullable<Anchor['bound']>, offset: number): boolean =>
  event.kind === 'listening' && offset > to && offset - to <= STARTING

/**
 * The offsets that most anchors agree on, best first: each the middle of an interval that no other anchor's window
 * divides. Outliers only lack a vote; they move nothing.
 */
export function peaks(anchors: readonly Anchor[], most: number): number[] {
  const edges: { at: number; step: 1 | -1; anchor: number }[] = []
  anchors.forEach((anchor, index) => {
    for (const window of anchor.windows) {
      edges.push({ at: window.from, step: 1, anchor: index })
      edges.push({ at: window.to, step: -1, anchor: index })
    }
  })
  edges.sort((a, b) => a.at - b.at || b.step - a.step)
  const found: { middle: number; votes: number }[] = []
  const open = new Int32Array(anchors.length)
  let votes = 0
  edges.forEach((edge, index) => {
    const before = open[edge.anchor]!
    open[edge.anchor] = before + edge.step
    if (edge.step === 1 && before === 0) votes++
    if (edge.step === -1 && before === 1) votes--
    const next = edges[index + 1]
    if (edge.step === 1 && next?.step === -1) found.push({ middle: (edge.at + next.at) / 2, votes })
  })
  found.sort((a, b) => b.votes - a.votes || Math.abs(a.middle) - Math.abs(b.middle))
  return found.slice(0, most).map((peak) => peak.middle)
}
