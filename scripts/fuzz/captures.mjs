import { gzipSync } from 'node:zlib'
import { put } from './chance.mjs'
import { mutateFrame } from './frames.mjs'

const CLASSIC_HEADER = 24
const RECORD_HEADER = 16
const LINK_TYPES = [0, 1, 12, 14, 101, 108, 113, 228, 229, 276, 9, 50, 105, 147, 239, 0xffff]
const MAGICS = [0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0xa1b2cd34, 0x34cdb2a1, 0x0a0d0d0a]

/** A capture's parts: what stands before the records, and each record's header and bytes. */
function partsOfClassic(bytes) {
  const little = bytes[0] !== 0xa1
  const parts = []
  for (let at = CLASSIC_HEADER; at + RECORD_HEADER <= bytes.length; ) {
    const captured = little ? bytes.readUInt32LE(at + 8) : bytes.readUInt32BE(at + 8)
    const end = Math.min(bytes.length, at + RECORD_HEADER + captured)
    parts.push(Buffer.from(bytes.subarray(at, end)))
    at = end
  }
  return { little, head: Buffer.from(bytes.subarray(0, CLASSIC_HEADER)), parts }
}

/** Records with their lengths as they are now. */
function recordOf(header, data, little) {
  const made = Buffer.concat([header, data])
  put(made, 8, 4, data.length, little)
  if (header.readUInt32LE(12) === 0) put(made, 12, 4, data.length, little)
  return made
}

function mutateRecord(record, little, chance) {
  if (record.length < RECORD_HEADER) return record
  if (chance.below(3) > 0) {
    const header = record.subarray(0, RECORD_HEADER)
    return recordOf(header, mutateFrame(record.subarray(RECORD_HEADER), chance), little)
  }
  const at = chance.of([0, 4, 8, 12])
  const now = little ? record.readUInt32LE(at) : record.readUInt32BE(at)
  put(record, at, 4, chance.value(4, now, record.length - RECORD_HEADER), little)
  return record
}

/** Drops, doubles, swaps or moves parts, or brings one from another list. */
function rearrange(parts, others, chance) {
  if (parts.length === 0) return
  const at = chance.below(parts.length)
  const to = chance.below(parts.length)
  const [first, second] = [parts[at], parts[to]]
  switch (chance.below(5)) {
    case 0:
      return void parts.splice(at, 1)
    case 1:
      return void parts.splice(to, 0, first)
    case 2:
      parts[at] = second
      parts[to] = first
      return
    case 3:
      return void parts.splice(at, 0, ...Array.from({ length: chance.below(40) }, () => first))
    default:
      return void (others.length > 0 && parts.splice(at, 0, chance.of(others)))
  }
}

/** A classic capture with a few things changed. */
export function mutateClassic(seed, other, chance) {
  const { little, head, parts } = partsOfClassic(seed)
  const others = partsOfClassic(other).parts
  for (let count = chance.below(6); count >= 0; count--) {
    if (chance.once(4)) rearrange(parts, others, chance)
    else if (chance.once(6)) put(head, 20, 4, chance.of(LINK_TYPES), little)
    else if (chance.once(12)) put(head, chance.of([0, 4, 8, 16, 20]), 4, chance.value(4), little)
    else if (chance.once(13)) put(head, 0, 4, chance.of(MAGICS))
    else if (parts.length > 0) {
      const at = chance.below(parts.length)
      parts[at] = mutateRecord(Buffer.from(parts[at]), little, chance)
    }
  }
  return damaged(Buffer.concat([head, ...parts]), chance)
}

const u32 = (bytes, at, little) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))

function partsOfPcapng(bytes) {
  const parts = []
  let little = true
  for (let at = 0; at + 12 <= bytes.length; ) {
    if (bytes.readUInt32BE(at) === 0x0a0d0d0a) little = bytes[at + 8] === 0x4d
    const length = u32(bytes, at + 4, little)
    const end = length < 12 ? bytes.length : Math.min(bytes.length, at + length)
    parts.push({ little, bytes: Buffer.from(bytes.subarray(at, end)) })
    at = end
  }
  return parts
}

/** An option for any block: known codes with lengths that fit them and lengths that do not. */
function anOption(little, chance) {
  const length = chance.of([0, 1, 2, 4, 8, 16, 20, 100])
  const made = Buffer.concat([Buffer.alloc(4), chance.bytes(length), Buffer.alloc(-length & 3)])
  put(made, 0, 2, chance.of([0, 1, 2, 3, 4, 5, 9, 11, 13, 14, 2988, 2989, 32_768, 65_535]), little)
  put(made, 2, 2, chance.once(4) ? chance.value(2, length) : length, little)
  return made
}

function mutateBlock({ bytes, little }, chance) {
  const kind = chance.below(6)
  let made = Buffer.from(bytes)
  if (kind === 0) {
    put(made, chance.of([0, 4]), 4, chance.value(4, made.length, made.length), little)
    return { bytes: made, little }
  }
  if (kind === 1) {
    const at = chance.below(made.length >> 2) << 2
    put(made, at, 4, chance.value(4, u32(made, at, little), made.length - at), little)
    return { bytes: made, little }
  }
  if (kind === 2 && made.length > 32 && u32(made, 0, little) === 6) {
    const frame = mutateFrame(made.subarray(28, made.length - 4), chance)
    const padded = Buffer.concat([frame, Buffer.alloc(-frame.length & 3)])
    made = Buffer.concat([made.subarray(0, 28), padded, made.subarray(made.length - 4)])
    put(made, 20, 4, frame.length, little)
  } else if (kind < 5) {
    const options = Buffer.concat(Array.from({ length: chance.below(5) }, () => anOption(little, chance)))
    made = Buffer.concat([made.subarray(0, made.length - 4), options, made.subarray(made.length - 4)])
  } else put(made, 0, 4, chance.of([1, 2, 3, 4, 5, 6, 10, 0x0a0d0d0a, 0xbad, 0x80000001]), little)
  put(made, 4, 4, made.length, little)
  put(made, made.length - 4, 4, made.length, little)
  return { bytes: made, little }
}

/** A pcapng with a few things changed. */
export function mutatePcapng(seed, other, chance) {
  const parts = partsOfPcapng(seed)
  const others = partsOfPcapng(other)
  for (let count = chance.below(6); count >= 0; count--) {
    const at = chance.below(parts.length)
    if (chance.once(3)) rearrange(parts, others, chance)
    else if (parts[at] !== undefined && parts[at].bytes.length >= 12) parts[at] = mutateBlock(parts[at], chance)
  }
  return damaged(Buffer.concat(parts.map(({ bytes }) => bytes)), chance)
}

/** Now and then cut, with a few bits turned, or packed (and cut). */
function damaged(bytes, chance) {
  if (chance.once(8)) return bytes.subarray(0, chance.below(bytes.length + 1))
  if (chance.once(8) && bytes.length > 0) {
    for (let count = chance.below(8); count >= 0; count--) bytes[chance.below(bytes.length)] ^= 1 << chance.below(8)
    return bytes
  }
  if (!chance.once(16)) return bytes
  const packed = gzipSync(bytes, { level: 1 })
  return chance.once(2) ? packed : packed.subarray(0, chance.below(packed.length))
}

/** A packed capture with its bytes changed: the packing's own headers and tables are the structure. */
export function mutatePacked(seed, chance) {
  const bytes = Buffer.from(seed)
  for (let count = chance.below(4); count >= 0; count--) {
    const at = chance.once(2) ? chance.below(Math.min(24, bytes.length)) : chance.below(bytes.length)
    if (chance.once(2)) bytes[at] ^= 1 << chance.below(8)
    else put(bytes, at, 1, chance.value(1, bytes[at]))
  }
  if (chance.once(6)) return bytes.subarray(0, chance.below(bytes.length))
  return chance.once(6) ? Buffer.concat([bytes, seed.subarray(chance.below(seed.length))]) : bytes
}
