import { describe, expect, it } from 'vitest'
import { FIELD_TABLE } from '../../src/filter/field-table.ts'
import { Scope } from '../../src/filter/scope.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { frameOf, LinkType } from '../support/frame-of.ts'
import { big, ipv4, join, SYN } from '../support/headers.ts'

const IPIP = 4
const MORE = 0x2000

/** A header that is known again by its time to live. */
function hop(ttl: number, payload: Uint8Array, protocol = IPIP, fragment = 0): Uint8Array {
  const bytes = ipv4(payload, protocol, { fragment, id: ttl })
  bytes[8] = ttl
  return bytes
}

/** The two fragments of what `ttl`'s header carries. */
const halves = (ttl: number, payload: Uint8Array) => [
  hop(ttl, payload.subarray(0, 24), IPIP, MORE),
  hop(ttl, payload.subarray(24), IPIP, 3),
]

/** The scope after the last of these frames. */
function read(frames: readonly Uint8Array[]): Scope {
  const decoder = new PacketDecoder()
  const scope = new Scope()
  for (const bytes of frames) {
    Object.assign(scope.current.frame, frameOf(LinkType.RAW, bytes))
    decoder.decode(scope.current.frame, scope.current.packet)
  }
  return scope
}

/** What `contains` and `matches` search in `ip`, of each header. */
function searched(scope: Scope): number[][] {
  const field = FIELD_TABLE.get('ip')!
  if (field.kind !== 'bytes') throw new Error('a header is bytes')
  return Array.from({ length: field.count(scope) }, (_, at) => {
    field.locateAll!(scope, at)
    return [...new Uint8Array(scope.bytes.buffer, scope.bytes.byteOffset + scope.from, scope.to - scope.from)]
  })
}

function timesToLive(scope: Scope): number[] {
  const field = FIELD_TABLE.get('ip.ttl')!
  if (field.kind !== 'number') throw new Error('a time to live is a number')
  return Array.from({ length: field.count(scope) }, (_, at) => field.value(scope, at))
}

describe('the IP headers of a packet', () => {
  const plain = hop(3, SYN, 6)

  it('are those of a tunnel, the outermost first', () => {
    expect(timesToLive(read([hop(1, hop(2, plain))]))).toEqual([1, 2, 3])
  })

  it('are those in a datagram that was put together from fragments, and the one of its last fragment', () => {
    expect(timesToLive(read(halves(1, hop(2, plain))))).toEqual([1, 2, 3])
  })

  it('are searched with what they carry: a fragment with its piece, what was put together as a whole', () => {
    const inner = hop(2, plain)
    const [first, last] = halves(1, inner) as [Uint8Array, Uint8Array]
    expect(searched(read([first, last]))).toEqual([[...last], [...inner], [...plain]])
  })

  it('are searched without what pads the frame', () => {
    expect(searched(read([join(plain, new Uint8Array(6))]))).toEqual([[...plain]])
  })

  it('tell where a fragment belongs in units of eight bytes', () => {
    const field = FIELD_TABLE.get('ip.frag_offset')!
    if (field.kind !== 'number') throw new Error('an offset is a number')
    expect(field.value(read([halves(1, hop(2, plain))[1]!]), 0)).toBe(3)
  })

  it('are all but those of a datagram whose place another of the same frame took', () => {
    const [first, second] = halves(3, hop(4, SYN, 6)) as [Uint8Array, Uint8Array]
    const [before, last] = [hop(1, hop(2, first)), halves(1, hop(2, second))]
    expect(timesToLive(read([before, ...last]))).toEqual([1, 3, 4])
  })

  it('are the outermost ones and the innermost one, where there are more than have a place', () => {
    const deep = Array.from({ length: 11 }, (_, at) => 11 - at).reduce((inner, ttl) => hop(ttl, inner), hop(12, SYN, 6))
    expect(timesToLive(read([deep]))).toEqual([1, 2, 3, 4, 5, 6, 7, 12])
  })

  it('are followed by the one that an ICMP error quotes, below however many tunnels', () => {
    const error = hop(12, join(big(0x0303, 2), big(0, 6), hop(99, SYN, 6)), 1)
    const deep = Array.from({ length: 11 }, (_, at) => 11 - at).reduce((inner, ttl) => hop(ttl, inner), error)
    expect(timesToLive(read([deep]))).toEqual([1, 2, 3, 4, 5, 6, 7, 12, 99])
  })

  it('end with the bytes that were captured, where that cut into the options', () => {
    const header = ipv4(SYN, 6, { options: '94040000' }).subarray(0, 20)
    const scope = read([hop(1, header)])
    const field = FIELD_TABLE.get('ip')!
    if (field.kind !== 'bytes') throw new Error('a header is bytes')
    field.locate(scope, 1)
    expect(scope.to - scope.from).toBe(20)
    expect(scope.to).toBe(scope.current.frame.end)
  })
})
