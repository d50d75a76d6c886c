import fc from 'fast-check'
import { hex, LinkType } from './frame-of.ts'
import { ethernet, ipv4, ipv6, join, SYN, udp } from './headers.ts'

const LINK_TYPES = [...Object.values(LinkType), 9, 12, 14, 50, 51, 147]

/** Real headers to damage, since random bytes alone get no deeper than the first one. */
const SEEDS = [
  ethernet(0x0800, ipv4(SYN)),
  ethernet(0x8100, join(hex('0064 86dd'), ipv6(SYN))),
  ethernet(0x8847, join(hex('00064140'), ipv4(SYN))),
  ethernet(0x0800, ipv4(join(hex('f000 0800'), new Uint8Array(16), ipv4(SYN)), 47)),
  ethernet(0x0800, ipv4(udp(6081, join(hex('0100080000006400 00000000'), ipv4(SYN))), 17)),
  ethernet(0x0800, ipv4(udp(2152, join(hex('34ff003400000001 00000085 01000000'), ipv4(SYN))), 17)),
  ethernet(0x86dd, ipv6(join(hex('3c00 c20400000010 0600 010400000000'), SYN), 0)),
  ethernet(0x0800, ipv4(join(hex('0301 0000 00000000'), ipv4(SYN)), 1)),
  ethernet(0x0800, ipv4(SYN, 6, { fragment: 0x2000 })),
]

const damaged = fc
  .tuple(fc.constantFrom(...SEEDS), fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 6 }), fc.nat(130))
  .map(([seed, changes, length]) => {
    const bytes = seed.slice(0, length)
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
    return bytes
  })

/** Link type and bytes of a frame: random ones, or real headers damaged and cut. */
export const anyFrame = fc.oneof(
  fc.tuple(fc.constantFrom(...LINK_TYPES), fc.uint8Array({ maxLength: 200 })),
  fc.tuple(fc.constant(LinkType.ETHERNET), damaged),
)
