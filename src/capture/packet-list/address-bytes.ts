import { isIPv4, isIPv6 } from 'node:net'

/** Bytes of an IPv4 (4) or IPv6 (16) address as text; null for anything else, such as a name. */
export function addressBytes(text: string): Uint8Array | null {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number)
  const zone = text.indexOf('%')
  const plain = zone < 0 ? text : text.slice(0, zone)
  return isIPv6(plain) ? ipv6Bytes(plain) : null
}

function ipv6Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(16)
  const [head = '', tail] = text.split('::')
  const before = groups(head)
  bytes.set(before)
  if (tail !== undefined) {
    const after = groups(tail)
    bytes.set(after, 16 - after.length)
  }
  return bytes
}

function groups(text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const word = Number.parseInt(group, 16)
    return [word >> 8, word & 0xff]
  })
}
