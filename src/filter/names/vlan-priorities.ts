import type { NamedValues } from './named-values.ts'

/** What Wireshark shows for a tag's bit of drop eligibility. */
export const DROP_ELIGIBILITY: NamedValues = [
  [1, 'Eligible'],
  [0, 'Ineligible'],
]

/** Priorities of a VLAN tag without drop eligibility: the one of five tables in which Wireshark looks names up. */
export const VLAN_PRIORITIES: NamedValues = [
  [0, 'Best Effort (default)'],
  [1, 'Background'],
  [2, 'Spare'],
  [3, 'Excellent Effort'],
  [4, 'Controlled Load'],
  [5, 'Video, < 100ms latency and jitter'],
  [6, 'Voice, < 10ms latency and jitter'],
  [7, 'Network Control'],
]
