import { Failure } from '../failure.ts'
import { excerpt, visible } from '../text/visible.ts'
import { STANDARD_INPUT } from './open-source.ts'
import type { Window } from './window.ts'

/** A file that was read and is no capture; a caller that has other kinds to try may catch it. */
export class NotACapture extends Failure {}

const FORMATS = 'pcap, pcapng and packet lists as text are read, also within gzip, zstd or lz4'

/** The first bytes by which other files are known: as latin-1 text, at an offset. */
interface Signature {
  readonly start: string
  readonly at?: number
  readonly name: string
}

/** Captures that are not read. */
const OTHER_CAPTURES: readonly Signature[] = [
  { start: 'snoop\0\0\0', name: 'a Solaris snoop capture' },
  { start: 'RTSS', name: 'a Microsoft Network Monitor 1 capture' },
  { start: 'GMBU', name: 'a Microsoft Network Monitor 2 capture' },
  { start: 'TRSNIFF data', name: 'a Sniffer capture' },
  { start: 'XCP\0', name: 'a NetXRay capture' },
  { start: '\x7fpkt', name: 'an EtherPeek capture' },
  { start: '\x7fver', name: 'an OmniPeek capture' },
  { start: '\x1c\0\x01\xac', name: 'an IXIA capture' },
  { start: '\x1c\0\x01\xab', name: 'an IXIA capture' },
  { start: '\xac\x01\0\x1c', name: 'an IXIA capture' },
  { start: '\xab\x01\0\x1c', name: 'an IXIA capture' },
  { start: 'iptrace 1.0', name: 'an AIX iptrace capture' },
  { start: 'iptrace 2.0', name: 'an AIX iptrace capture' },
  { start: 'ViSn', name: 'a Visual Networks capture' },
  { start: 'btsnoop\0', name: 'a Bluetooth snoop capture' },
  { start: 'BLIN', name: 'a CAN capture' },
]

/** What is taken for a capture by mistake. */
const OTHER_FILES: readonly Signature[] = [
  { start: '\x7fELF', name: 'a Linux program' },
  { start: 'MZ', name: 'a Windows program' },
  { start: '\xd0\xcf\x11\xe0', name: 'an Office document' },
  { start: 'PK\x03\x04', name: 'a ZIP archive' },
  { start: 'BZh', name: 'bzip2-compressed' },
  { start: '\xfd7zXZ\0', name: 'xz-compressed' },
  { start: '7z\xbc\xaf\x27\x1c', name: 'a 7-Zip archive' },
  { start: '\x02\x21\x4c\x18', name: "compressed in lz4's legacy format" },
  { start: '%PDF', name: 'a PDF document' },
  { start: '\x89PNG', name: 'a picture' },
  { start: 'SQLite format 3\0', name: 'a database' },
  { start: 'ElfFile\0', name: 'a Windows event log' },
  { start: 'ustar', at: 257, name: 'a tar archive' },
]

const TEXTS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\s*<(?:!doctype html|html)/i, 'an HTML page'],
  [/^\s*<\?xml|^\s*<pdml|^\s*<psml/i, 'an XML document'],
  [/^\s*[[{]/, 'JSON'],
  [/^PACK/, 'a Git pack'],
]

// tcpdump's own lines have no columns: too little of them can be told apart.
const TCPDUMP_LINE = /^\d\d:\d\d:\d\d\.\d+ .*(?:Flags \[|ethertype| IP6? )/m

const SHOWN_CHARACTERS = 60
const SHOWN_BYTES = 8
const LIST_FORM = '"1 0.000000 127.0.0.1 → 127.0.0.1 TCP 52 61169 → 9000 [SYN] Seq=0 Win=8192 Len=0"'

/** Says what a file is instead of a capture, as far as its first bytes in the window tell. */
export function notACapture(path: string, window: Window, compressed: string | null = null): NotACapture {
  const shown = path === STANDARD_INPUT ? 'standard input' : visible(path)
  const name = compressed === null ? shown : `${shown}, unpacked from ${compressed},`
  const { left, position } = window
  if (window.fault)
    return new NotACapture(
      `${name} cannot be read: expected ${window.fault.expected}, found ${window.fault.found}`,
      FORMATS,
    )
  if (left === 0)
    return new NotACapture(
      `${name} is empty`,
      'stop RawCap with Ctrl+C, or start it with -f: killed, it leaves an empty file',
    )
  const bytes = Buffer.from(window.bytes.buffer, position, Math.min(left, 512))
  const head = bytes.toString('latin1')
  const capture = OTHER_CAPTURES.find((signature) => matches(head, signature))
  if (capture)
    return new NotACapture(
      `${name} is ${capture.name}, a format that is not read`,
      `convert it: editcap -F pcapng FILE OUT; ${FORMATS}`,
    )
  const file = OTHER_FILES.find((signature) => matches(head, signature))
  if (file) return new NotACapture(`${name} is no capture: it is ${file.name}`, FORMATS)
  if (head.startsWith('\0\0\0\0') && /^\0+$/.test(head))
    return new NotACapture(`${name} is no capture: it starts with zeros`, FORMATS)
  if (isText(head)) return notAList(name, bytes.toString('utf8'))
  return new NotACapture(
    `${name} is no capture: it starts with ${bytes.subarray(0, SHOWN_BYTES).toString('hex')}`,
    FORMATS,
  )
}

function notAList(name: string, text: string): NotACapture {
  if (TCPDUMP_LINE.test(text))
    return new NotACapture(
      `${name} is no capture: it is what tcpdump prints`,
      'let tcpdump write the packets themselves, with -w FILE',
    )
  const known = TEXTS.find(([pattern]) => pattern.test(text))
  const line = text.split(/\r?\n/).find((each) => each.trim() !== '') ?? ''
  const what = known ? `it is ${known[1]}` : 'it is text, and no packet list'
  return new NotACapture(
    `${name} is no capture: ${what}; it starts with "${excerpt(line.trim(), SHOWN_CHARACTERS)}"`,
    `a packet list has lines such as ${LIST_FORM}; ${FORMATS}`,
  )
}

function matches(head: string, { start, at = 0 }: Signature): boolean {
  return head.startsWith(start, at)
}

function isText(head: string): boolean {
  return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(head)
}
