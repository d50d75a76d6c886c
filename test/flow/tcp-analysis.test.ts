import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analysisNames } from '../../src/flow/analysis/analysis-flag.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { Segments, scene, type Told } from '../support/segments.ts'

const WINDOW_SCALE_7 = [1, 3, 3, 7]
const OPENED: readonly Told[] = [
  { way: '>', flags: 'S', seq: 100, at: 0 },
  { way: '<', flags: 'SA', seq: 500, ack: 101, at: 10 },
  { way: '>', flags: 'A', seq: 101, ack: 501, at: 20 },
]

/** Flags of each segment after the handshake, in Wireshark's names. */
function analyse(told: readonly Told[], opening: readonly Told[] = OPENED): string[] {
  const segments = new Segments()
  const analysis = new TcpAnalysis()
  for (const each of opening) analysis.visit(segments.next(each))
  return told.map((each) => {
    analysis.visit(segments.next(each))
    return analysisNames(analysis.flags).join(' ')
  })
}

describe('TcpAnalysis', () => {
  it.each([
    ['in order', '> PA seq 101 ack 501 length 10\n< A seq 501 ack 111', ['', '']],
    [
      'sent again after a time-out',
      '> PA seq 101 ack 501 length 10 at 30\n> PA seq 101 ack 501 length 10 at 300',
      ['', 'retransmission'],
    ],
    [
      'sent again although it was acknowledged',
      '> PA seq 101 ack 501 length 10\n< A seq 501 ack 111\n> PA seq 101 ack 501 length 10',
      ['', '', 'retransmission spurious_retransmission'],
    ],
    [
      'a gap that is filled within a round trip',
      '> A seq 101 ack 501 length 10 at 30\n> A seq 121 ack 501 length 10 at 31\n> A seq 111 ack 501 length 10 at 32',
      ['', 'lost_segment', 'out_of_order'],
    ],
    [
      'a gap that is filled later than a round trip',
      '> A seq 101 ack 501 length 10 at 30\n> A seq 121 ack 501 length 10 at 31\n> A seq 111 ack 501 length 10 at 60',
      ['', 'lost_segment', 'retransmission'],
    ],
    [
      'two duplicate ACKs and what they ask for',
      `> A seq 101 ack 501 length 10 at 30
       > A seq 121 ack 501 length 10 at 31
       < A seq 501 ack 111 at 40
       < A seq 501 ack 111 at 41
       < A seq 501 ack 111 at 42
       > A seq 111 ack 501 length 10 at 61`,
      ['', 'lost_segment', '', 'duplicate_ack', 'duplicate_ack', 'fast_retransmission retransmission'],
    ],
    [
      'an ACK of bytes that were not seen',
      '< A seq 501 ack 111\n< A seq 501 ack 111',
      ['ack_lost_segment', 'duplicate_ack'],
    ],
    [
      'a keep-alive and its answer',
      '> PA seq 101 ack 501 length 10\n< A seq 501 ack 111\n> A seq 110 ack 501\n< A seq 501 ack 111',
      ['', '', 'keep_alive', 'keep_alive_ack'],
    ],
    [
      'a keep-alive with a byte: no retransmission',
      '> PA seq 101 ack 501 length 10\n< A seq 501 ack 111\n> A seq 110 ack 501 length 1',
      ['', '', 'keep_alive'],
    ],
    [
      'a window that closes, a probe, its answer, and the opening',
      `> PA seq 101 ack 501 length 10
       < A seq 501 ack 111 window 0
       > A seq 111 ack 501 length 1
       < A seq 501 ack 111 window 0
       < A seq 501 ack 111 window 500`,
      ['', 'zero_window', 'zero_window_probe', 'zero_window_probe_ack', 'window_update'],
    ],
    ['a FIN sent again', '> FA seq 101 ack 501 at 30\n> FA seq 101 ack 501 at 400', ['', 'retransmission']],
  ])('names %s', (_name, text, names) => {
    // An ACK of unseen bytes is flagged where it is the first; zero windows keep their flag beside a probe's answer.
    const found = analyse(scene(text))
    expect(found.map((flags) => flags.replace('zero_window zero_window_probe_ack', 'zero_window_probe_ack'))).toEqual(
      names,
    )
  })

  it('takes a SYN on known ports with another number for another connection', () => {
    expect(analyse([{ way: '>', flags: 'S', seq: 9999, reused: true }], [])).toEqual(['reused_ports'])
  })

  it('takes the same SYN again for a retransmission', () => {
    expect(analyse([{ way: '>', flags: 'S', seq: 100, at: 500 }], [{ way: '>', flags: 'S', seq: 100, at: 0 }])).toEqual(
      ['retransmission'],
    )
  })

  it('scales windows by what both SYNs offered, and never those of SYNs', () => {
    const windows = (client: readonly number[], server: readonly number[]) => {
      const segments = new Segments()
      const analysis = new TcpAnalysis()
      const [syn, synAck, ack] = OPENED
      return [{ ...syn!, options: client }, { ...synAck!, options: server }, ack!].map((told) => {
        analysis.visit(segments.next(told))
        return analysis.window
      })
    }
    expect(windows(WINDOW_SCALE_7, WINDOW_SCALE_7)).toEqual([1000, 1000, 128_000])
    expect(windows(WINDOW_SCALE_7, [])).toEqual([1000, 1000, 1000])
    expect(windows([], WINDOW_SCALE_7)).toEqual([1000, 1000, 1000])
  })

  it('calls a window full that the payload reaches the edge of, scaled', () => {
    const [syn, synAck, ack] = OPENED
    const opening = [{ ...syn!, options: WINDOW_SCALE_7 }, { ...synAck!, options: WINDOW_SCALE_7 }, ack!]
    const full: Told[] = [
      { way: '<', flags: 'A', seq: 501, ack: 101, window: 2 },
      { way: '>', flags: 'A', seq: 101, ack: 501, length: 256 },
    ]
    expect(analyse(full, opening)).toEqual(['window_update', 'window_full'])
  })

  it('measures round trips, bytes in flight and what a retransmission repeats', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    for (const told of OPENED) analysis.visit(segments.next(told))
    expect(analysis).toMatchObject({ seq: 1, ack: 1, acksFrame: 2, ackRtt: 10e6, initialRtt: 20e6 })
    analysis.visit(segments.next({ way: '>', flags: 'A', seq: 101, ack: 501, length: 100, at: 30 }))
    analysis.visit(segments.next({ way: '>', flags: 'PA', seq: 201, ack: 501, length: 50, at: 31 }))
    expect(analysis).toMatchObject({ bytesInFlight: 150, pushBytesSent: 150 })
    analysis.visit(segments.next({ way: '<', flags: 'A', seq: 501, ack: 201, at: 45 }))
    expect(analysis).toMatchObject({ acksFrame: 4, ackRtt: 15e6 })
    analysis.visit(segments.next({ way: '>', flags: 'PA', seq: 201, ack: 501, length: 50, at: 331 }))
    expect(analysis).toMatchObject({ rtoFrame: 5, rto: 300e6, bytesInFlight: 50, pushBytesSent: 50 })
  })

  it('counts bytes in flight and answers where segments lie before the number that is shown as 0', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    for (const told of OPENED) analysis.visit(segments.next(told))
    analysis.visit(segments.next({ way: '<', flags: 'A', seq: 481, ack: 101, length: 30, at: 30 }))
    analysis.visit(segments.next({ way: '<', flags: 'PA', seq: 511, ack: 101, length: 10, at: 31 }))
    analysis.visit(segments.next({ way: '>', flags: 'A', seq: 101, ack: 501, at: 32 }))
    analysis.visit(segments.next({ way: '<', flags: 'A', seq: 521, ack: 101, length: 10, at: 33 }))
    expect(analysis.bytesInFlight).toBe(30)
    analysis.visit(segments.next({ way: '<', flags: 'A', seq: 498, ack: 101, length: 1, at: 34 }))
    analysis.visit(segments.next({ way: '>', flags: 'A', seq: 101, ack: 499, at: 35 }))
    expect(analysis.acksFrame).toBe(8)
  })

  it('counts bytes in flight on from the number of a later SYN-ACK', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    for (const told of OPENED) analysis.visit(segments.next(told))
    analysis.visit(segments.next({ way: '<', flags: 'PA', seq: 501, ack: 101, length: 20, at: 30 }))
    analysis.visit(segments.next({ way: '<', flags: 'SA', seq: 520, ack: 101, at: 31 }))
    analysis.visit(segments.next({ way: '<', flags: 'PA', seq: 521, ack: 101, length: 10, at: 32 }))
    // Counted from the new base without a sign, as Wireshark does: the 19 bytes before it are the far end.
    expect([analysis.seq, analysis.bytesInFlight]).toEqual([1, 11])
  })

  it('knows a probe of a closed window that Wireshark names a keep-alive', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    const probe = scene(`> PA seq 101 ack 501 length 10\n< A seq 501 ack 111 window 0\n> A seq 110 ack 501`)
    for (const told of [...OPENED, ...probe]) analysis.visit(segments.next(told))
    expect(analysisNames(analysis.flags)).toEqual(['keep_alive'])
    expect(analysis.reading()).toMatchObject({ name: 'zero_window_probe' })
    expect(analysis.reading()?.because).toContain('frame 5')
  })

  it('knows the first answer to a keep-alive that Wireshark names a window update', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    const keepAlive = scene(`> A seq 100 ack 501 at 5000\n< A seq 501 ack 101 window 8 at 5001`)
    const opening = OPENED.map((told) => (told.flags.includes('S') ? { ...told, options: WINDOW_SCALE_7 } : told))
    for (const told of [...opening, ...keepAlive]) analysis.visit(segments.next(told))
    expect(analysisNames(analysis.flags)).toEqual(['window_update'])
    expect(analysis.reading()).toMatchObject({ name: 'keep_alive_ack' })
    expect(analysis.reading()?.because).toContain('8 shifted by 7 = 1024')
  })

  it('knows payload that the capture recorded behind its acknowledgment', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    const swapped = scene(`< PA seq 501 ack 111 length 5\n> PA seq 101 ack 506 length 10\n< A seq 506 ack 121`)
    const readings = [...OPENED, ...swapped].map((told) => {
      analysis.visit(segments.next(told))
      return analysis.reading()?.name
    })
    expect(readings.slice(3)).toEqual([undefined, 'recorded_after_its_ack', 'recorded_before_its_cause'])
    expect(analysis.reading()?.because).toContain('of 1 earlier acknowledgments of unseen bytes')
  })

  it('gives no reading to a real retransmission and a real keep-alive', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    const real = scene(`> PA seq 101 ack 501 length 10\n< A seq 501 ack 111
      > PA seq 101 ack 501 length 10\n> A seq 110 ack 501`)
    const readings = [...OPENED, ...real].map((told) => {
      analysis.visit(segments.next(told))
      return analysis.reading()
    })
    expect(readings.every((reading) => reading === null)).toBe(true)
  })
})

describe('the laws of the sequence arithmetic', () => {
  const number = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
  const story = fc.array(
    fc.record({
      way: fc.constantFrom('>' as const, '<' as const),
      flags: fc.constantFrom('A', 'PA', 'FA', 'RA'),
      seq: fc.integer({ min: 1, max: 60 }),
      ack: fc.integer({ min: 1, max: 60 }),
      length: fc.integer({ min: 0, max: 9 }),
      window: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 30 },
  )

  const seen = (told: readonly Told[], flow = 0, analysis = new TcpAnalysis(), segments = new Segments()) =>
    told.map((each) => {
      analysis.visit(segments.next(each, flow))
      const { flags, seq, ack, window, bytesInFlight, acksFrame, rtoFrame } = analysis
      return { flags, seq, ack, window, bytesInFlight, acksFrame, rtoFrame }
    })

  /** Zero stands for "none" in Wireshark's analysis: no law holds there. */
  const shifted = (told: readonly Told[], by: number, other: number): Told[] =>
    told.map((each) => ({
      ...each,
      seq: ((each.way === '>' ? by : other) + each.seq!) | 0,
      ack: ((each.way === '>' ? other : by) + each.ack!) | 0,
    }))
  const nowhereZero = (told: readonly Told[]) =>
    told.every(({ seq, ack, length }) => {
      const around = [seq!, ack!, (seq! + length!) | 0, (seq! + length! + 1) | 0]
      return around.every((each) => each !== 0)
    })

  it('gives the same flags wherever the sequence numbers start, across the wrap too', () => {
    fc.assert(
      fc.property(story, number, number, (told, by, other) => {
        const moved = shifted(told, by, other)
        fc.pre(nowhereZero(moved))
        expect(seen(moved)).toEqual(seen(told))
      }),
    )
  })

  it('judges a flow the same whatever another flow does between its segments', () => {
    fc.assert(
      fc.property(story, story, (told, between) => {
        const analysis = new TcpAnalysis()
        const segments = new Segments()
        const foreign = new Segments()
        const alone = seen(told)
        const mixed = told.flatMap((each, i) => {
          const rest = between[i]
          if (rest !== undefined) analysis.visit(foreign.next(rest, 1))
          return seen([each], 0, analysis, segments)
        })
        expect(mixed).toEqual(alone)
      }),
    )
  })
})

describe('hostile captures', () => {
  const MANY = 200_000

  it('reads random sequence numbers in time that grows with their count', () => {
    const time = (count: number) => {
      const segments = new Segments()
      const analysis = new TcpAnalysis()
      let state = 1
      const random = () => {
        state = Math.imul(state, 1664525) + 1013904223
        return state | 0
      }
      const before = performance.now()
      for (let i = 0; i < count; i++)
        analysis.visit(
          segments.next({ way: random() < 0 ? '>' : '<', flags: 'A', seq: random(), ack: random(), length: 100 }),
        )
      return performance.now() - before
    }
    time(MANY / 10)
    expect(time(MANY)).toBeLessThan(Math.max(time(MANY / 10), 10) * 60)
  })

  it('shortens a list in disorder that each ACK reaches into, and counts what it dropped', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    for (let i = 0; i < 3000; i++) {
      const seq = 1_000_000 + (Math.imul(i, 0x9e3779b1) >>> 12)
      analysis.visit(segments.next({ way: '>', flags: 'A', seq, ack: 1, length: 100 }))
      analysis.visit(segments.next({ way: '<', flags: 'A', seq: 1, ack: 2000 + i }))
    }
    expect(analysis.dropped).toBe(3000 - 128)
  })

  it('keeps a bounded list of what nobody acknowledges, and counts what it dropped', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    for (let i = 0; i < 15_000; i++)
      analysis.visit(segments.next({ way: '>', flags: 'A', seq: 1000 + i * 10, ack: 1, length: 10 }))
    expect(analysis.dropped).toBe(5_000)
    expect(analysis.bytesInFlight).toBe(100_000)
  })

  it('counts 65 535 keep-alives as keep-alives', () => {
    const segments = new Segments()
    const analysis = new TcpAnalysis()
    for (const told of OPENED) analysis.visit(segments.next(told))
    let keepAlives = 0
    for (let i = 0; i < 65_535; i++) {
      analysis.visit(segments.next({ way: '>', flags: 'A', seq: 100, ack: 501 }))
      if (analysisNames(analysis.flags).includes('keep_alive')) keepAlives++
    }
    expect(keepAlives).toBe(65_535)
  })
})
