/** Block types of the pcapng draft that are looked into; all others are skipped by their length. */
export const Block = {
  SECTION_HEADER: 0x0a0d0d0a,
  INTERFACE: 1,
  OBSOLETE_PACKET: 2,
  SIMPLE_PACKET: 3,
  STATISTICS: 5,
  ENHANCED_PACKET: 6,
} as const

/** Stands in a section header in the byte order of its section. */
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d

/** Type and length before a block's body, in bytes. */
export const BLOCK_START = 8
/** The same with the length that stands again after it. */
export const FRAMING = 12

/** Bytes of a block without options and without a frame, with the framing. */
export const Minimum = { SECTION_HEADER: 28, INTERFACE: 20, PACKET: 32, SIMPLE_PACKET: 16, STATISTICS: 24 } as const

// Where fields stand, from the start of their block on.
export const Section = { MAGIC: 8, MAJOR: 12, LENGTH: 16 } as const
export const Interface = { LINK_TYPE: 8, SNAP_LENGTH: 12 } as const
/** The obsolete packet block has the same fields, but for the first two, which are of 16 bits. */
export const EnhancedPacket = { INTERFACE: 8, DROPS: 10, HIGH: 12, LOW: 16, CAPTURED: 20, ORIGINAL: 24 } as const
export const Simple = { ORIGINAL: 8 } as const

/** Blocks without a packet that Wireshark lists among the packets, each with a frame number: custom ones, the systemd journal's, Sysdig's. */
const LISTED: ReadonlySet<number> = new Set([0x0bad, 0x4000_0bad, 0x09, 0x204, 0x216, 0x221])

/** True where a block that is passed over takes a frame number. */
export const takesNumber = (type: number): boolean => LISTED.has(type)

/** True where a block holds a packet. */
export const holdsPacket = (type: number): boolean =>
  type === Block.ENHANCED_PACKET || type === Block.SIMPLE_PACKET || type === Block.OBSOLETE_PACKET

/** True for the types of {@link Block}. */
export function isRead(type: number): boolean {
  return holdsPacket(type) || type === Block.INTERFACE || type === Block.STATISTICS || type === Block.SECTION_HEADER
}
