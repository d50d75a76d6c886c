import type { Packet } from '../packet/packet.ts'

/** No window scale option. */
export const NO_SCALE = 255

const OptionKind = { END: 0, NOP: 1, MSS: 2, WINDOW_SCALE: 3 } as const
const MIN_HEADER = 20

/** TTL, window scale (or NO_SCALE) and window of a SYN in one word. */
export const shapeOf = (packet: Packet): number => (packet.ttl << 24) | (scaleOf(packet) << 16) | packet.window

/** MSS (0 without) and a hash of the options' order in one word. */
export function optionsOf(packet: Packet): number {
  const bytes = packet.bytes
  const end = optionsEnd(packet)
  let mss = 0
  let order = 0
  for (let at = packet.transportStart + MIN_HEADER; at < end; ) {
    const kind = bytes.getUint8(at)
    order = (Math.imul(order, 31) + kind + 1) & 0xffff
    const length = optionLength(bytes, at, end, kind)
    if (length === 0) break
    if (kind === OptionKind.MSS && length === 4) mss = bytes.getUint16(at + 2)
    at += length
  }
  return (mss << 16) | order
}

function scaleOf(packet: Packet): number {
  const bytes = packet.bytes
  const end = optionsEnd(packet)
  for (let at = packet.transportStart + MIN_HEADER; at < end; ) {
    const kind = bytes.getUint8(at)
    const length = optionLength(bytes, at, end, kind)
    if (length === 0) break
    // RFC 7323 §2.3: a shift above 14 counts as 14.
    if (kind === OptionKind.WINDOW_SCALE && length === 3) return Math.min(14, bytes.getUint8(at + 2))
    at += length
  }
  return NO_SCALE
}

const optionsEnd = (packet: Packet): number =>
  Math.min(packet.transportStart + packet.headerLength, packet.bytes.byteLength)

/** Bytes of the option at `at`; 0 where the list ends there or makes no sense from there on. */
function optionLength(bytes: DataView, at: number, end: number, kind: number): number {
  if (kind === OptionKind.END) return 0
  if (kind === OptionKind.NOP) return 1
  const length = at + 1 < end ? bytes.getUint8(at + 1) : 0
  return length < 2 || at + length > end ? 0 : length
}
