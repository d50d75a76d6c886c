/** Dotted decimal of an IPv4 address in one word, the first byte highest. */
export const formatIpv4 = (word: number): string =>
  `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`

/** The form of RFC 5952 of an IPv6 address in four words from `at`. */
export function formatIpv6(words: Int32Array, at: number): string {
  const groups: number[] = []
  for (let i = 0; i < 4; i++) groups.push(words[at + i]! >>> 16, words[at + i]! & 0xffff)
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return `::ffff:${formatIpv4(words[at + 3]!)}`
  const { start, length } = longestZeros(groups)
  if (length < 2) return groups.map(hex).join(':')
  return `${groups.slice(0, start).map(hex).join(':')}::${groups
    .slice(start + length)
    .map(hex)
    .join(':')}`
}

/** `127.0.0.1:9000`, `[::1]:9000`. */
export const formatEndpoint = ({
  address,
  port,
}: {
  readonly address: string
  readonly port: number | string
}): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)

const hex = (group: number): string => group.toString(16)

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let length = 0
  for (let i = 0; i < groups.length; i++) {
    length = groups[i] === 0 ? length + 1 : 0
    if (length > best.length) best = { start: i - length + 1, length }
  }
  return best
}
