import { Frame } from '../../src/capture/frame.ts'

/** LINKTYPE_ values that the tests use. */
export const LinkType = {
  NULL: 0,
  ETHERNET: 1,
  RAW: 101,
  LOOP: 108,
  SLL: 113,
  IPV4: 228,
  IPV6: 229,
  SLL2: 276,
} as const

/** Bytes written as hexadecimal digits; white space and what follows a `|` on a line is for the reader. */
export function hex(text: string): Uint8Array {
  const digits = text.replace(/\|.*$/gm, '').replace(/\s/g, '')
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** A frame of these bytes, with others before and behind them so that reading outside shows. */
export function frameOf(linkType: number, bytes: Uint8Array, originalLength = bytes.length): Frame {
  const MARGIN = 37
  const window = new Uint8Array(bytes.length + 2 * MARGIN).fill(0x46)
  window.set(bytes, MARGIN)
  const frame = new Frame()
  frame.number = 1
  frame.linkType = linkType
  frame.originalLength = originalLength
  frame.bytes = new DataView(window.buffer)
  frame.start = MARGIN
  frame.end = MARGIN + bytes.length
  return frame
}
