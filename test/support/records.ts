import { readFileSync } from 'node:fs'

/** A record of a capture, to be moved, changed and written again. All are of IPv4 over Ethernet or RAW. */
export interface CaptureRecord {
  /** Nanoseconds since 1970 do not fit a number: microseconds do. */
  readonly time: number
  readonly bytes: Uint8Array
  readonly length: number
}

/** Records and their link type. */
export interface Records {
  readonly linkType: number
  readonly list: readonly CaptureRecord[]
}

const HEADER = 24
const RECORD = 16
const ETHERNET = 1
const BIG_ENDIAN = 0xa1b2c3d4

/** Reads a classic pcap of microseconds; written for tests, and knows nothing of the program's own reader. */
export function readRecords(path: string): Records {
  const file = readFileSync(path)
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const little = view.getUint32(0) !== BIG_ENDIAN
  const list: CaptureRecord[] = []
  for (let at = HEADER; at < file.length; ) {
    const captured = view.getUint32(at + 8, little)
    list.push({
      time: view.getUint32(at, little) * 1e6 + view.getUint32(at + 4, little),
      bytes: Uint8Array.from(file.subarray(at + RECORD, at + RECORD + captured)),
      length: view.getUint32(at + 12, little),
    })
    at += RECORD + captured
  }
  return { linkType: view.getUint32(20, little), list }
}

/** The bytes of a classic pcap that holds them. */
export function writeRecords({ linkType, list }: Records): Uint8Array {
  const total = list.reduce((sum, { bytes }) => sum + RECORD + bytes.length, HEADER)
  const file = new Uint8Array(total)
  const view = new DataView(file.buffer)
  const header = [0xa1b2c3d4, (2 << 16) | 4, 0, 0, 262_144, linkType]
  for (const [word, value] of header.entries()) view.setUint32(word * 4, value)
  let at = HEADER
  for (const { time, bytes, length } of list) {
    const words = [Math.floor(time / 1e6), time % 1e6, bytes.length, length]
    for (const [word, value] of words.entries()) view.setUint32(at + word * 4, value)
    file.set(bytes, at + RECORD)
    at += RECORD + bytes.length
  }
  return file
}

/** Where a record's TCP header is, its ports, and how to change it; a copy of its bytes lies beneath. */
export interface OpenSegment {
  readonly view: DataView
  readonly ip: number
  readonly tcp: number
  readonly sourcePort: number
  readonly destinationPort: number
}

export function openSegment({ linkType }: Pick<Records, 'linkType'>, { bytes }: CaptureRecord): OpenSegment {
  const view = new DataView(Uint8Array.from(bytes).buffer)
  const ip = linkType === ETHERNET ? 14 : 0
  const tcp = ip + (view.getUint8(ip) & 15) * 4
  return { view, ip, tcp, sourcePort: view.getUint16(tcp), destinationPort: view.getUint16(tcp + 2) }
}

/** The record with the bytes of a changed segment. */
export const changed = (record: CaptureRecord, { view }: OpenSegment): CaptureRecord => ({
  ...record,
  bytes: new Uint8Array(view.buffer),
})
