import type { FlowView, SynShape } from '../flow/flow-view.ts'
import type { Confidence } from './verdict.ts'

/** Families of TCP stacks whose windows and acknowledgments mean different things. */
export type SystemFamily = 'linux' | 'windows' | 'bsd'

export interface System {
  readonly family: SystemFamily | null
  readonly confidence: Confidence
  readonly because: string
}

const hashOf = (kinds: readonly number[]): number =>
  kinds.reduce((hash, kind) => (Math.imul(hash, 31) + kind + 1) & 0xffff, 0)

/** Order of a SYN's options, as each stack writes it: kinds of RFC 9293, RFC 7323 and RFC 2018. */
const ORDERS = new Map<number, SystemFamily>([
  [hashOf([2, 4, 8, 1, 3]), 'linux'],
  [hashOf([2, 1, 1, 4, 1, 3]), 'linux'],
  [hashOf([2, 1, 1, 4]), 'linux'],
  [hashOf([2, 1, 1, 8, 1, 3]), 'linux'],
  [hashOf([2, 1, 3, 1, 1, 4]), 'windows'],
  [hashOf([2, 1, 3, 1, 1, 8, 1, 1, 4]), 'windows'],
  [hashOf([2, 1, 3, 4, 8]), 'windows'],
  [hashOf([2, 1, 3, 1, 1, 8, 4, 0]), 'bsd'],
  [hashOf([2, 1, 3, 4, 8, 0]), 'bsd'],
])

const UNIX_TTL = 64

/**
 * Which system sent a side's SYN or SYN-ACK? Its options' order and the TTL that it starts with (64, or 128 on Windows)
 * say it; where the two disagree, a middlebox or a tuned system is speaking, and neither is believed.
 */
export function systemOf(flow: FlowView, side: number): System {
  const syn = flow.syn(side)
  if (syn === null) return { family: null, confidence: 'suspected', because: 'the capture holds no SYN of it' }
  const byOrder = ORDERS.get(syn.options) ?? null
  const byTtl: SystemFamily | null = syn.ttl > UNIX_TTL && syn.ttl <= 128 ? 'windows' : null
  const shown = describe(syn)
  if (byOrder !== null && (byTtl === byOrder || (byTtl === null && byOrder !== 'windows' && syn.ttl <= UNIX_TTL)))
    return { family: byOrder, confidence: 'likely', because: shown }
  if (byOrder !== null && byTtl === null) return { family: byOrder, confidence: 'suspected', because: shown }
  if (byOrder === null && byTtl !== null) return { family: byTtl, confidence: 'suspected', because: shown }
  return { family: null, confidence: 'suspected', because: `${shown}: no stack that is known here` }
}

const describe = (syn: SynShape): string =>
  `TTL ${syn.ttl}, window ${syn.window}, MSS ${syn.mss}, ${syn.scale === null ? 'no window scaling' : `window scale ${syn.scale}`}`
