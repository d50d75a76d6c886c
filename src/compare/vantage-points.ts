import type { Flows } from '../flow/flows.ts'
import { hasRealNumbers, matchSegments, type Segments } from './segments.ts'

/** The part of the smaller capture's segments that the other must hold, too, if both show one traffic. */
const SAME_TRAFFIC = 0.5
/** Frames of lost segments that are listed. */
const MOST_LISTED = 20

/** How far the clock of `b` is ahead of that of `a`, in nanoseconds; or why that cannot be said. */
type ClockDifference =
  | { readonly known: true; readonly offset: number; readonly uncertainty: number; readonly pairs: number }
  | { readonly known: false; readonly reason: string }

/** One traffic, captured at two points. */
export interface VantagePoints {
  readonly matched: number
  /** Segments between the first and the last that both hold, which only one of them holds. */
  readonly onlyA: Missing
  readonly onlyB: Missing
  readonly clock: ClockDifference
  /** Which point the client's segments pass first; null where times do not tell. */
  readonly nearerClient: 'a' | 'b' | null
}

export interface Missing {
  readonly count: number
  readonly fromClient: number
  /** Frames of the first of them. */
  readonly frames: readonly number[]
}

/** Matches the segments of two captures. Null where they do not show the same traffic. */
export function vantagePoints(
  a: { readonly segments: Segments; readonly flows: Flows; readonly epochSeconds: number },
  b: { readonly segments: Segments; readonly flows: Flows; readonly epochSeconds: number },
): VantagePoints | null {
  const smaller = Math.min(a.segments.count, b.segments.count)
  if (smaller === 0 || !hasRealNumbers(a.segments) || !hasRealNumbers(b.segments)) return null
  const matched = matchSegments(a.segments, b.segments)
  const pairs = matched.reduce((sum, other) => sum + (other < 0 ? 0 : 1), 0)
  if (pairs < smaller * SAME_TRAFFIC) return null
  const reverse = new Int32Array(b.segments.count).fill(-1)
  for (const [at, other] of matched.entries()) if (other >= 0) reverse[other] = at
  const shift = (b.epochSeconds - a.epochSeconds) * 1e9
  const bounds = boundsOf(a.segments, a.flows, b.segments, matched)
  return {
    matched: pairs,
    onlyA: missingOf(a.segments, a.flows, matched),
    onlyB: missingOf(b.segments, b.flows, reverse),
    ...clockOf(bounds, shift),
  }
}

const fromClient = (segments: Segments, flows: Flows, at: number): boolean =>
  (segments.origin[at]! & 1) === flows.clientSide(segments.origin[at]! >>> 1)

function missingOf(segments: Segments, flows: Flows, matched: Int32Array): Missing {
  const first = matched.findIndex((other) => other >= 0)
  const last = matched.findLastIndex((other) => other >= 0)
  const frames: number[] = []
  let count = 0
  let client = 0
  for (let at = first + 1; at < last; at++) {
    if (matched[at]! >= 0) continue
    count++
    if (fromClient(segments, flows, at)) client++
    if (frames.length < MOST_LISTED) frames.push(segments.frame[at]!)
  }
  return { count, fromClient: client, frames }
}

/** Least and most of `time at b` − `time at a`, for what the client sent and for what the server sent. */
interface Bounds {
  readonly client: { count: number; least: number; most: number }
  readonly server: { count: number; least: number; most: number }
}

function boundsOf(a: Segments, flows: Flows, b: Segments, matched: Int32Array): Bounds {
  const none = () => ({ count: 0, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY })
  const bounds: Bounds = { client: none(), server: none() }
  for (const [at, other] of matched.entries()) {
    if (other < 0) continue
    const bound = fromClient(a, flows, at) ? bounds.client : bounds.server
    const difference = b.time[other]! - a.time[at]!
    bound.count++
    bound.least = Math.min(bound.least, difference)
    bound.most = Math.max(bound.most, difference)
  }
  return bounds
}

/**
 * No segment arrives before it was sent. What travels from a to b takes at least nothing, so the offset is at most the
 * least difference that way; what travels back bounds it from below. Where the client is near a, its segments travel
 * from a to b; else the other way round.
 */
function clockOf({ client, server }: Bounds, shift: number): Pick<VantagePoints, 'clock' | 'nearerClient'> {
  const unknown = (reason: string) => ({ clock: { known: false, reason } as const, nearerClient: null })
  if (client.count === 0 || server.count === 0)
    return unknown('only one direction is in both captures: delay and offset cannot be told apart')
  const pairs = client.count + server.count
  const known = (low: number, high: number, nearerClient: 'a' | 'b' | null) => ({
    clock: { known: true, offset: shift + (low + high) / 2, uncertainty: (high - low) / 2, pairs } as const,
    nearerClient,
  })
  if (server.most < client.least) return known(server.most, client.least, 'a')
  if (client.most < server.least) return known(client.most, server.least, 'b')
  const constant = client.least === client.most && server.least === server.most && client.least === server.least
  if (constant) return known(client.least, client.least, null)
  return unknown('no single offset fits all segments: a clock drifts or was set, or stamps are not in order of time')
}
