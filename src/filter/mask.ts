import type { Scope } from './scope.ts'
import type { BytesSource } from './source.ts'

/** Bytes under a mask, byte by byte: as many as the shorter of both has, as in Wireshark. */
export function masked(left: BytesSource, right: BytesSource): BytesSource {
  const locate = (scope: Scope, at: number): boolean => {
    const rights = right.count(scope)
    if (!left.locate(scope, Math.floor(at / rights))) return false
    const bytes = copyHere(scope)
    if (!right.locate(scope, at % rights)) return false
    const length = Math.min(bytes.length, scope.to - scope.from)
    for (let byte = 0; byte < length; byte++) bytes[byte]! &= scope.bytes.getUint8(scope.from + byte)
    scope.found(new DataView(bytes.buffer), 0, length)
    return true
  }
  return {
    kind: 'bytes',
    type: left.type === 'protocol' ? 'bytes' : left.type,
    needs: left.needs | right.needs,
    count: (scope) => left.count(scope) * right.count(scope),
    locate,
    locateAll: locate,
  }
}

function copyHere({ bytes, from, to }: Scope): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from))
}
