import { describe, expect, it } from 'vitest'
import type { CaptureSummary } from '../../src/capture/capture-reader.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { compileFilter } from '../../src/filter/filter.ts'
import { Current } from '../../src/flow/current.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Protocol, Stop } from '../../src/packet/packet.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { big, ethernet, ipv4, ipv6, join, udp } from '../support/headers.ts'
import { Segments, scene } from '../support/segments.ts'

/** A TCP segment from `source` to `destination`. */
function segment(
  source: number,
  destination: number,
  seq: number,
  flags: number,
  payload = '',
  options = '',
): Uint8Array {
  const extra = hex(options)
  const offset = Uint8Array.of((20 + extra.length) << 2, flags)
  const ports = join(big(source, 2), big(destination, 2))
  return join(
    ports,
    big(seq, 4),
    big(flags & 16 ? 1 : 0, 4),
    offset,
    hex('fa00 1234 0000'),
    extra,
    Buffer.from(payload),
  )
}

const SYN = 2
const RESET = 4
const PUSH = 0x18
const GET = 'GET /index HTTP/1.1\r\n'

/** Each packet by the name that the tables below use. */
const FRAMES = {
  syn: ethernet(0x0800, ipv4(segment(61033, 9000, 100, SYN, '', '0204 05b4 0103 0308 0101 0402'))),
  push: ethernet(0x8100, join(hex('0064 0800'), ipv4(segment(61033, 9000, 101, PUSH, 'x'.repeat(44))))),
  get: ethernet(0x0800, ipv4(segment(9000, 80, 7, PUSH, GET))),
  six: ethernet(0x86dd, ipv6(segment(9000, 9000, 7, 16))),
  dns: ethernet(0x0800, ipv4(udp(53, hex('1234')), 17)),
  tunnel: ethernet(0x0800, ipv4(ipv6(segment(1, 2, 3, 4)), 41)),
  unreachable: ethernet(0x0800, ipv4(join(hex('0303 0000 00000000'), ipv4(segment(61033, 9000, 100, SYN))), 1)),
  arp: ethernet(0x0806, hex('0001')),
} as const

/** Names of the frames that a filter lets through, in order, 250 ms apart. */
async function through(text: string): Promise<string> {
  const filter = await compileFilter(text)
  const [decoder, tracker, analysis, current] = [
    new PacketDecoder(),
    new FlowTracker(startEngine()),
    new TcpAnalysis(),
    new Current(),
  ]
  const names: string[] = []
  for (const [at, [name, bytes]] of Object.entries(FRAMES).entries()) {
    Object.assign(current.frame, frameOf(LinkType.ETHERNET, bytes), { number: at + 1, time: at * 250e6 })
    decoder.decode(current.frame, current.packet)
    current.flow = -1
    current.hash = tracker.flows.table.hash(current.packet)
    if (current.packet.protocol === Protocol.TCP && current.packet.stop === Stop.NONE) tracker.observe(current)
    analysis.visit(current)
    if (filter.matches(current, analysis)) names.push(name)
  }
  return names.join(' ')
}

const ALL = Object.keys(FRAMES).join(' ')
const ALL_BUT = (...left: string[]) =>
  Object.keys(FRAMES)
    .filter((name) => !left.includes(name))
    .join(' ')

describe('brackets', () => {
  const nested = (levels: number): string => `${'('.repeat(levels)}udp${')'.repeat(levels)}`

  it('may be nested 64 levels deep, and stand beside each other as often as one likes', async () => {
    expect(await through(nested(64))).toBe('dns')
    expect(await through(Array.from({ length: 70 }, () => '(udp)').join(' && '))).toBe('dns')
    expect(await through(Array.from({ length: 70 }, () => '!(!udp)').join(' && '))).toBe('dns')
    await expect(through(nested(65))).rejects.toThrow('more than 64 levels')
  })
})

describe('a filter', () => {
  it.each([
    ['tcp', 'syn push get six tunnel unreachable'],
    ['ip', ALL_BUT('six', 'arp')],
    ['ipv6', 'six tunnel'],
    ['udp', 'dns'],
    ['arp or icmp', 'unreachable arp'],
    ['vlan', 'push'],
    ['eth && !ip && !ipv6', 'arp'],
    ['not tcp and not udp', 'arp'],
    ['!(tcp or udp)', 'arp'],
    ['tcp xor ip', 'six dns'],
    ['tcp ^^ ip', 'six dns'],
    ['udp || tcp && tcp.len > 30', 'push dns'],
    ['tcp.dstport == 9000 or tcp.srcport == 9000', 'syn push get six unreachable'],
    ['tcp.port == 9000', 'syn push get six unreachable'],
    ['tcp.port eq 9000', 'syn push get six unreachable'],
    ['9000 == tcp.port', 'syn push get six unreachable'],
    ['tcp.port != 9000', 'tunnel'],
    ['tcp.port ne 9000', 'tunnel'],
    ['!(tcp.port == 9000)', 'dns tunnel arp'],
    ['! tcp.port == 9000', 'dns tunnel arp'],
    ['tcp.port ~= 9000', 'syn push get tunnel unreachable'],
    ['any tcp.port != 9000', 'syn push get tunnel unreachable'],
    ['tcp.port === 9000', 'six'],
    ['all tcp.port == 9000', 'six'],
    ['tcp.port in {80, 1..5}', 'get tunnel'],
    ['tcp.port not in {80, 1..5}', ALL_BUT('get', 'tunnel')],
    ['tcp.srcport == tcp.dstport', 'six'],
    ['tcp.srcport > tcp.dstport', 'syn push get unreachable'],
    ['5 < tcp.len', 'push get'],
    ['tcp.len >= 21 and tcp.len le 43', 'get'],
    ['tcp.len == 0x2c', 'push'],
    ['tcp.len + 1 == 45', 'push'],
    ['tcp.len * 2 - 8 == 80', 'push'],
    ['tcp.len % 10 == 4 && tcp.len / 4 == 11', 'push'],
    ['tcp.flags & 0x02', 'syn'],
    ['tcp.flags & 2 == 2', 'syn'],
    ['(tcp.flags & 0x12) == 0x10', 'push get six'],
    ['tcp.flags.syn', 'syn push get six tunnel'],
    ['tcp.flags.syn == 1', 'syn'],
    ['tcp.flags.push == true', 'push get'],
    ['tcp.flags.push == "Set"', 'push get'],
    ['tcp.flags.syn == "not set"', 'push get six tunnel'],
    ['tcp.flags.syn == 2', 'syn'],
    ['tcp.flags.push in {Set}', 'push get'],
    ['ip.proto == "TCP"', 'syn push get unreachable'],
    ['ip.proto == Tcp', 'syn push get unreachable'],
    ['ip.proto in {UDP, "IPv6"}', 'dns tunnel'],
    ['ip.proto in {"IGMP".."UDP"}', 'syn push get dns unreachable'],
    ['ip.proto > "TCP" && ip.proto & 31 != UDP', 'tunnel'],
    ['ipv6.nxt == "tcp"', 'six tunnel'],
    ['ip.dsfield.dscp == "Default" && ip.dsfield.ecn == "not ecn-capable transport"', ALL_BUT('six', 'arp')],
    ['eth.type == "802.1Q Virtual LAN" || eth.type == ARP', 'push arp'],
    ['vlan.priority == "Best Effort (default)"', 'push'],
    ['tcp.option_kind == "Window Scale"', 'syn'],
    ['tcp.flags.str contains "AP"', 'push get'],
    ['lower(tcp.flags.str) contains "ap"', 'push get'],
    ['tcp.flags.str == "·······AP···"', 'push get'],
    ['tcp.flags.str matches "ap·"', 'push get'],
    ['tcp.flags.str matches "^(·)+a"', 'push get six'],
    ['len(tcp.flags.str) == 23', 'syn six tunnel'],
    ['tcp.payload', 'push get'],
    ['tcp.payload[0:4] == 47:45:54:20', 'get'],
    ['tcp.payload[0:4] == "GET "', 'get'],
    ['tcp.payload[0] == 47', 'get'],
    ['tcp.payload[0:2] > ff', 'push get'],
    ['tcp.payload[0:2] > 50:00', 'push'],
    ['tcp.payload < 50:00:00', ''],
    ['tcp.len != tcp.options.mss_val', 'syn'],
    ['tcp.len !== tcp.options.mss_val', 'syn'],
    ["tcp.payload[0] == 'G'", 'get'],
    ['tcp.payload[-2:] == 0d:0a', 'get'],
    ['tcp.payload[1-2] == "ET"', 'get'],
    ['tcp.payload[0,2] == "GT"', 'get'],
    ['tcp.payload[40:4]', 'push'],
    ['tcp.payload[40:4] < 00', 'get'],
    ['tcp.payload[40:4] == 78:78:78:78', 'push'],
    ['tcp.payload contains "index"', 'get'],
    ['tcp.payload contains 78:78', 'push'],
    ['tcp.payload matches "^get /i.*\\\\d"', 'get'],
    ['tcp.payload ~ r"^x{44}$"', 'push'],
    ['tcp contains "HTTP"', 'get'],
    ['tcp[13] == 2', 'syn unreachable'],
    ['frame contains 08:06', 'arp'],
    ['len(tcp.payload) > 40', 'push'],
    ['count(tcp.port) == 2', 'syn push get six tunnel unreachable'],
    ['count(tcp.option_kind) < 9', 'syn'],
    ['not count(vlan.id) < 2', ALL_BUT('push')],
    ['tcp.nxtseq == 1 && tcp.len == 0', 'syn six tunnel'],
    ['tcp.nxtseq == 45', 'push'],
    ['ip contains "HTTP"', 'get'],
    ['ip matches "^E.*x{44}$"', 'push'],
    ['ipv6 contains 23:28:23:28', 'six'],
    ['ipv6 contains 00:01:00:02', 'tunnel'],
    ['ip contains 60:00', 'tunnel'],
    ['eth contains "HTTP"', 'get'],
    ['len(ip) == 20 && len(eth) == 14', ALL_BUT('six', 'arp')],
    ['ip[20:] == 00', ''],
    ['ip.addr == 127.0.0.0/8', ALL_BUT('six', 'arp')],
    ['ip.src == 127.0.0.1 && ip.dst == 127.0.0.2', ALL_BUT('six', 'arp')],
    ['ip.dst == 127.0.0.1', ''],
    ['ip.addr in {10.0.0.0/8, 127.0.0.2..127.0.0.9}', ALL_BUT('six', 'arp')],
    ['ipv6.addr == 2001:db8::2', 'six tunnel'],
    ['ipv6.addr == 2001:db8:0:0:0:0:0:2', 'six tunnel'],
    ['ipv6.addr == 2001:db8::/32', 'six tunnel'],
    ['ip.src == 127.0.0.1/32', ALL_BUT('six', 'arp')],
    ['ip.src == 127.0.0.2/32', ''],
    ['ipv6.src == 2001:db8::1/128', 'six tunnel'],
    ['ipv6.src == 2001:db8::2/128', ''],
    ['ipv6.src == 2001:db8::0.0.0.1', 'six tunnel'],
    ['ip.dsfield == 0', ALL_BUT('six', 'arp')],
    ['tcp.port != udp.port', ''],
    ['tcp.srcport != tcp.dstport', ALL_BUT('six', 'dns', 'arp')],
    ['ipv6.src == 2001:db8::/127', 'six tunnel'],
    ['ipv6.src == 2001:db8::2', ''],
    ['ip.ttl == 128 && ip.proto == 41', 'tunnel'],
    ['ip.flags.df == 1', ALL_BUT('six', 'arp')],
    ['ip.len == 44 || ipv6.plen == 20', 'six tunnel'],
    ['ipv6.hlim == 64', 'six tunnel'],
    ['eth.addr == 66:77:88:99:aa:bb', ALL],
    ['eth.src == 66-77-88-99-aa-bb', ALL],
    ['eth.dst[0:3] == 00:11:22', ALL],
    ['eth.type == 0x0806', 'arp'],
    ['vlan.id == 100', 'push'],
    ['icmp.type == 3 && icmp.code == 3', 'unreachable'],
    ['udp.port == 53', 'dns'],
    ['frame.number in {2..3}', 'push get'],
    ['frame.len < 20', 'arp'],
    ['frame.time_relative >= 0.5 and frame.time_relative < 1', 'get six'],
    ['frame.time_delta == 0.25', ALL_BUT('syn')],
    ['tcp.stream eq 0', 'syn push'],
    ['tcp.stream == 0 and tcp.time_delta > 0.2', 'push'],
    ['tcp.seq == 1', 'push get six tunnel'],
    ['tcp.seq_raw == 101', 'push'],
    ['tcp.options.mss_val == 1460', 'syn'],
    ['tcp.options.wscale.multiplier == 256', 'syn'],
    ['tcp.options.sack_perm', 'syn'],
    ['tcp.option_kind == 3', 'syn'],
    ['tcp.analysis.flags', ''],
    ['tcp.window_size_value == 64000', 'syn push get six tunnel'],
    ['tcp.nxtseq == 45', 'push'],
    // A mask is taken last, as in C.
    ['tcp.flags & 2 + 0x10 == 0x12', ''],
    ['tcp.flags + 2 & 0x10 == 0x10', 'push get six'],
    ['{tcp.flags & 2} + 0x10 == 0x12', 'syn'],
    // Bytes under a mask stay bytes, as many as the shorter of both has.
    ['tcp[13] & 12 == 10', 'push get six'],
    ['tcp[12:2] & 0f:18 == 00:18', 'push get'],
    ['tcp[12:2] & 00:02:ff', 'syn unreachable'],
    ['tcp.payload & 40', 'push get'],
    ['eth.src & 00:00:00:ff:ff:ff == 00:00:00:99:aa:bb', ALL],
    ['ipv6.src & ffff:: == 2001::', 'six tunnel'],
    ['ip.src[0] == 7f && ip.src[1:] < 01:00:00', ALL_BUT('six', 'arp')],
    ['ip.src == ip[12:4] && ip[16:4] == ip.dst', ALL_BUT('six', 'arp')],
    ['ip.src[0:3] == ip.dst[0:3]', ALL_BUT('six', 'arp')],
    ['tcp.flags.str[14:2] == "AP"', 'push get'],
    ['tcp.flags.str contains "\\xc2\\xb7A"', 'push get six'],
    ['tcp.payload[:] contains "GET"', 'get'],
    ['tcp.payload[50:2] == tcp.payload[60:2]', 'push get'],
    // Both ends belong to a range, of numbers and of bytes; what has no bytes there lies in none.
    ['tcp.len in {21..44}', 'push get'],
    ['tcp.len in {22..43}', ''],
    ['tcp.len <= 21 && tcp.len > 0', 'get'],
    ['ipv6.src in {2001:db8::..2001:db8::1}', 'six tunnel'],
    ['ipv6.src in {2001:db8::1..2001:db8::9}', 'six tunnel'],
    ['ipv6.src in {2001:db8::2..2001:db8::9}', ''],
    ['ipv6.addr in {2001:db8::2..2001:db8::9}', 'six tunnel'],
    ['eth.src not in {66:77:88:99:aa:bc..66:77:88:99:aa:ff}', ALL],
    ['tcp.payload[40:2] in {00:00..ff:ff}', 'push'],
    ['tcp.srcport <= tcp.dstport', 'six tunnel'],
    ['tcp.srcport >= tcp.dstport', 'syn push get six unreachable'],
    ['tcp.srcport < tcp.dstport', 'tunnel'],
    ['tcp.srcport != tcp.dstport', 'syn push get tunnel unreachable'],
    // What stands in quotes is no operator and no bracket.
    ['(tcp contains ")") || udp', 'dns'],
    ['tcp.payload contains "(" || udp', 'dns'],
    ['tcp contains "and" or udp', 'dns'],
    ['(tcp.payload contains "in") && tcp', 'get'],
    ['(tcp.len) not in {0}', ALL_BUT('syn', 'six', 'tunnel')],
    ['tcp.len bitand 3 == 1', 'get'],
    // Bytes that are reckoned with are a number, most significant byte first; no number holds seven of them exactly.
    ['tcp[0:2] + 1 == 9001', 'get six'],
    ['tcp[0:2] - 00:0a == 8990', 'get six'],
    ['tcp[0:7] + 0 >= 0', ''],
    ['tcp.len / 8 == 5', 'push'],
    ['tcp.len / 0 != 5 || tcp.len % 0 < 1 || tcp.len / 0', ''],
    ['-tcp.len < 0', 'push get'],
    ['- tcp.len == -44', 'push'],
    ['tcp.len -4 == 40', 'push'],
    ['tcp.len/2 == 22', 'push'],
    ['tcp.len == +44', 'push'],
    ['tcp.len - -6 == 50', 'push'],
    ['tcp.srcport == tcp.dstport == 9000', 'six'],
    ['5 < tcp.len < 40', 'get'],
    ['tcp.srcport > tcp.dstport < 100', 'get'],
    ['max(tcp.srcport, tcp.dstport) == 9000', 'get six'],
    ['min(tcp.port, 100) == 80', 'get'],
    ['max(tcp.srcport, 20000) == 20000', 'get six dns tunnel arp'],
    ['abs(tcp.len - 44) < 3', 'push'],
    ['string(tcp.srcport) matches "^61"', 'syn push unreachable'],
    ['string(ip.dst) == "127.0.0.2"', ALL_BUT('six', 'arp')],
    ['string(ipv6.dst) contains "db8::2"', 'six tunnel'],
    ['string(eth.src) == "66:77:88:99:aa:bb"', ALL],
    ['udp[2:2] == 00:35 && len(udp) == 8', 'dns'],
    ['udp contains 12:34', 'dns'],
    ['icmp[0:2] == 03:03 && icmp contains 23:28', 'unreachable'],
    ['len(icmp) == 48', 'unreachable'],
    ['vlan.dei == 0 && vlan.etype == 0x0800', 'push'],
    ['ip.flags.rb == 1', ''],
    ['ip.version == 6', 'six tunnel'],
    ['(tcp.payload) contains "GET" or (tcp.payload) matches "^get /none"', 'get'],
    ['(tcp.payload) matches "^get" && (tcp.payload) ~ "^get"', 'get'],
    ['(tcp.len + 1) in {45} && (tcp.len) not in {44..50} or (tcp.len) in {21, 22}', 'get'],
    ['tcp && (tcp.len - 1) not in {-1..30}', 'push unreachable'],
    ['tcp.len - 22 in {-30..-1}', 'syn get six tunnel'],
    ['frame.time_delta == -0.5 or frame.time_delta in {-1..-0.1}', ''],
    ['ip.host == "127.0.0.1" && ip.dst_host matches "2$"', ALL_BUT('six', 'arp')],
    ['ip.src_host == "127.0.0.2"', ''],
    ['ip.checksum.status == "Bad"', ALL_BUT('six', 'arp')],
    ['tcp.checksum.status == Good', ''],
    ['tcp.checksum.status == 0 && tcp.checksum == 0x1234', 'syn push get six tunnel'],
    ['tcp.connection.syn', 'syn'],
    ['tcp.connection.synack or tcp.connection.fin', ''],
    ['ipv6.tclass.dscp == "Default" && ipv6.tclass.ecn == 0', 'six tunnel'],
    ['eth.src.lg == 1 && eth.dst.lg == 0 && eth.ig == "Individual address (unicast)"', ALL],
    ['eth.dst.ig == 1', ''],
    ['sll.pkttype == "Sent by us" or sll.etype == "IPv4"', ''],
    ['udp.checksum == 0', 'dns'],
    ['icmp.checksum == 0 && !icmp.mtu && !icmp.seq', 'unreachable'],
    ['frame.interface_id', ''],
  ])('%s', async (text, expected) => {
    expect(await through(text)).toBe(expected)
  })

  it('finds no payload in a RST, which carries its reason alone', async () => {
    const current = new Current()
    const reset = ethernet(0x0800, ipv4(segment(9000, 80, 7, RESET, 'No route')))
    Object.assign(current.frame, frameOf(LinkType.ETHERNET, reset))
    new PacketDecoder().decode(current.frame, current.packet)
    expect((await compileFilter('tcp.payload')).matches(current, null)).toBe(false)
    expect((await compileFilter('tcp contains "route" && tcp.len == 8')).matches(current, null)).toBe(true)
  })

  it('tells a client that asks for a cookie of TCP Fast Open from one that shows its own', async () => {
    const marks = async (options: string) => {
      const current = new Current()
      Object.assign(
        current.frame,
        frameOf(LinkType.ETHERNET, ethernet(0x0800, ipv4(segment(9000, 80, 7, SYN, '', options)))),
      )
      new PacketDecoder().decode(current.frame, current.packet)
      const [any, request] = await Promise.all(['tcp.options.tfo', 'tcp.options.tfo.request'].map(compileFilter))
      return [any!.matches(current, null), request!.matches(current, null)]
    }
    expect(await marks('2202 0101')).toEqual([true, true])
    expect(await marks('2206 01020304 0101')).toEqual([true, false])
    expect(await marks('0204 05b4')).toEqual([false, false])
  })

  it('searches for the UTF-8 of what is typed, and for the byte that an escape stands for', async () => {
    const current = new Current()
    const accented = ethernet(0x0800, ipv4(segment(9000, 80, 7, PUSH, 'café')))
    Object.assign(current.frame, frameOf(LinkType.ETHERNET, accented))
    new PacketDecoder().decode(current.frame, current.packet)
    const finds = async (text: string) => (await compileFilter(text)).matches(current, null)
    expect(await finds('tcp.payload contains "fé"')).toBe(true)
    expect(await finds('tcp.payload matches "FÉ$" || tcp.payload matches "fé$"')).toBe(true)
    expect(await finds('tcp.payload contains "f\\xc3\\xa9"')).toBe(true)
    expect(await finds('tcp.payload contains "f\\xe9"')).toBe(false)
  })

  it('tells of the interface where the capture does', async () => {
    const current = new Current()
    Object.assign(current.frame, frameOf(LinkType.ETHERNET, FRAMES.syn), { interfaceId: 0 })
    new PacketDecoder().decode(current.frame, current.packet)
    expect((await compileFilter('frame.interface_id == 0')).matches(current, null)).toBe(true)
  })

  it('finds a delay by the digits that are shown of it', async () => {
    const current = new Current()
    for (const filter of ['frame.time_delta == 2.129679', 'frame.time_delta in {0.1..2.129679}']) {
      const compiled = await compileFilter(filter)
      const passed = [0, 2_129_679_000].map((time) => {
        current.frame.time = time
        return compiled.matches(current, null)
      })
      expect(passed, filter).toEqual([false, true])
    }
  })

  it('tells of interfaces and comments what the capture tells', async () => {
    const current = new Current()
    Object.assign(current.frame, { interfaceId: 1, number: 7 })
    const about = (frame: number | null, text: string) => ({ frame, text })
    const capture = {
      interfaces: [{ name: 'lo' }, { name: 'eth0' }, { name: null }],
      comments: [
        about(null, 'of all'),
        about(3, 'earlier'),
        about(7, 'never read'),
        about(7, 'reset'),
        about(9, 'later'),
      ],
    } as unknown as CaptureSummary
    const passes = async (text: string) => (await compileFilter(text)).useCapture(capture).matches(current, null)
    expect(await passes('frame.interface_name == "eth0"')).toBe(true)
    expect(await passes('frame.comment == "reset" && frame.comment contains "never"')).toBe(true)
    expect(await passes('count(frame.comment) == 2')).toBe(true)
    expect(await passes('frame.comment in {"of all", "earlier", "later"}')).toBe(false)
    current.frame.interfaceId = 2
    expect(await passes('frame.interface_name == "unknown"')).toBe(true)
    current.frame.interfaceId = -1
    expect(await passes('frame.interface_name')).toBe(false)
  })

  it('finds the reason that a RST carries', async () => {
    const current = new Current()
    const reset = ethernet(0x0800, ipv4(segment(9000, 80, 7, RESET, 'No route')))
    Object.assign(current.frame, frameOf(LinkType.ETHERNET, reset))
    new PacketDecoder().decode(current.frame, current.packet)
    const passes = async (text: string) => (await compileFilter(text)).matches(current, null)
    expect(await passes('tcp.reset_cause == "No route" && tcp.connection.rst')).toBe(true)
    expect(await passes('tcp.connection.fin or tcp.connection.syn')).toBe(false)
  })

  it('tells a round trip that is negative because the clock was set back, as Wireshark does', async () => {
    const [segments, analysis] = [new Segments(), new TcpAnalysis()]
    const filter = await compileFilter('tcp.analysis.ack_rtt < 0')
    const passed = scene('> PA seq 101 ack 501 length 10 at 30\n< A seq 501 ack 111 at 25').map((told) => {
      const current = segments.next(told)
      analysis.visit(current)
      return filter.matches(current, analysis)
    })
    expect(passed).toEqual([false, true])
  })

  it('says what it needs', async () => {
    const needs = async (text: string) => (await compileFilter(text)).needs
    expect(await needs('tcp.port == 9000 or tcp.stream == 1')).toEqual({
      analysis: false,
      flows: false,
      statistics: false,
      packets: true,
      endsAlone: true,
      flagsAlone: false,
      everyFrame: false,
    })
    expect(await needs('tcp.port == 9000 and tcp.flags.push')).toMatchObject({ packets: true, endsAlone: false })
    expect(await needs('tcp.analysis.flags or ip')).toEqual({
      analysis: true,
      flows: false,
      statistics: false,
      packets: true,
      endsAlone: false,
      flagsAlone: false,
      everyFrame: false,
    })
    expect(await needs('tcp.analysis.flags or tcp.port == 9000')).toMatchObject({ analysis: true, flagsAlone: true })
    expect(await needs('flow.duration > 5')).toEqual({
      analysis: false,
      flows: true,
      statistics: false,
      packets: false,
      endsAlone: false,
      flagsAlone: false,
      everyFrame: false,
    })
    expect(await needs('tcp.completeness == 31')).toMatchObject({ flows: true, statistics: true, packets: false })
    expect(await needs('frame.time_delta > 1')).toMatchObject({ packets: true, everyFrame: true })
    expect(await needs('ip && flow.duration > 5')).toEqual({
      analysis: false,
      flows: true,
      statistics: false,
      packets: true,
      endsAlone: false,
      flagsAlone: false,
      everyFrame: false,
    })
  })
})
