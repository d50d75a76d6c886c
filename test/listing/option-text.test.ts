import { describe, expect, it } from 'vitest'
import { optionText } from '../../src/listing/option-text.ts'

const text = (...bytes: number[]): string =>
  optionText(new DataView(Uint8Array.from(bytes).buffer), bytes[0]!, 0, bytes.length, 1000)

describe('optionText', () => {
  it.each([
    ['a segment size', [2, 4, 5, 0xb4], ' MSS=1460'],
    ['a shift beyond what counts', [3, 3, 15], ' WS=16384'],
    ['selective acknowledgments, from the base', [5, 10, 0, 0, 3, 0xf2, 0, 0, 3, 0xfc], ' SLE=10 SRE=20'],
    ['an echo and its reply alike', [7, 6, 0, 0, 0, 9], ' ECHO=9'],
    ['a connection count', [13, 6, 0, 0, 0, 8], ' CC=8'],
    ['a signature', [19, 18, ...Array(16).fill(1)], ' MD5'],
    ['an authentication, without a space before it', [29, 4, 1, 1], 'TCP AO'],
    ['a time-out in minutes by its number', [28, 4, 0x80, 5], ' USER_TO=5'],
    ['a Fast Open cookie by its experiment', [254, 8, 0xf9, 0x89, 1, 2, 3, 4], ' TFO=C'],
    ['another experiment by its number', [253, 4, 1, 2], ' ExID=102'],
    ['nothing of a length that its kind cannot have', [8, 9, 0, 0, 0, 0, 0, 0, 0], ''],
  ])('writes %s', (_, bytes, expected) => {
    expect(text(...bytes)).toBe(expected)
  })
})
