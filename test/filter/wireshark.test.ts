import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileFilter, type Filter } from '../../src/filter/filter.ts'
import type { Current, PacketVisitor } from '../../src/flow/current.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { scan } from '../../src/scan.ts'

const hasTshark = spawnSync('tshark', ['--version']).status === 0

const CAPTURES = ['incident', 'stories']
  .flatMap((folder) =>
    readdirSync(join('fixtures', folder), { recursive: true, encoding: 'utf8' }).map((path) =>
      join('fixtures', folder, path),
    ),
  )
  .filter((path) => path.endsWith('.pcap'))

/** Filters whose answer has to be Wireshark's. Without commas, which divide a statistic's filters. */
const FILTERS = [
  'tcp.dstport == 9000 or tcp.srcport == 9000',
  'tcp.port != 9000',
  'tcp.port ~= 9000',
  '!(tcp.port == 9000)',
  'tcp.port in {1024..65535}',
  'tcp.srcport > tcp.dstport',
  'tcp.flags.syn == 1',
  'tcp.flags.syn == 1 && tcp.flags.ack == 0 || tcp.flags.fin == 1',
  'tcp.flags & 0x11 == 0x11',
  'tcp.flags.str contains "AP"',
  'tcp.flags.reset == 1',
  'tcp.len > 0 and tcp.len <= 44',
  'tcp.len == 0 && tcp.window_size < 65536',
  'tcp.window_size_value > 1000',
  'tcp.window_size_scalefactor > 1',
  'tcp.seq > 1 && tcp.seq < 500',
  'tcp.ack gt 40',
  'tcp.stream eq 0',
  'tcp.stream > 0',
  'tcp.hdr_len == 20',
  'tcp.payload',
  'tcp.payload[0:1] > 40',
  'tcp.payload[-1:1] <= 7f',
  'tcp.payload contains 00:00',
  'tcp.payload matches "[a-z]{3}"',
  'tcp[13] & 2',
  'tcp[0:2] == 23:28',
  'ip[9] == 6',
  'frame[0] == 45',
  'tcp.options.mss_val > 1400',
  'tcp.options.wscale.shift >= 7',
  'tcp.options.timestamp.tsval > 0',
  'tcp.options.sack_perm',
  'tcp.option_kind == 8',
  'tcp.analysis.flags',
  'tcp.analysis.keep_alive || tcp.analysis.zero_window',
  // No round number: the merged captures lie years apart, where times are exact to 64 ns only.
  'tcp.analysis.ack_rtt > 0.0000205',
  'tcp.analysis.initial_rtt',
  'tcp.analysis.bytes_in_flight > 44',
  'ip.addr == 127.0.0.0/8',
  'ip.src == 127.0.0.1',
  'ip.ttl < 128',
  'ip.flags.df == 1 && ip.id != 0',
  'ip.flags.df == "Not set" || tcp.flags.fin == Set',
  'tcp.flags.syn == 2 || tcp.flags.fin == TRUE',
  'ip.proto == "tcp"',
  'ip.proto != ICMP',
  'ip.proto & 15 > IGMP',
  'ip.proto in {2.."UDP"}',
  'ip.dsfield.dscp == "Default"',
  'ip.dsfield.ecn == "Not ECN-Capable Transport"',
  'tcp.option_kind == "Window Scale"',
  'tcp.option_kind === No-Operation',
  'eth.type == "ipv4"',
  'ip.len > 60',
  'ip.checksum == 0',
  'ip.dsfield.dscp == 0',
  'ipv6',
  'frame.number in {2..5}',
  'frame.len > 60',
  'frame.time_relative > 1.5',
  'frame.time_delta < 0.001',
  'tcp.time_delta > 0.5',
  'tcp.time_relative <= 2',
  'icmp or udp or arp',
  'eth',
  'len(tcp.payload) == 44',
  'len(tcp) > 32 && tcp.flags.urg != 1',
  'tcp[20] > 01 && len(ip) == 20',
  'tcp.payload[43] < 3a',
  'tcp.payload[2:] > fe',
  'count(tcp.option_kind) < 5',
  'count(tcp.options.nop) == 2',
  'tcp.nxtseq <= 1',
  'tcp.nxtseq > tcp.ack',
  'ip contains 00:00',
  'ip matches "[a-z]{3}"',
  'eth contains 23:28',
  'ip.frag_offset < 5',
]

class Passed implements PacketVisitor {
  frames = 0
  bytes = 0
  readonly #analysis = new TcpAnalysis()
  readonly #filter: Filter

  constructor(filter: Filter) {
    this.#filter = filter
  }

  visit(current: Current): void {
    this.#analysis.visit(current)
    if (!this.#filter.matches(current, this.#analysis)) return
    this.frames++
    this.bytes += current.frame.originalLength
  }
}

/** All captures one after the other: starting tshark takes longer than reading them. */
function merge(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'noaccept-')), 'all.pcapng')
  execFileSync('mergecap', ['-a', '-w', path, ...CAPTURES], { stdio: 'ignore' })
  return path
}

/** Frames and bytes that tshark counts for each filter, in one pass. */
function theirCounts(path: string): string[] {
  const statistics = FILTERS.flatMap((text) => ['-z', `io,stat,0,${text}`])
  const output = execFileSync('tshark', ['-q', '-r', path, ...statistics], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // One row a statistic, the last filter's first.
  const rows = [...output.matchAll(/<>[^|]*\|\s*(\d+)\s*\|\s*(\d+)\s*\|/g)].reverse()
  return rows.map(([, frames, bytes]) => `${frames} frames, ${bytes} bytes`)
}

describe.skipIf(!hasTshark)('Wireshark', () => {
  it('lets the same frames through', async () => {
    const path = merge()
    const passed = await Promise.all(FILTERS.map(async (text) => new Passed(await compileFilter(text))))
    await scan([path], { visitors: passed })
    const ours = passed.map(({ frames, bytes }) => `${frames} frames, ${bytes} bytes`)
    const theirs = theirCounts(path)
    rmSync(dirname(path), { recursive: true })
    expect(Object.fromEntries(FILTERS.map((text, at) => [text, ours[at]]))).toEqual(
      Object.fromEntries(FILTERS.map((text, at) => [text, theirs[at]])),
    )
  })
})
