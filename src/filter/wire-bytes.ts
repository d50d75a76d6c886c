import type { Scope } from './scope.ts'
import type { BytesSource, Source } from './source.ts'

const IPV4_BYTES = 4

/** The bytes that a value is: of an IPv4 address four, of a text its UTF-8. Null for what is no bytes. */
export function wireBytes(source: Source): BytesSource | null {
  if (source.kind === 'bytes') return source
  if (source.kind === 'text') return textBytes(source)
  return source.kind === 'number' && source.type === 'ipv4' ? addressBytes(source) : null
}

function textBytes({ needs, count, value }: Extract<Source, { kind: 'text' }>): BytesSource {
  return bytesSource({ needs, count }, (scope, at) => {
    const { buffer, byteOffset, length } = Buffer.from(value(scope, at), 'utf8')
    scope.found(new DataView(buffer, byteOffset, length), 0, length)
  })
}

function addressBytes({ needs, count, value }: Extract<Source, { kind: 'number' }>): BytesSource {
  const word = new DataView(new ArrayBuffer(IPV4_BYTES))
  return bytesSource({ needs, count }, (scope, at) => {
    word.setUint32(0, value(scope, at))
    scope.found(word, 0, IPV4_BYTES)
  })
}

function bytesSource(
  { needs, count }: Pick<BytesSource, 'needs' | 'count'>,
  find: (scope: Scope, at: number) => void,
): BytesSource {
  const locate = (scope: Scope, at: number): boolean => {
    find(scope, at)
    return true
  }
  return { kind: 'bytes', type: 'bytes', needs, count, locate, locateAll: locate }
}
