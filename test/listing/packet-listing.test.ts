import { describe, expect, it } from 'vitest'
import { Epoch } from '../../src/capture/epoch.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { type ListingOptions, PacketListing } from '../../src/listing/packet-listing.ts'
import { PacketTime, type TimeFormat } from '../../src/listing/packet-time.ts'
import { utf8 } from '../../src/report/json/byte-writer.ts'
import { scan } from '../../src/scan.ts'

const INCIDENT = 'fixtures/incident/listing-1.pcap'
const AS_TEXT = 'fixtures/incident/listing-1.txt'

async function list(path: string, options: Partial<ListingOptions> = {}): Promise<string> {
  const analysis = new TcpAnalysis()
  const listing = new PacketListing(
    { format: 'terminal', time: 'relative', absoluteSeq: false, ports: [], filter: null, ...options },
    analysis,
  )
  let text = ''
  await scan([path], {
    visitors: [analysis, listing],
    onCapture: (summary, epoch) => listing.open(summary, epoch),
    onWindow: async () => {
      text += utf8(listing.take())
    },
  })
  listing.end()
  return text + utf8(listing.take())
}

describe('PacketListing', () => {
  it('prints the incident as tshark prints it', async () => {
    const lines = (await list(INCIDENT)).split('\n')
    expect(lines).toHaveLength(18)
    expect(lines.slice(0, 5)).toEqual([
      '    1   0.000000    127.0.0.1 → 127.0.0.1    TCP 52 61169 → 9000 [SYN] Seq=0 Win=8192 Len=0 MSS=65495 WS=256 SACK_PERM',
      '    2   0.000000    127.0.0.1 → 127.0.0.1    TCP 52 9000 → 61169 [SYN, ACK] Seq=0 Ack=1 Win=8192 Len=0 MSS=65495 WS=256 SACK_PERM',
      '    3   0.000000    127.0.0.1 → 127.0.0.1    TCP 40 61169 → 9000 [ACK] Seq=1 Ack=1 Win=8192 Len=0',
      '    4   0.011000    127.0.0.1 → 127.0.0.1    TCP 84 61169 → 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44',
      '    5   0.011000    127.0.0.1 → 127.0.0.1    TCP 40 9000 → 61169 [ACK] Seq=1 Ack=45 Win=7936 Len=0',
    ])
  })

  it('shows each time with the digits of its interface', async () => {
    const lines = (await list('fixtures/capture/time-resolutions.pcapng')).split('\n')
    expect(lines.slice(0, 4).map((line) => line.slice(0, 18).trim().split(/ +/)[1])).toEqual([
      '0.000000',
      '0.000000333',
      '0.000000',
      '3599.999',
    ])
  })

  it('tells of a packet in the fields that programs rely on', async () => {
    const rows = (await list(INCIDENT, { format: 'ndjson' })).trimEnd().split('\n')
    expect(rows).toHaveLength(17)
    expect(JSON.parse(rows[1]!)).toMatchObject({
      frame: 2,
      stream: 0,
      source: '127.0.0.1',
      sourcePort: 9000,
      destination: '127.0.0.1',
      destinationPort: 61169,
      length: 52,
      flags: 'SYN,ACK',
      seq: 0,
      ack: 1,
      window: 8192,
      payloadLength: 0,
      analysis: [],
      acksFrame: 1,
    })
  })

  it('makes one JSON document, one CSV table and one Markdown table', async () => {
    const document = JSON.parse(await list(INCIDENT, { format: 'json' })) as { frame: number }[]
    expect(document.map((row) => row.frame)).toEqual(Array.from({ length: 17 }, (_, i) => i + 1))
    const csv = (await list(INCIDENT, { format: 'csv' })).trimEnd().split('\r\n')
    expect(csv[0]).toBe('No.,Time,Source,Destination,Protocol,Length,Info')
    expect(csv[2]).toMatch(/^2,0\.000000,127\.0\.0\.1,127\.0\.0\.1,TCP,52,"9000 → 61169 \[SYN, ACK\] /)
    const markdown = (await list(INCIDENT, { format: 'markdown' })).trimEnd().split('\n')
    expect(markdown).toHaveLength(19)
    expect(markdown[2]).toContain('\\[SYN\\]')
  })

  it('shows a masked port as it stands, and lists by it', async () => {
    const all = await list(AS_TEXT)
    expect(all).toContain(' → xx [SYN] ')
    expect(await list(AS_TEXT, { ports: ['xx'] })).toBe(all)
    expect(await list(AS_TEXT, { ports: ['yy', 1] })).not.toBe(all)
  })

  it('shows sequence numbers as they are in the packets where that is asked for', async () => {
    const [relative, absolute] = [await list(INCIDENT), await list(INCIDENT, { absoluteSeq: true })]
    const first = Number(/Seq=(\d+)/.exec(absolute)![1])
    expect(first).toBeGreaterThan(1)
    expect(absolute.split('\n')[3]).toContain(`Seq=${first + 1} `)
    expect(relative.split('\n')[3]).toContain('Seq=1 ')
  })
})

describe('PacketTime', () => {
  const EPOCH = 1_312_251_177

  it.each<[TimeFormat, string[]]>([
    ['relative', ['0.000000', '1.500000', '1.250000', '-0.500000']],
    ['delta', ['0.000000', '1.500000', '-0.250000', '-1.750000']],
    ['delta-displayed', ['0.000000', '1.500000', '1.250000', '-1.750000']],
    ['epoch', ['1312251178.000000', '1312251179.500000', '1312251179.250000', '1312251177.500000']],
    ['absolute', ['02:12:58.000000', '02:12:59.500000', '02:12:59.250000', '02:12:57.500000']],
    [
      'absolute-date',
      [
        '2011-08-02 02:12:58.000000',
        '2011-08-02 02:12:59.500000',
        '2011-08-02 02:12:59.250000',
        '2011-08-02 02:12:57.500000',
      ],
    ],
  ])('writes %s times', (format, texts) => {
    const epoch = new Epoch()
    epoch.since(EPOCH, 0)
    const time = new PacketTime(format, epoch)
    const shown = [1, 2.5, 2.25, 0.5].map((second, i) => {
      const text = time.text(second * 1e9, 6)
      // The second frame is passed over by the list.
      time.pass(second * 1e9, i !== 1)
      return text
    })
    expect(shown).toEqual(texts)
  })

  it('keeps nanoseconds, and writes none where the capture has whole seconds', () => {
    const epoch = new Epoch()
    epoch.since(EPOCH, 0)
    const time = new PacketTime('absolute', epoch)
    expect(time.text(123_456_789, 9)).toBe('02:12:57.123456789')
    expect(time.text(999_999_999, 0)).toBe('02:12:57')
    expect(time.rfc3339(999_999_999, 3)).toBe('2011-08-02T02:12:57.999Z')
  })

  it('loses no microsecond where nanoseconds no longer fit', () => {
    const epoch = new Epoch()
    epoch.since(EPOCH, 0)
    const time = new PacketTime('relative', epoch)
    time.pass(0, true)
    const far = 249_252_820.642822
    expect(time.text(Math.round(far * 1e6) * 1e3, 6)).toBe('249252820.642822')
    expect(time.rfc3339(Math.round(far * 1e6) * 1e3, 6)).toMatch(/\.642822Z$/)
  })
})
