/** Magic numbers of the classic pcap format, as they read in the byte order of the file. */
export const Magic = { MICROSECONDS: 0xa1b2c3d4, NANOSECONDS: 0xa1b23c4d, MODIFIED: 0xa1b2cd34 } as const

/** Length of the file header. */
export const CLASSIC_HEADER_BYTES = 24
const Header = { MAJOR: 4, MINOR: 6, SNAP_LENGTH: 16, LINK_TYPE: 20 } as const
const RECORD_BYTES = 16
// Kuznetsov's patch of the 1990s adds interface index, protocol and packet type to each record.
const MODIFIED_RECORD_BYTES = 24
// The upper bits tell whether frames end with a check sequence, and how long it is.
const LINK_TYPE_BITS = 0x03ffffff

const KINDS: readonly { readonly magic: number; readonly digits: number; readonly recordBytes: number }[] = [
  { magic: Magic.MICROSECONDS, digits: 6, recordBytes: RECORD_BYTES },
  { magic: Magic.NANOSECONDS, digits: 9, recordBytes: RECORD_BYTES },
  { magic: Magic.MODIFIED, digits: 6, recordBytes: MODIFIED_RECORD_BYTES },
]

/** What the header of a classic pcap says. */
export interface ClassicHeader {
  readonly little: boolean
  readonly majorVersion: number
  /** Before version 2.3 the length on the wire stands before the captured one. */
  readonly lengthsSwapped: boolean
  /** Digits after the second: 6 or 9. */
  readonly digits: number
  readonly recordBytes: number
  readonly snapLength: number
  readonly linkType: number
}

/** Tells whether a magic number of the classic format stands at `start`, in either byte order. */
export function isClassic(view: DataView, start: number): boolean {
  return KINDS.some(({ magic }) => view.getUint32(start) === magic || view.getUint32(start, true) === magic)
}

/** Reads the file header at `start`, all of whose bytes must be there. */
export function readClassicHeader(view: DataView, start: number): ClassicHeader {
  const little = !KINDS.some(({ magic }) => view.getUint32(start) === magic)
  const { digits, recordBytes } = KINDS.find(({ magic }) => view.getUint32(start, little) === magic)!
  return {
    little,
    majorVersion: view.getUint16(start + Header.MAJOR, little),
    lengthsSwapped: view.getUint16(start + Header.MINOR, little) < 3,
    digits,
    recordBytes,
    snapLength: view.getUint32(start + Header.SNAP_LENGTH, little),
    linkType: view.getUint32(start + Header.LINK_TYPE, little) & LINK_TYPE_BITS,
  }
}
