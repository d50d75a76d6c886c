import { NO_BYTES } from '../capture/frame.ts'
import { ORDER, type Predicate } from './compare-numbers.ts'
import type { BytesConstant } from './constant.ts'
import type { Scope } from './scope.ts'
import type { BytesSource } from './source.ts'
import type { Comparison } from './syntax.ts'

/** True where any value of the source compares so with the constant. */
export function anyAgainstBytes(source: BytesSource, comparison: Comparison, constant: BytesConstant): Predicate {
  const holds = ORDER[comparison]
  return (scope) => {
    for (let at = source.count(scope) - 1; at >= 0; at--) {
      locateOrEmpty(source, scope, at)
      if (holds(difference(scope, constant))) return true
    }
    return false
  }
}

/** A slice out of reach is empty, as in Wireshark. */
function locateOrEmpty(source: BytesSource, scope: Scope, at: number): void {
  if (!source.locate(scope, at)) scope.found(NO_BYTES, 0, 0)
}

/** True where any value lies between the two, both included. */
export function anyBytesBetween(source: BytesSource, low: BytesConstant, high: BytesConstant): Predicate {
  return (scope) => {
    for (let at = source.count(scope) - 1; at >= 0; at--)
      if (source.locate(scope, at) && difference(scope, low) >= 0 && difference(scope, high) <= 0) return true
    return false
  }
}

/** What is longer is greater, as in Wireshark; then byte by byte, as far as the constant's bits count. */
function difference(scope: Scope, { bytes, bits }: BytesConstant): number {
  const { from, to } = scope
  const whole = bits >> 3
  if (whole === bytes.length && whole !== to - from) return to - from - whole
  const shared = Math.min(whole, to - from)
  for (let at = 0; at < shared; at++) {
    const byte = scope.bytes.getUint8(from + at) - bytes[at]!
    if (byte !== 0) return byte
  }
  if (whole === bytes.length) return 0
  const mask = 0xff00 >> (bits & 7)
  return whole < to - from ? (scope.bytes.getUint8(from + whole) & mask & 0xff) - (bytes[whole]! & mask & 0xff) : -1
}

/** True where any value of one source compares so with any of the other. */
export function anyAgainstBytesOf(left: BytesSource, comparison: Comparison, right: BytesSource): Predicate {
  const holds = ORDER[comparison]
  return (scope) => {
    for (let other = right.count(scope) - 1; other >= 0; other--) {
      locateOrEmpty(right, scope, other)
      const bytes = copyOf(scope)
      const constant = { bytes, bits: bytes.length * 8 }
      for (let at = left.count(scope) - 1; at >= 0; at--) {
        locateOrEmpty(left, scope, at)
        if (holds(difference(scope, constant))) return true
      }
    }
    return false
  }
}

/** True where any value has a bit that is set. */
export function anyBitSet(source: BytesSource): Predicate {
  return (scope) => {
    for (let at = source.count(scope) - 1; at >= 0; at--)
      if (source.locate(scope, at) && viewOf(scope).some((byte) => byte !== 0)) return true
    return false
  }
}

const viewOf = ({ bytes, from, to }: Scope): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)

const copyOf = (scope: Scope): Uint8Array => Uint8Array.from(viewOf(scope))

/** True where any value holds the bytes somewhere. */
export function anyContains(source: BytesSource, sought: Buffer): Predicate {
  return (scope) => {
    for (let at = source.count(scope) - 1; at >= 0; at--)
      if (source.locateAll(scope, at) && viewOf(scope).includes(sought)) return true
    return false
  }
}

/** True where any value, read as one character a byte, passes the test. */
export function anyMatches(source: BytesSource, test: (text: string) => boolean): Predicate {
  return (scope) => {
    for (let at = source.count(scope) - 1; at >= 0; at--)
      if (source.locateAll(scope, at) && test(viewOf(scope).toString('latin1'))) return true
    return false
  }
}
