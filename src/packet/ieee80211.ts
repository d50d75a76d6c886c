import { type Cursor, Numbering } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

/** Frame control (IEEE 802.11 §9.2.4.1), as the little-endian number that it is. */
const Control = {
  TYPE: 0x000c,
  DATA: 0x0008,
  NO_DATA: 0x0040,
  QOS: 0x0080,
  TO_AND_FROM_DS: 0x0300,
  PROTECTED: 0x4000,
  HT_CONTROL: 0x8000,
} as const
const HEADER = 24
const FOURTH_ADDRESS = 6
const SEQUENCE_CONTROL = 22
const FRAGMENT_NUMBER = 0x000f
const QOS_CONTROL = 2
const QOS_AGGREGATE = 0x0080
const HT_CONTROL = 4
/** Addresses and length of the first frame in an A-MSDU. */
const SUBFRAME = { LENGTH: 12, HEADER: 14 } as const
const RADIOTAP = { LENGTH: 2, PRESENT: 4, HEADER: 8, TSFT: 1, FLAGS: 2, EXTENDED: 1 << 31, DATA_PAD: 0x20 } as const
const PPI = { LENGTH: 2, LINK_TYPE: 4, HEADER: 8, LINK_TYPE_80211: 105 } as const
const PRISM = { LENGTH: 4, HEADER: 8, AVS_MAGIC: 0x80211001, AVS_MASK: 0xfffff000 } as const

/** What a user is told of a frame without readable data. */
export const WLAN_NOT_READ = { NO_DATA: 0, ENCRYPTED: 1, FRAGMENT: 2 } as const

/** A data frame of a wireless network that is not encrypted. */
export function ieee80211(cursor: Cursor, packet: Packet): Layer {
  return dataFrame(cursor, packet, false)
}

/** Radiotap: a header of the capturing driver, whose flags say whether the 802.11 header is padded. */
export function radiotap(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < RADIOTAP.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.RADIOTAP)
  const length = bytes.getUint16(start + RADIOTAP.LENGTH, true)
  if (length < RADIOTAP.HEADER || length > cursor.end - start)
    return cursor.broken(packet, Stop.TRUNCATED, Layer.RADIOTAP)
  let fields = start + RADIOTAP.PRESENT
  const present = bytes.getUint32(fields, true)
  while (fields + 4 < start + length && (bytes.getUint32(fields, true) & RADIOTAP.EXTENDED) !== 0) fields += 4
  fields += 4
  // The timestamp stands first and is aligned to its size from the start of the header.
  if ((present & RADIOTAP.TSFT) !== 0) fields += ((start - fields) & 7) + 8
  const padded =
    (present & RADIOTAP.FLAGS) !== 0 && fields < start + length && (bytes.getUint8(fields) & RADIOTAP.DATA_PAD) !== 0
  cursor.start = start + length
  return dataFrame(cursor, packet, padded)
}

/** Per-packet information: a header that names the link type of what follows. */
export function perPacketInformation(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < PPI.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.PPI)
  const linkType = bytes.getUint32(start + PPI.LINK_TYPE, true)
  cursor.start = start + bytes.getUint16(start + PPI.LENGTH, true)
  if (linkType === PPI.LINK_TYPE_80211) return Layer.IEEE80211
  return cursor.unknown(packet, Stop.NOT_IP, Numbering.LINK_TYPE, linkType)
}

/** Prism and AVS monitoring headers, told apart by the magic number of AVS. */
export function prism(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < PRISM.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.PRISM)
  const avs = ((bytes.getUint32(start) ^ PRISM.AVS_MAGIC) & PRISM.AVS_MASK) === 0
  const length = bytes.getUint32(start + PRISM.LENGTH, !avs)
  if (length > cursor.captured) return cursor.broken(packet, Stop.TRUNCATED, Layer.PRISM)
  cursor.start = start + length
  return Layer.IEEE80211
}

function dataFrame(cursor: Cursor, packet: Packet, padded: boolean): Layer {
  const { bytes, start } = cursor
  if (cursor.captured < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.IEEE80211)
  const control = bytes.getUint16(start, true)
  if ((control & Control.TYPE) !== Control.DATA || (control & Control.NO_DATA) !== 0)
    return notRead(cursor, packet, WLAN_NOT_READ.NO_DATA)
  if ((control & Control.PROTECTED) !== 0) return notRead(cursor, packet, WLAN_NOT_READ.ENCRYPTED)
  if ((bytes.getUint16(start + SEQUENCE_CONTROL, true) & FRAGMENT_NUMBER) !== 0)
    return notRead(cursor, packet, WLAN_NOT_READ.FRAGMENT)
  let length = HEADER
  if ((control & Control.TO_AND_FROM_DS) === Control.TO_AND_FROM_DS) length += FOURTH_ADDRESS
  const qos = (control & Control.QOS) !== 0
  const qosAt = start + length
  if (qos) length += QOS_CONTROL + ((control & Control.HT_CONTROL) === 0 ? 0 : HT_CONTROL)
  if (padded) length = (length + 3) & ~3
  cursor.start = start + length
  if (cursor.captured < 0) return cursor.broken(packet, Stop.TRUNCATED, Layer.IEEE80211)
  return qos && (bytes.getUint16(qosAt, true) & QOS_AGGREGATE) !== 0 ? firstSubframe(cursor, packet) : Layer.LLC
}

function firstSubframe(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.captured < SUBFRAME.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.IEEE80211)
  cursor.start = start + SUBFRAME.HEADER
  cursor.limit(bytes.getUint16(start + SUBFRAME.LENGTH))
  return Layer.LLC
}

function notRead(cursor: Cursor, packet: Packet, why: number): Layer {
  return cursor.unknown(packet, Stop.NOT_IP, Numbering.WLAN, why)
}
