import { encodingOf } from './lines/text-source.ts'
import { whatElse } from './not-a-log.ts'

/** Lines that are looked at. */
const LINES = 50
const BYTES = 1 << 16
/** The header that Wireshark and tshark print above a packet list. */
const LIST_HEADER = /\bSource\b.{0,80}\bDestination\b.{0,80}\bProtocol\b/i
/** A row of one: two addresses, a protocol, a length, and TCP's words. */
const LIST_ROW =
  /^[ \t"]{0,8}\d{1,12}[ \t",]+[\d:.T -]{1,40}[ \t",]+\S{2,60}[ \t",]+(?:→[ \t]+|->[ \t]+)?\S{2,60}[ \t",]+(?:TCP|UDP|TLSv[\d.]+|SSL\w*|HTTP\S*|ICMP\w*|ARP|DNS)[ \t",]+\d{1,6}\b/
/** A segment as tcpdump prints it. */
const TCPDUMP_ROW = / > \S{3,80}: Flags \[(?:[FSRPUEW.]{1,8}|none)\]/

/** True where the first bytes (unpacked) are a text, and neither a capture nor a packet list printed as text. */
export function isLogText(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, BYTES))
  const encoding = encodingOf(head.subarray(0, 4096))
  if (head.length === 0 || whatElse(head, encoding) !== null) return false
  const text = new TextDecoder(encoding).decode(head)
  const lines = text.split(/\r\n|\n|\r/, LINES)
  return !lines.some((line) => isListed(line.slice(0, 400)))
}

function isListed(line: string): boolean {
  return LIST_HEADER.test(line) || LIST_ROW.test(line) || TCPDUMP_ROW.test(line)
}
