import type { CaptureFormat } from './capture-reader.ts'
import { isClassic } from './classic/classic-header.ts'
import { Block } from './pcapng/pcapng-block.ts'

/** Bytes of a file's beginning in which every signature lies. */
export const SIGNATURE_BYTES = 512
const MAGIC_BYTES = 4

/** The first bytes by which a file is known: as latin-1 text, at an offset. */
interface Signature {
  readonly start: string
  readonly at?: number
  readonly name: string
  /** How it becomes what is read, where editcap does not do it. */
  readonly conversion?: string
}

/** `netsh trace` and pktmon write it: events of any kind, frames among them. Behind a buffer's header stands the log's own. */
const EVENT_TRACE = {
  at: 0x48,
  name: 'a Windows event trace (ETL)',
  conversion:
    'on Windows: pktmon etl2pcap FILE --out OUT.pcapng for pktmon, etl2pcapng FILE OUT.pcapng for netsh trace',
}

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
  { start: '\x02\0\x01\xc0', ...EVENT_TRACE },
  { start: '\x02\0\x02\xc0', ...EVENT_TRACE },
]
const EDITCAP = 'editcap -F pcapng FILE OUT'

const PDF: Signature = { start: '%PDF', name: 'a PDF document' }

const OTHER_FILES: readonly Signature[] = [
  { start: '\x7fELF', name: 'a Linux program' },
  { start: 'MZ', name: 'a Windows program' },
  { start: '\xd0\xcf\x11\xe0', name: 'an Office document' },
  { start: 'PK\x03\x04', name: 'a ZIP archive' },
  { start: 'BZh', name: 'bzip2-compressed' },
  { start: '\xfd7zXZ\0', name: 'xz-compressed' },
  { start: '7z\xbc\xaf\x27\x1c', name: 'a 7-Zip archive' },
  { start: '\x02\x21\x4c\x18', name: "compressed in lz4's legacy format" },
  PDF,
  { start: '\x89PNG', name: 'a picture' },
  { start: 'SQLite format 3\0', name: 'a database' },
  { start: 'ElfFile\0', name: 'a Windows event log' },
  { start: 'ustar', at: 257, name: 'a tar archive' },
]

/** The format of a capture that begins at `start`, where a magic number tells it; of a packet list none does. */
export function formatAt(view: DataView, start: number): Exclude<CaptureFormat, 'packet-list'> | null {
  if (start + MAGIC_BYTES > view.byteLength) return null
  if (isClassic(view, start)) return 'pcap'
  return view.getUint32(start) === Block.SECTION_HEADER ? 'pcapng' : null
}

/** The capture format, none that is read, that a file of this beginning has; null where it has none that is known. */
export function otherCapture(head: Uint8Array): { name: string; conversion: string } | null {
  const known = signatureOf(head, OTHER_CAPTURES)
  return known === null ? null : { conversion: EDITCAP, ...known }
}

/** Names what is no capture and is known by its beginning, such as `a ZIP archive`; null where nothing is. */
export const otherFile = (head: Uint8Array): string | null => nameOf(head, OTHER_FILES)

/** True for a PDF: the one of these whose beginning may be text for as long as one looks. */
export const isPdf = (head: Uint8Array): boolean => nameOf(head, [PDF]) !== null

const nameOf = (head: Uint8Array, signatures: readonly Signature[]): string | null =>
  signatureOf(head, signatures)?.name ?? null

function signatureOf(head: Uint8Array, signatures: readonly Signature[]): Signature | null {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, SIGNATURE_BYTES)).toString('latin1')
  return signatures.find(({ start, at = 0 }) => text.startsWith(start, at)) ?? null
}
