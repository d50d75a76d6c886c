import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { FIELD_TABLE } from '../../src/filter/field-table.ts'
import { compileFilter, Filter } from '../../src/filter/filter.ts'
import { Current } from '../../src/flow/current.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { excerpt } from '../../src/text/visible.ts'
import { frameOf, LinkType } from '../support/frame-of.ts'
import { ethernet, ipv4, SYN } from '../support/headers.ts'

/** What a user sees of it, without the first line's beginning. */
async function complaint(text: string): Promise<string> {
  try {
    await compileFilter(text)
  } catch (error) {
    if (error instanceof Failure) return [error.message, ...(error.hint === null ? [] : [error.hint])].join('\n')
    throw error
  }
  return 'nothing is wrong'
}

describe('a wrong filter', () => {
  const WRONG = [
    '',
    'tcp.prot == 9000',
    'tcp.port = 9000',
    'tcp.port == nine',
    'tcp.port == "9000"',
    'icmp.type == "Destination unreachable"',
    'ip.proto == "TCPX"',
    'ip.proto == Trunk',
    'ip.proto == "6"',
    'ip.proto == udp',
    'ip.proto & TCP == 6',
    'tcp.option_kind == "Scale of the Window"',
    'tcp.flags.syn == "true"',
    'tcp.port == tcp.srcprot',
    'tcp.port == 9000 and',
    'tcp.port == and 5',
    'tcp.flags.str == "and" and and',
    'tcp.port == 9000 ip',
    '(tcp.port == 9000',
    'tcp.port in {80 443}',
    'tcp.port in 80',
    'ip.addr == 10.0.0.256',
    'ip.addr == fe80::1',
    'ipv6.addr == 10.0.0.1',
    'eth.addr == 00:11',
    'tcp.analysis.retransmission == 1',
    'tcp.port contains "9"',
    'tcp.payload matches "(?=a)"',
    'tcp.payload == "never ends',
    'tcp.payload[4:2:1]',
    'tcp.port[0]',
    'frame.time_relative > 500ms',
    'frame.time_relative * 2 > 1',
    'frame.time_relative + tcp.len > 1',
    'frame.time_relative > tcp.len',
    'ip.src == tcp.seq_raw',
    'tcp[12] & tcp.flags',
    'count(ip.src, ip.dst)',
    'max("a")',
    'max(ip.src, tcp.port)',
    'string(tcp.payload) == "a"',
    'abs(tcp.payload) == 1',
    'tcp.port == "café"',
    'ip.src#2 == 10.0.0.1',
    'http.request',
    'tls',
    'tcp.segment_data',
    'frame.time > yesterday',
    'frame.time - 5 > 3',
    'max(frame.time, 1) > 1',
    'frame.time in {1..noon}',
    '1 == 1',
    'len(9)',
    'tcp.port == \u202e9000',
    `tcp.port == 1${' or tcp.port == 1'.repeat(20)} or tcp.prt == 2${' or tcp.port == 1'.repeat(20)}`,
    '('.repeat(100),
    `${'!'.repeat(100)}tcp`,
    'tcp or '.repeat(1000),
  ]
  it.each(WRONG.map((text) => [excerpt(text, 40), text]))('is shown with its place: %s', async (_name, text) => {
    expect(await complaint(text)).toMatchSnapshot()
  })

  it('is never anything but a failure', async () => {
    const word = fc.oneof(
      fc.constantFrom(...FIELD_TABLE.keys()),
      fc.constantFrom(
        '==',
        '!=',
        '&&',
        'or',
        'not',
        '(',
        ')',
        '{',
        '}',
        ',',
        '..',
        'in',
        'contains',
        'matches',
        '&',
        '+',
      ),
      fc.constantFrom(
        '80',
        '0x10',
        '10.0.0.0/8',
        '::1',
        '"a"',
        "'a'",
        '00:11',
        '[0:4]',
        '[-1]',
        'len(',
        'upper(',
        '1.5',
      ),
      fc.string({ maxLength: 4 }),
    )
    const [current, analysis] = [new Current(), new TcpAnalysis()]
    Object.assign(current.frame, frameOf(LinkType.ETHERNET, ethernet(0x0800, ipv4(SYN))))
    new PacketDecoder().decode(current.frame, current.packet)
    const anyText = fc.oneof(
      fc.array(word, { maxLength: 9 }).map((words) => words.join(' ')),
      fc.string({ unit: 'binary' }),
    )
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const filter = await compileFilter(text).catch((error: unknown) => error)
        if (filter instanceof Filter) expect(typeof filter.matches(current, analysis)).toBe('boolean')
        else expect(filter).toBeInstanceOf(Failure)
      }),
      { numRuns: 3000 },
    )
  })
})
