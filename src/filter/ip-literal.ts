import type { BytesConstant, NumberConstant } from './constant.ts'

const IPV4_BITS = 32
const IPV6_BITS = 128
const IPV6_GROUPS = 8
const OCTET = /^\d{1,3}$/
const GROUP = /^[0-9a-fA-F]{1,4}$/

/** `a.b.c.d`, with `/prefix` or without; null for anything else. */
export function parseIpv4(text: string): NumberConstant | null {
  const [address = '', prefix, ...more] = text.split('/')
  const bits = prefixOf(prefix, IPV4_BITS)
  const value = ipv4Word(address)
  if (value === null || bits === null || more.length > 0) return null
  const mask = bits === 0 ? 0 : (-1 << (IPV4_BITS - bits)) >>> 0
  return { value: (value & mask) >>> 0, mask }
}

/** `::1` and all other forms of RFC 4291 §2.2, with `/prefix` or without; null for anything else. */
export function parseIpv6(text: string): BytesConstant | null {
  const [address = '', prefix, ...more] = text.split('/')
  const bits = prefixOf(prefix, IPV6_BITS)
  const groups = ipv6Groups(address)
  if (groups === null || bits === null || more.length > 0) return null
  return { bytes: Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff])), bits }
}

function prefixOf(text: string | undefined, bits: number): number | null {
  if (text === undefined) return bits
  return OCTET.test(text) && Number(text) <= bits ? Number(text) : null
}

function ipv4Word(text: string): number | null {
  const octets = text.split('.')
  if (octets.length !== 4 || octets.some((octet) => !OCTET.test(octet) || Number(octet) > 255)) return null
  return octets.reduce((word, octet) => word * 256 + Number(octet), 0)
}

function ipv6Groups(text: string): number[] | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = halves.map(groupsOf)
  if (head === null || head === undefined || tail === null) return null
  if (tail === undefined) return head.length === IPV6_GROUPS ? head : null
  const missing = IPV6_GROUPS - head.length - tail.length
  return missing < 1 ? null : [...head, ...new Array<number>(missing).fill(0), ...tail]
}

function groupsOf(text: string): number[] | null {
  if (text === '') return []
  const parts = text.split(':')
  const groups: number[] = []
  for (const [at, part] of parts.entries()) {
    const embedded = at === parts.length - 1 && part.includes('.') ? ipv4Word(part) : null
    if (embedded !== null) groups.push(embedded >>> 16, embedded & 0xffff)
    else if (GROUP.test(part)) groups.push(Number.parseInt(part, 16))
    else return null
  }
  return groups
}
