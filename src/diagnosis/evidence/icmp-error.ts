/** Names of the ICMP errors that end or hinder a connection, by type * 256 + code (RFC 792, RFC 1812 §5.2.7.1). */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x300, 'network unreachable'],
  [0x301, 'host unreachable'],
  [0x303, 'port unreachable'],
  [0x304, 'packet too large for the next link'],
  [0x309, 'network administratively prohibited'],
  [0x30a, 'host administratively prohibited'],
  [0x30d, 'administratively prohibited'],
  [0xb00, 'time to live exceeded'],
])

/** The ICMP (IPv4) error of a signal's value, for a sentence; numbers alone where a value has another meaning in IPv6. */
export function icmpError(value: number, ipv6: boolean): string {
  const name = ipv6 ? undefined : NAMES.get(value)
  return `ICMP type ${value >> 8}, code ${value & 255}${name === undefined ? '' : ` (${name})`}`
}
