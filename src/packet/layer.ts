/** Headers that decoding can meet. DONE ends the walk. */
export const Layer = {
  DONE: 0,
  ETHERNET: 1,
  IP: 2,
  IPV4: 3,
  IPV6: 4,
  TCP: 5,
  UDP: 6,
  ICMP: 7,
  ICMPV6: 8,
  NULL: 9,
  LOOP: 10,
  SLL: 11,
  SLL2: 12,
} as const
export type Layer = (typeof Layer)[keyof typeof Layer]

/** What a user calls each layer, by its number. */
export const LAYER_NAMES = {
  [Layer.DONE]: '',
  [Layer.ETHERNET]: 'Ethernet',
  [Layer.IP]: 'IP',
  [Layer.IPV4]: 'IPv4',
  [Layer.IPV6]: 'IPv6',
  [Layer.TCP]: 'TCP',
  [Layer.UDP]: 'UDP',
  [Layer.ICMP]: 'ICMP',
  [Layer.ICMPV6]: 'ICMPv6',
  [Layer.NULL]: 'BSD loopback',
  [Layer.LOOP]: 'OpenBSD loopback',
  [Layer.SLL]: 'Linux cooked',
  [Layer.SLL2]: 'Linux cooked v2',
} as const satisfies Record<Layer, string>
