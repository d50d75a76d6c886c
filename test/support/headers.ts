import { hex } from './frame-of.ts'

/** Bytes one after the other. */
export const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))

/** `value` in `bytes` bytes, big-endian. */
export const big = (value: number, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256)

/** A SYN of Windows from port 61033 to 9000, with its options. */
export const SYN = hex(`
  ee 69 23 28 7c 1b 00 01 00 00 00 00 80 02 ff ff 00 00 00 00
  02 04 ff d7 01 03 03 08 01 01 04 02`)

/** An IPv4 header around `payload`, from 127.0.0.1 to 127.0.0.2, TTL 128. `fragment` has the flags too. */
export function ipv4(
  payload: Uint8Array,
  protocol = 6,
  { fragment = 0x4000, id = 0x1a2b, options = '' } = {},
): Uint8Array {
  const extra = hex(options)
  const first = Uint8Array.of(0x45 + extra.length / 4, 0)
  const length = big(20 + extra.length + payload.length, 2)
  const middle = join(big(id, 2), big(fragment, 2), Uint8Array.of(128, protocol), hex('0000 7f000001 7f000002'))
  return join(first, length, middle, extra, payload)
}

/** An IPv6 header around `payload`, from 2001:db8::1 to 2001:db8::2, hop limit 64. */
export function ipv6(payload: Uint8Array, nextHeader = 6): Uint8Array {
  const addresses = hex('20010db8000000000000000000000001 20010db8000000000000000000000002')
  return join(hex('60000000'), big(payload.length, 2), Uint8Array.of(nextHeader, 64), addresses, payload)
}

/** A UDP header from port 50000 around `payload`. */
export function udp(destination: number, payload: Uint8Array): Uint8Array {
  return join(big(50000, 2), big(destination, 2), big(8 + payload.length, 2), hex('0000'), payload)
}

/** An Ethernet header around `payload`. */
export function ethernet(type: number, payload: Uint8Array): Uint8Array {
  return join(hex('001122334455 66778899aabb'), big(type, 2), payload)
}
