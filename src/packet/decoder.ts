import type { Frame } from '../capture/frame.ts'
import { Coverage } from './coverage.ts'
import { Cursor, Numbering } from './cursor.ts'
import { ethernet } from './ethernet.ts'
import { ip } from './ipv4.ts'
import { ipv6 } from './ipv6.ts'
import { Layer } from './layer.ts'
import { linuxCooked, linuxCooked2 } from './linux-cooked.ts'
import { bsdLoopback, openBsdLoopback } from './loopback.ts'
import { type Packet, Stop } from './packet.ts'
import { tcp } from './tcp.ts'
import { udp } from './udp.ts'

/** Headers followed in one frame, tunnels included. */
const MAX_HEADERS = 32

/** Refills a {@link Packet} from each frame: one instance per run, because fragments of one datagram span frames. */
export class PacketDecoder {
  /** How far the frames decoded so far got. */
  readonly coverage = new Coverage()
  readonly #cursor = new Cursor()

  /** Never throws, whatever the bytes; nothing of the previous packet stays. */
  decode(frame: Frame, packet: Packet): void {
    const cursor = this.#cursor
    packet.reset()
    cursor.frame = frame
    cursor.bytes = frame.bytes
    cursor.start = frame.start
    cursor.end = frame.end
    cursor.wireEnd = frame.start + frame.originalLength
    if (cursor.wireEnd < frame.end) cursor.wireEnd = frame.end
    let layer = linkLayer(frame.linkType, cursor, packet)
    let headers = 0
    while (layer !== Layer.DONE) {
      layer = ++headers > MAX_HEADERS ? cursor.broken(packet, Stop.TOO_DEEP, layer) : step(layer, cursor, packet)
    }
    packet.bytes = cursor.bytes
    this.coverage.count(packet.protocol, packet.stop, cursor)
  }
}

/** Reads one header and says which comes next. A loop over this, not calls from layer to layer, bounds the nesting. */
function step(layer: Layer, cursor: Cursor, packet: Packet): Layer {
  switch (layer) {
    case Layer.ETHERNET:
      return ethernet(cursor, packet)
    case Layer.IP:
      return ip(cursor, packet)
    case Layer.IPV6:
      return ipv6(cursor, packet)
    case Layer.TCP:
      return tcp(cursor, packet)
    case Layer.UDP:
      return udp(cursor, packet)
    case Layer.NULL:
      return bsdLoopback(cursor, packet)
    case Layer.LOOP:
      return openBsdLoopback(cursor, packet)
    case Layer.SLL:
      return linuxCooked(cursor, packet)
    case Layer.SLL2:
      return linuxCooked2(cursor, packet)
    default:
      return Layer.DONE
  }
}

/** LINKTYPE_ values as registered for pcap, by what they start with. */
function linkLayer(linkType: number, cursor: Cursor, packet: Packet): Layer {
  switch (linkType) {
    case 1:
      return Layer.ETHERNET
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return Layer.IP
    case 0:
      return Layer.NULL
    case 108:
      return Layer.LOOP
    case 113:
      return Layer.SLL
    case 276:
      return Layer.SLL2
    default:
      return cursor.unknown(packet, Stop.NOT_IP, Numbering.LINK_TYPE, linkType)
  }
}
