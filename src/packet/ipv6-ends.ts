const RoutingField = { LENGTH: 1, TYPE: 2, SEGMENTS_LEFT: 3, COMPRESSION: 4, ADDRESSES: 8 } as const
/** Types of routing headers (IANA): RFC 2460 §4.4, RFC 6275 §6.4, RFC 6554 §3, RFC 8754 §2. */
const RoutingType = { SOURCE_ROUTE: 0, MOBILE: 2, RPL: 3, SEGMENTS: 4 } as const
const ADDRESS = 16
const OptionType = { PAD1: 0, HOME_ADDRESS: 0xc9 } as const
const OPTIONS = 2

/** Where the last bytes of an address stand; its first ones, if any are left out, are those of the IPv6 header's. */
export interface AddressTail {
  readonly at: number
  readonly length: number
}

/**
 * Where a routing header names the final destination. It is the connection's end (RFC 8200 §8.1) while the IPv6 header
 * names the next stop; null once the last stop is reached.
 */
export function finalDestination(bytes: DataView, start: number, end: number): AddressTail | null {
  if (bytes.getUint8(start + RoutingField.SEGMENTS_LEFT) === 0) return null
  const first = start + RoutingField.ADDRESSES
  const listed = bytes.getUint8(start + RoutingField.LENGTH) << 3
  switch (bytes.getUint8(start + RoutingField.TYPE)) {
    case RoutingType.SOURCE_ROUTE:
      return within(first + (listed & -ADDRESS) - ADDRESS, ADDRESS, first, end)
    case RoutingType.MOBILE:
    // Segments are listed from the last one.
    case RoutingType.SEGMENTS:
      return within(first, ADDRESS, first, end)
    case RoutingType.RPL:
      return lastOfCompressed(bytes, start, end)
    default:
      return null
  }
}

/** A source route for lossy networks leaves out the first bytes that addresses share, and is padded. */
function lastOfCompressed(bytes: DataView, start: number, end: number): AddressTail | null {
  const first = start + RoutingField.ADDRESSES
  const length = ADDRESS - (bytes.getUint8(start + RoutingField.COMPRESSION) & 15)
  const padding = bytes.getUint8(start + RoutingField.COMPRESSION + 1) >> 4
  return within(first + (bytes.getUint8(start + RoutingField.LENGTH) << 3) - padding - length, length, first, end)
}

/** Where destination options name a mobile node's home address (RFC 6275 §6.3), which is the connection's end. */
export function homeAddress(bytes: DataView, start: number, end: number): AddressTail | null {
  let option = start + OPTIONS
  while (option + OPTIONS <= end) {
    const type = bytes.getUint8(option)
    const length = type === OptionType.PAD1 ? -1 : bytes.getUint8(option + 1)
    if (type === OptionType.HOME_ADDRESS && length === ADDRESS)
      return within(option + OPTIONS, ADDRESS, start + OPTIONS, end)
    option += OPTIONS + length
  }
  return null
}

function within(at: number, length: number, from: number, end: number): AddressTail | null {
  return at >= from && at + length <= end ? { at, length } : null
}

/** Puts an address's last bytes behind those that `word` and the following ones have. */
export function replaceTail(address: Int32Array, word: number, bytes: DataView, { at, length }: AddressTail): void {
  for (let byte = 0; byte < length; byte++) {
    const place = ADDRESS - length + byte
    const shift = 24 - ((place & 3) << 3)
    const held = address[word + (place >> 2)]!
    address[word + (place >> 2)] = (held & ~(0xff << shift)) | (bytes.getUint8(at + byte) << shift)
  }
}
