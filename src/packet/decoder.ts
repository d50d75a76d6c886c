import type { Frame } from '../capture/frame.ts'
import { Coverage } from './coverage.ts'
import { Cursor, Numbering } from './cursor.ts'
import { backboneBridge, ethernet, fabricPath, fddi, vlan } from './ethernet.ts'
import { erspan, gre } from './gre.ts'
import { ciscoHdlc, serial } from './hdlc.ts'
import { icmp, icmpv6 } from './icmp.ts'
import { ieee80211, perPacketInformation, prism, radiotap } from './ieee80211.ts'
import { ipcomp } from './ipcomp.ts'
import { ip } from './ipv4.ts'
import { ipv6 } from './ipv6.ts'
import { authentication, destinationOptions, extension, fragmentHeader, hopByHop, routing } from './ipv6-extensions.ts'
import { Layer } from './layer.ts'
import { linkLayer } from './link-layer.ts'
import { linuxCooked, linuxCooked2 } from './linux-cooked.ts'
import { llc } from './llc.ts'
import { bsdLoopback, openBsdLoopback } from './loopback.ts'
import { mpls } from './mpls.ts'
import { nflog } from './nflog.ts'
import { type Packet, Stop } from './packet.ts'
import { ppp, pppoe } from './ppp.ts'
import { tcp } from './tcp.ts'
import { udp } from './udp.ts'
import { geneve, gtp, vxlan } from './udp-tunnels.ts'

/** Headers followed in one frame, tunnels included. */
const MAX_HEADERS = 32

/** Refills a {@link Packet} from each frame: one instance per run, because fragments of one datagram span frames. */
export class PacketDecoder {
  readonly #cursor = new Cursor()
  /** How far the frames decoded so far got. */
  readonly coverage = new Coverage(() => this.#cursor.fragments.dropped)

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
    let layer = linkLayer(frame.linkType)
    if (layer === Layer.DONE) cursor.unknown(packet, Stop.NOT_IP, Numbering.LINK_TYPE, frame.linkType)
    let headers = 0
    while (layer !== Layer.DONE) {
      layer = ++headers > MAX_HEADERS ? cursor.broken(packet, Stop.TOO_DEEP, layer) : step(layer, cursor, packet)
    }
    packet.bytes = cursor.bytes
    if (packet.ipVersion === 0) packet.address.fill(0)
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
    case Layer.ICMP:
      return icmp(cursor, packet)
    case Layer.ICMPV6:
      return icmpv6(cursor, packet)
    default:
      return layer >= Layer.GRE ? afterIp(layer, cursor, packet) : beforeIp(layer, cursor, packet)
  }
}

/** Links other than plain Ethernet. */
function beforeIp(layer: Layer, cursor: Cursor, packet: Packet): Layer {
  switch (layer) {
    case Layer.VLAN:
      return vlan(cursor, packet)
    case Layer.LLC:
      return llc(cursor, packet)
    case Layer.NULL:
      return bsdLoopback(cursor, packet)
    case Layer.LOOP:
      return openBsdLoopback(cursor, packet)
    case Layer.SLL:
      return linuxCooked(cursor, packet)
    case Layer.SLL2:
      return linuxCooked2(cursor, packet)
    case Layer.PPP:
      return ppp(cursor, packet)
    case Layer.PPPOE:
      return pppoe(cursor, packet)
    case Layer.MPLS:
      return mpls(cursor, packet)
    default:
      return rareLink(layer, cursor, packet)
  }
}

function rareLink(layer: Layer, cursor: Cursor, packet: Packet): Layer {
  switch (layer) {
    case Layer.PBB:
      return backboneBridge(cursor, packet)
    case Layer.FABRIC_PATH:
      return fabricPath(cursor, packet)
    case Layer.FDDI:
      return fddi(cursor, packet)
    case Layer.HDLC:
      return ciscoHdlc(cursor, packet)
    case Layer.SERIAL:
      return serial(cursor)
    case Layer.NFLOG:
      return nflog(cursor, packet)
    case Layer.IEEE80211:
      return ieee80211(cursor, packet)
    case Layer.RADIOTAP:
      return radiotap(cursor, packet)
    case Layer.PPI:
      return perPacketInformation(cursor, packet)
    case Layer.PRISM:
      return prism(cursor, packet)
    default:
      return Layer.DONE
  }
}

/** Tunnels, and what IPv6 puts between its header and the transport's. */
function afterIp(layer: Layer, cursor: Cursor, packet: Packet): Layer {
  switch (layer) {
    case Layer.GRE:
      return gre(cursor, packet)
    case Layer.ERSPAN:
      return erspan(cursor, packet)
    case Layer.VXLAN:
      return vxlan(cursor, packet)
    case Layer.GENEVE:
      return geneve(cursor, packet)
    case Layer.GTP:
      return gtp(cursor, packet)
    case Layer.HOP_BY_HOP:
      return hopByHop(cursor, packet)
    case Layer.FRAGMENT:
      return fragmentHeader(cursor, packet)
    case Layer.AH:
      return authentication(cursor, packet)
    case Layer.ROUTING:
      return routing(cursor, packet)
    case Layer.DESTINATION_OPTIONS:
      return destinationOptions(cursor, packet)
    case Layer.MOBILITY:
      return extension(cursor, packet, layer)
    case Layer.IPCOMP:
      return ipcomp(cursor, packet)
    default:
      return Layer.DONE
  }
}
