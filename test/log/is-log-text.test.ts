import { describe, expect, it } from 'vitest'
import { isLogText } from '../../src/log/is-log-text.ts'

const ofText = (text: string) => isLogText(Buffer.from(text))

describe('telling a log from a capture by its first bytes', () => {
  it.each([
    ['08:15:02.125000 W 00004711> Socket 744 created\n'],
    ['2025-06-04T14:07:31Z TCP 10.1.2.3 10.1.2.4 talked\n'],
    ['{"time":1749046051250,"msg":"ready"}\n'],
    ['a line without any time\n'],
    ['No. of sources: 3\n'],
    ['MZ-1 is up\n'],
  ])('takes for a log: %j', (text) => {
    expect(ofText(text)).toBe(true)
    expect(isLogText(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(true)
  })

  it.each([
    ['No.     Time           Source                Destination           Protocol Length Info\n'],
    ['    1 0.000000000    10.1.2.3 → 10.1.2.4 TCP 66 50022 → 7001 [SYN] Seq=0 Win=64240 Len=0\n'],
    ['12\t08:15:02.125\t10.1.2.3\t10.1.2.4\tTCP\t54\t50022 > 7001 [ACK] Seq=1 Ack=1 Win=512 Len=0\n'],
    ['"1","0.000000","10.1.2.3","10.1.2.4","TCP","66","50022 → 7001 [SYN]"\n'],
    ['08:15:02.125000 IP 10.1.2.3.50022 > 10.1.2.4.7001: Flags [S], seq 1, win 64240, length 0\n'],
    ['\ufeffNo.,Time,Source,Destination,Protocol,Length,Info\n'],
  ])('takes for a packet list: %j', (text) => {
    expect(ofText(text)).toBe(false)
  })

  it.each([
    ['pcap', Buffer.from('d4c3b2a1020004000000000000000000ffff000065000000', 'hex')],
    ['pcapng', Buffer.from('0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000', 'hex')],
    ['a PDF', Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n')],
    ['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e', 'latin1')],
    ['an empty file', Buffer.alloc(0)],
  ])('takes %s for no log', (_name, bytes) => {
    expect(isLogText(bytes)).toBe(false)
  })
})
