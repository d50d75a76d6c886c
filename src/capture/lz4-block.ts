import { SourceFault } from './byte-source.ts'

/** The magic number of an lz4 frame, little-endian. */
export const LZ4_MAGIC = 0x184d2204

/** Farthest that a match reaches back. */
export const LZ4_HISTORY = 65_536
const SHORTEST_MATCH = 4
const LONG = 15

/**
 * Unpacks one lz4 block from `input` to `output`, from index `start` on; matches may reach back to `lowest`, where the
 * blocks before it were unpacked. Returns the index after its last byte.
 */
export function decodeLz4Block(input: Uint8Array, output: Uint8Array, start: number, lowest: number): number {
  const end = input.length
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
    output.set(input.subarray(from, from + literals), to)
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
    to = copyMatch(output, to, offset, match)
  }
  throw damaged('literals at the end of the block', 'a match')
}

// A match may overlap what it makes, so copyWithin serves only where it does not.
function copyMatch(output: Uint8Array, to: number, offset: number, length: number): number {
  const end = to + length
  if (offset >= length && length > 32) output.copyWithin(to, to - offset, end - offset)
  else for (let index = to; index < end; index++) output[index] = output[index - offset]!
  return end
}

function tooLong(): SourceFault {
  return damaged('a block within the size that its frame allows', 'a longer one')
}

function damaged(expected: string, found: string): SourceFault {
  return new SourceFault(`lz4 data with ${expected}`, found)
}
