import { LinkType } from '../capture/link-type.ts'
import { Layer } from './layer.ts'

/** What frames of a link type start with; DONE where that is not understood. */
export function linkLayer(linkType: number): Layer {
  switch (linkType) {
    case LinkType.ETHERNET:
      return Layer.ETHERNET
    case LinkType.RAW:
    case LinkType.RAW_BSD:
    case LinkType.RAW_OPENBSD:
    case LinkType.IPV4:
    case LinkType.IPV6:
      return Layer.IP
    case LinkType.NULL:
      return Layer.NULL
    case LinkType.LOOP:
      return Layer.LOOP
    case LinkType.LINUX_SLL:
      return Layer.SLL
    case LinkType.LINUX_SLL2:
      return Layer.SLL2
    default:
      return rareLinkLayer(linkType)
  }
}

function rareLinkLayer(linkType: number): Layer {
  switch (linkType) {
    case LinkType.PPP:
    case LinkType.PPP_HDLC:
      return Layer.SERIAL
    case LinkType.PPP_ETHER:
      return Layer.PPPOE
    case LinkType.C_HDLC:
      return Layer.HDLC
    case LinkType.FDDI:
      return Layer.FDDI
    case LinkType.NFLOG:
      return Layer.NFLOG
    case LinkType.IEEE802_11:
      return Layer.IEEE80211
    case LinkType.IEEE802_11_RADIOTAP:
      return Layer.RADIOTAP
    case LinkType.IEEE802_11_PRISM:
    case LinkType.IEEE802_11_AVS:
      return Layer.PRISM
    case LinkType.PPI:
      return Layer.PPI
    default:
      return Layer.DONE
  }
}
