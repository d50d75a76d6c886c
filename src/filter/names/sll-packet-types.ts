import type { NamedValues } from './named-values.ts'

/** Which way a packet went, as Linux's cooked header tells it. */
export const SLL_PACKET_TYPES: NamedValues = [
  [0, 'Unicast to us'],
  [1, 'Broadcast'],
  [2, 'Multicast'],
  [3, 'Unicast to another host'],
  [4, 'Sent by us'],
]
