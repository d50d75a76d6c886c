import type { NamedValues } from './named-values.ts'

export const CHECKSUM_BAD = 0
export const CHECKSUM_GOOD = 1
export const CHECKSUM_UNVERIFIED = 2

/** What was found of a checksum. */
export const CHECKSUM_STATES: NamedValues = [
  [CHECKSUM_BAD, 'Bad'],
  [CHECKSUM_GOOD, 'Good'],
  [CHECKSUM_UNVERIFIED, 'Unverified'],
  [3, 'Not present'],
  [4, 'Illegal'],
]
