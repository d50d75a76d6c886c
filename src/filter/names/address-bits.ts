import type { NamedValues } from './named-values.ts'

/** Whose an Ethernet address is. */
export const ADDRESSEES: NamedValues = [
  [1, 'Group address (multicast/broadcast)'],
  [0, 'Individual address (unicast)'],
]

/** Who gave an Ethernet address. */
export const ADMINISTRATIONS: NamedValues = [
  [1, 'Locally administered address (this is NOT the factory default)'],
  [0, 'Globally unique address (factory default)'],
]
