import { formatIpv4, formatIpv6 } from '../text/address.ts'
import { Mistake } from './mistake.ts'
import type { Scope } from './scope.ts'
import type { BytesSource, NumberSource, Source, TextSource } from './source.ts'
import type { Place } from './syntax.ts'

const IPV6_WORDS = 4

/** Numbers in decimal digits, and addresses, as Wireshark's `string()` writes them. Throws a {@link Mistake} for what else there is. */
export function asText(of: Source, { start, end }: Place): TextSource {
  const write = writerOf(of)
  if (write === null || of.kind === 'literal')
    throw new Mistake('string() takes a number or an address', start, end, 'such as string(frame.number)')
  return { kind: 'text', needs: of.needs, count: of.count, value: write }
}

function writerOf(of: Source): TextSource['value'] | null {
  if (of.kind === 'number') return numberWriter(of)
  if (of.kind !== 'bytes') return null
  if (of.type === 'ether') return bytesWriter(of, etherText)
  return of.type === 'ipv6' ? bytesWriter(of, ipv6Text) : null
}

function numberWriter({ type, value }: NumberSource): TextSource['value'] | null {
  if (type === 'ipv4') return (scope, at) => formatIpv4(value(scope, at))
  return type === 'integer' ? (scope, at) => `${value(scope, at)}` : null
}

function bytesWriter({ locate }: BytesSource, write: (scope: Scope) => string): TextSource['value'] {
  return (scope, at) => (locate(scope, at) ? write(scope) : '')
}

function etherText({ bytes, from, to }: Scope): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
    .toString('hex')
    .replace(/..(?=.)/g, '$&:')
}

function ipv6Text({ bytes, from }: Scope): string {
  return formatIpv6(
    Int32Array.from({ length: IPV6_WORDS }, (_, word) => bytes.getInt32(from + 4 * word)),
    0,
  )
}
