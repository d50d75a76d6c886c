import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OptionList } from '../../src/packet/option-list.ts'
import { hex } from '../support/frame-of.ts'

const options = new OptionList()
const parse = (text: string) => {
  const bytes = hex(text)
  return options.parse(new DataView(bytes.buffer), 0, bytes.length)
}

const kindsOf = ({ kinds, kindCount }: OptionList): number[] => [...kinds.subarray(0, kindCount)]

describe('OptionList', () => {
  it('reads the SYN of a Linux client', () => {
    const syn = parse('0204 05b4 0402 080a 9c27e1a0 00000000 01 0303 07')
    expect(syn).toMatchObject({
      mss: 1460,
      sackPermitted: true,
      hasTimestamps: true,
      timestampValue: 0x9c27e1a0 | 0,
      timestampEcho: 0,
      windowScale: 7,
      sackBlocks: 0,
      wellFormed: true,
    })
    expect(kindsOf(syn)).toEqual([2, 4, 8, 1, 3])
  })

  it('reads two SACK blocks', () => {
    const { sackBlocks, sackEdges } = parse('0101 0512 00000001 00000005 ffffff00 00000000')
    expect([sackBlocks, ...sackEdges.subarray(0, 4)]).toEqual([2, 1, 5, -256, 0])
  })

  it('reads Multipath TCP and Fast Open', () => {
    expect(parse('1e0c 0081 0102030405060708 220a 0102030405060708')).toMatchObject({
      mptcpSubtype: 0,
      fastOpenCookie: 8,
    })
  })

  it('forgets the options of the previous segment', () => {
    parse('0204 05b4 0402 080a 9c27e1a0 00000000 01 0303 07 2202')
    const { kinds: _kinds, sackEdges: _edges, ...left } = parse('')
    const { kinds: _none, sackEdges: _zero, ...fresh } = new OptionList()
    expect(left).toEqual(fresh)
  })

  it.each([
    ['a length of 0', '0200 05b4'],
    ['a length of 1', '0201 05b4'],
    ['a length beyond the header', '0101 0220 05b4'],
    ['no length', '010101 02'],
    ['an MSS of 3 bytes', '0203 05'],
    ['half a SACK block', '0506 00000001'],
  ])('calls %s malformed and keeps its hands off', (_name, text) => {
    expect(parse(text)).toMatchObject({ wellFormed: false, mss: -1, sackBlocks: 0 })
  })

  it('takes each zero behind the end for another end, and looks at nothing else there', () => {
    expect(kindsOf(parse('0204 05b4 0402 0000'))).toEqual([2, 4, 0, 0])
    expect(kindsOf(parse('0204 05b4 0000 0103 0302'))).toEqual([2, 0, 0])
  })

  it('stops at the end of the list', () => {
    expect(parse('0303 02 00 0204 05b4')).toMatchObject({ windowScale: 2, mss: -1, wellFormed: true })
  })

  it('takes any bytes without reading past 40', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const read = new OptionList().parse(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length)
        expect(read.kindCount).toBeLessThanOrEqual(40)
        expect(read.sackBlocks).toBeLessThanOrEqual(4)
      }),
    )
  })
})
