import { withoutCells } from './list-cells.ts'
import { type ListTime, type ReadTime, readListTime } from './packet-list-time.ts'
import { type ListedSegment, readTcpInfo } from './tcp-info.ts'

/** One line of a packet list, in Wireshark's default columns or as tcpdump prints it. */
export interface ListedPacket {
  /** Null where the list has no such column. */
  readonly number: number | null
  readonly time: ListTime
  readonly source: string
  readonly destination: string
  readonly protocol: string
  /** Whether it shows that its ends have IPv6 addresses: they may be names. */
  readonly isIpv6: boolean
  /** The Length column; null where there is none. */
  readonly length: number | null
  /** Null where the Info column shows no TCP segment. */
  readonly segment: ListedSegment | null
}

/** Characters of a line that are looked at: the Info column of other protocols may be of any length. */
const LOOKED_AT = 2048
const NUMBER = /^(\d{1,10})\s+/
const COLUMNS = /^(\S+)\s+(?:(?:→|->|=>|>|&gt;|ÔåÆ|â†’)\s+)?(\S+)\s+(\S+)\s+(.*)$/
const LENGTH = /^(\d{1,7})(?:\s|$)/
// Quoting of mails and tickets, and tables' borders.
const QUOTING = /^[\s>|\ufeff]+/
const HEADER = /^"?(?:No\.?|#)"?[\s,"|]+Time\b.*\bProtocol\b/i

/** Tells whether a line is the columns' titles. */
export function isListHeader(line: string): boolean {
  return HEADER.test(line.slice(0, LOOKED_AT).replace(QUOTING, ''))
}

/** A line without what mails, tickets and tables put around it, with the number and the stamp that it begins with. */
export interface StampedLine {
  readonly text: string
  readonly number: number | null
  readonly stamp: ReadTime | null
}

/** Takes off what stands around a line, and reads its number and its stamp. */
export function stampedLine(line: string): StampedLine {
  const text = withoutCells(line.slice(0, LOOKED_AT).replace(QUOTING, '').trimEnd())
  const number = NUMBER.exec(text)
  const stamp = number === null ? null : readListTime(text, number[0].length)
  // A number and then no stamp: the list has no numbers, and this is a stamp in whole seconds.
  if (stamp === null) return { text, number: null, stamp: readListTime(text, 0) }
  return { text, number: Number(number![1]), stamp }
}

/** Reads a line in Wireshark's columns; null where it is no packet. */
export function readListLine({ text, number, stamp }: StampedLine): ListedPacket | null {
  if (stamp === null) return null
  const columns = COLUMNS.exec(text.slice(stamp.end).trimStart())
  if (columns === null) return null
  const [, source, destination, protocol, rest] = columns as unknown as [string, string, string, string, string]
  const info = readTcpInfo(rest)
  const length = info ? info.length : Number(LENGTH.exec(rest)?.[1] ?? Number.NaN)
  return {
    number,
    time: stamp.time,
    source,
    destination,
    protocol,
    isIpv6: source.includes(':') || destination.includes(':'),
    length: Number.isNaN(length) ? null : length,
    segment: info?.segment ?? null,
  }
}
