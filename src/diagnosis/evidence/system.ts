import type { FlowView } from '../../flow/flow-view.ts'

/** Families of TCP stacks whose windows and acknowledgments mean different things. */
export type SystemFamily = 'linux' | 'windows' | 'bsd'

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
export function familyOf(flow: FlowView, side: number): SystemFamily | null {
  const syn = flow.syn(side)
  if (syn === null) return null
  const byOrder = ORDERS.get(syn.options) ?? null
  const byTtl: SystemFamily | null = syn.ttl > UNIX_TTL && syn.ttl <= 128 ? 'windows' : null
  if (byOrder === null) return byTtl
  return byTtl === null || byTtl === byOrder ? byOrder : null
}
