import type { Cursor } from './cursor.ts'
import { ipProtocol } from './ip-protocol.ts'
import { finalDestination, homeAddress, replaceTail } from './ipv6-ends.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const Field = { NEXT_HEADER: 0, LENGTH: 1 } as const
const MIN_HEADER = 8
const JUMBO = { OPTION: 0xc2, OPTION_LENGTH: 4 } as const
const PAD1 = 0
/** Fragments belong together by addresses and identification, whatever their next headers (RFC 8200 §4.5). */
const ANY_PROTOCOL = -1
/** Words of a packet's addresses. */
const SOURCE = 0
const DESTINATION = 4
const IPV6_HEADER = 40
const FRAGMENT = { OFFSET: 2, ID: 4, HEADER: 8, MORE: 1 } as const

/** Hop-by-hop options (RFC 8200 §4.3): the one that matters is a jumbogram's length (RFC 2675 §2). */
export function hopByHop(cursor: Cursor, packet: Packet): Layer {
  const { start } = cursor
  const next = extension(cursor, packet, Layer.HOP_BY_HOP)
  if (next !== Layer.DONE && packet.offloaded) readJumboLength(cursor, packet, start)
  return next
}

/** Routing (RFC 8200 §4.4): the connection's end is where the route ends, not the next stop. */
export function routing(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  const next = extension(cursor, packet, Layer.ROUTING)
  if (cursor.start === start) return next
  const end = finalDestination(bytes, start, Math.min(cursor.start, cursor.end))
  if (end !== null) replaceTail(packet.address, DESTINATION, bytes, end)
  return next
}

/** Destination options (RFC 8200 §4.6): a mobile node's home address is the connection's end, not where it roams. */
export function destinationOptions(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  const next = extension(cursor, packet, Layer.DESTINATION_OPTIONS)
  if (cursor.start === start) return next
  const home = homeAddress(bytes, start, Math.min(cursor.start, cursor.end))
  if (home !== null) replaceTail(packet.address, SOURCE, bytes, home)
  return next
}

/** What routing, destination options and mobility (RFC 6275 §6.1) have in common: a next header and a length. */
export function extension(cursor: Cursor, packet: Packet, layer: Layer): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < MIN_HEADER) return cursor.broken(packet, Stop.TRUNCATED, layer)
  cursor.start = start + MIN_HEADER + (bytes.getUint8(start + Field.LENGTH) << 3)
  if (cursor.captured < 0) return cursor.broken(packet, Stop.TRUNCATED, layer)
  return ipProtocol(bytes.getUint8(start + Field.NEXT_HEADER), cursor, packet)
}

/** Authentication header (RFC 4302 §2), whose length counts in units of four bytes, less two. */
export function authentication(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < MIN_HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.AH)
  cursor.start = start + ((bytes.getUint8(start + Field.LENGTH) + 2) << 2)
  if (cursor.captured < 0) return cursor.broken(packet, Stop.TRUNCATED, Layer.AH)
  return ipProtocol(bytes.getUint8(start + Field.NEXT_HEADER), cursor, packet)
}

/** Fragment header (RFC 8200 §4.5). An atomic one is whole by itself (RFC 6946). */
export function fragmentHeader(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < FRAGMENT.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.FRAGMENT)
  const protocol = bytes.getUint8(start + Field.NEXT_HEADER)
  const word = bytes.getUint16(start + FRAGMENT.OFFSET)
  const offset = word & 0xfff8
  const more = (word & FRAGMENT.MORE) !== 0
  const id = bytes.getInt32(start + FRAGMENT.ID)
  cursor.start = start + FRAGMENT.HEADER
  packet.ipProtocol = protocol
  const atomic = offset === 0 && !more
  const cut = cursor.end < cursor.wireEnd
  if (atomic || cursor.reassemble(packet, ANY_PROTOCOL, id, offset, more)) return ipProtocol(protocol, cursor, packet)
  // A first fragment that the snap length cut can never be part of a whole, but its headers can be read.
  if (offset === 0 && cut) return ipProtocol(protocol, cursor, packet)
  return cursor.broken(packet, Stop.FRAGMENT, Layer.IPV6)
}

function readJumboLength(cursor: Cursor, packet: Packet, start: number): void {
  const { bytes } = cursor
  let option = start + 2
  while (option + 2 <= cursor.start) {
    const type = bytes.getUint8(option)
    const length = type === PAD1 ? -1 : bytes.getUint8(option + 1)
    if (type === JUMBO.OPTION && length === JUMBO.OPTION_LENGTH && option + 6 <= cursor.start) {
      packet.offloaded = false
      cursor.limitTo(packet.networkStart + IPV6_HEADER + bytes.getUint32(option + 2))
      return
    }
    option += 2 + length
  }
}
