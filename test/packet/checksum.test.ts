import { describe, expect, it } from 'vitest'
import { ChecksumState, verifyTcpChecksum } from '../../src/packet/checksum.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet } from '../../src/packet/packet.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { ipv4, ipv6, join, SYN } from '../support/headers.ts'

const CHECKSUM = 16

function withChecksum(checksum: number, payload = ''): Uint8Array {
  const segment = join(SYN, hex(payload))
  new DataView(segment.buffer).setUint16(CHECKSUM, checksum)
  return segment
}

function verify(bytes: Uint8Array, originalLength?: number): ChecksumState {
  const packet = new Packet()
  new PacketDecoder().decode(frameOf(LinkType.RAW, bytes, originalLength), packet)
  return verifyTcpChecksum(packet)
}

describe('verifyTcpChecksum', () => {
  // Sums worked out with Wireshark's checksum validation.
  it.each([
    ['a right one', ipv4(withChecksum(0xe93a)), ChecksumState.GOOD],
    ['a right one over an odd payload', ipv4(withChecksum(0x9735, '5301ff')), ChecksumState.GOOD],
    ['a right one over IPv6', ipv6(withChecksum(0x8bc9)), ChecksumState.GOOD],
    ['none, as on loopback', ipv4(withChecksum(0)), ChecksumState.BAD],
    ['that of the pseudo-header', ipv4(withChecksum(0xfe29)), ChecksumState.OFFLOADED],
  ])('tells %s', (_name, bytes, expected) => {
    expect(verify(bytes)).toBe(expected)
  })

  it('cannot tell where the snap length cut the payload', () => {
    const bytes = ipv4(withChecksum(0x9735, '5301ff'))
    expect(verify(bytes.subarray(0, bytes.length - 1), bytes.length)).toBe(ChecksumState.UNKNOWN)
  })
})
