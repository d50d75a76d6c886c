import { put } from './chance.mjs'

/** Offsets and widths of IPv4's fields, and of TCP's behind them. */
const IPV4 = [
  [0, 1],
  [1, 1],
  [2, 2],
  [4, 2],
  [6, 2],
  [8, 1],
  [9, 1],
  [12, 4],
  [16, 4],
]
const TCP = [
  [0, 2],
  [2, 2],
  [4, 4],
  [8, 4],
  [12, 1],
  [13, 1],
  [14, 2],
  [16, 2],
  [18, 2],
]
const FLAGS = [0x02, 0x12, 0x10, 0x18, 0x11, 0x04, 0x14, 0x00, 0xff, 0x03, 0x29, 0xc2]

/** TCP options, well and badly made: end, nop, MSS, window scale, SACK permitted, SACK, timestamps, MD5, experiment. */
const OPTIONS = [
  [0],
  [1],
  [2, 4, 5, 0xb4],
  [2, 2],
  [3, 3, 14],
  [3, 3, 255],
  [4, 2],
  [5, 10, 0, 0, 0, 1, 0, 0, 0, 9],
  [5, 2],
  [5, 34],
  [8, 10, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
  [8, 3, 1],
  [19, 18],
  [254, 4, 0xf9, 0x89],
  [253, 0],
  [30, 1],
  [69, 255],
]

/** Where IPv4 starts in a frame: behind Ethernet and VLAN tags, a loopback or cooked header, or at once; -1 for none. */
function ipStart(bytes) {
  for (const at of [0, 4, 14, 16, 18, 20, 22])
    if (bytes.length >= at + 40 && bytes[at] >> 4 === 4 && bytes[at + 9] === 6) return at
  return -1
}

/** Changes one thing in a copy of a frame: a header's field, a sequence number, the options, its bits, its length. */
export function mutateFrame(original, chance) {
  const bytes = Buffer.from(original)
  const ip = ipStart(bytes)
  const tcp = ip < 0 ? -1 : ip + ((bytes[ip] & 15) << 2)
  switch (chance.below(ip < 0 ? 3 : 8)) {
    case 0:
      return bytes.subarray(0, chance.below(bytes.length + 1))
    case 1:
      return Buffer.concat([bytes, chance.bytes(chance.below(80))])
    case 2:
      if (bytes.length > 0) bytes[chance.below(bytes.length)] ^= 1 << chance.below(8)
      return bytes
    case 3:
      return field(bytes, ip, chance.of(IPV4), chance)
    case 4:
      return field(bytes, tcp, chance.of(TCP), chance)
    case 5:
      put(bytes, tcp + 13, 1, chance.of(FLAGS))
      return bytes
    case 6:
      return withOptions(bytes, ip, tcp, chance)
    default:
      return moveSequence(bytes, tcp, chance)
  }
}

function field(bytes, start, [at, width], chance) {
  const now = start + at + width <= bytes.length ? bytes.readUIntBE(start + at, width) : 0
  put(bytes, start + at, width, chance.value(width, now, bytes.length - start))
  return bytes
}

/** Sequence numbers near the wrap, near each other, half the space apart. */
function moveSequence(bytes, tcp, chance) {
  if (tcp + 12 > bytes.length) return bytes
  const seq = bytes.readUInt32BE(tcp + 4)
  const moved = chance.of([0xffffffff, 0x7fffffff, 0x80000000, seq - 1, seq + 1, seq + 0x7fffffff, seq + 0x80000000, 0])
  put(bytes, tcp + chance.of([4, 8]), 4, moved % 2 ** 32 < 0 ? moved + 2 ** 32 : moved % 2 ** 32)
  return bytes
}

function withOptions(bytes, ip, tcp, chance) {
  if (tcp + 20 > bytes.length) return bytes
  const list = []
  while (list.length < 40 && !chance.once(4)) list.push(...chance.of(OPTIONS))
  const options = Buffer.alloc(Math.min(40, (list.length + 3) & ~3))
  options.set(list.slice(0, options.length))
  const made = Buffer.concat([bytes.subarray(0, tcp + 20), options, bytes.subarray(tcp + 20)])
  put(made, tcp + 12, 1, ((20 + options.length) / 4) << 4)
  put(made, ip + 2, 2, (made.length - ip) & 0xffff)
  return made
}
