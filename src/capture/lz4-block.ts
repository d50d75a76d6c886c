import { SourceFault } from './byte-source.ts'

/** The magic number of an lz4 frame, little-endian. */
export const LZ4_MAGIC = 0x184d2204

/** Farthest that a match reaches back. */
export const LZ4_HISTORY = 65_536
const SHORTEST_MATCH = 4
const LONG = 15

/** Longer runs are copied by one call; shorter ones are over before it would begin. */
const SHORT_RUN = 64
const WORD = 4

/**
 * Unpacks one lz4 block from `input` to `output`, from index `start` on; matches may reach back to `lowest`, where the
 * blocks before it were unpacked. Returns the index after its last byte; what stands behind it is overwritten.
 */
export function decodeLz4Block(input: Uint8Array, output: Uint8Array, start: number, lowest: number): number {
  const end = input.length
  const packed = viewOf(input)
  const unpacked = viewOf(output)
  let from = 0
  let to = start
  while (from < end) {
    const token = input[from++]!
    let literals = token >> 4
    if (literals === LONG) {
      let more = 255
      while (more === 255 && from < end) literals += more = input[from++]!
    }
    if (from + literals > end) throw damaged('literals within their block', `${from + literals - end} bytes beyond it`)
    if (to + literals > output.length) throw tooLong()
    if (literals > SHORT_RUN) output.set(input.subarray(from, from + literals), to)
    else copyRun(packed, from, unpacked, to, literals)
    from += literals
    to += literals
    // The last sequence has no match.
    if (from === end) return to
    if (from + 2 > end) throw damaged('a match offset', 'the end of the block')
    const offset = input[from]! | (input[from + 1]! << 8)
    from += 2
    if (offset === 0 || to - offset < lowest) throw damaged(`a match offset from 1 to ${to - lowest}`, `${offset}`)
    let match = token & LONG
    if (match === LONG) {
      let more = 255
      while (more === 255 && from < end) match += more = input[from++]!
    }
    match += SHORTEST_MATCH
    if (to + match > output.length) throw tooLong()
    if (offset >= match && match > SHORT_RUN) output.copyWithin(to, to - offset, to - offset + match)
    else if (offset >= WORD) copyRun(unpacked, to - offset, unpacked, to, match)
    else repeat(output, to, offset, match)
    to += match
  }
  throw damaged('literals at the end of the block', 'a match')
}

/** Copies in words, up to three bytes too many: what follows overwrites them. Without room for that, the end in bytes. */
function copyRun(source: DataView, from: number, target: DataView, to: number, length: number): void {
  const room = Math.min(source.byteLength - from, target.byteLength - to)
  let at = 0
  for (; at < length && at + WORD <= room; at += WORD) target.setInt32(to + at, source.getInt32(from + at))
  for (; at < length; at++) target.setUint8(to + at, source.getUint8(from + at))
}

/** A match that overlaps what it makes by less than a word. */
function repeat(output: Uint8Array, to: number, offset: number, length: number): void {
  if (offset === 1) output.fill(output[to - 1]!, to, to + length)
  else for (let at = to; at < to + length; at++) output[at] = output[at - offset]!
}

const viewOf = ({ buffer, byteOffset, length }: Uint8Array): DataView => new DataView(buffer, byteOffset, length)

function tooLong(): SourceFault {
  return damaged('a block within the size that its frame allows', 'a longer one')
}

function damaged(expected: string, found: string): SourceFault {
  return new SourceFault(`lz4 data with ${expected}`, found)
}
