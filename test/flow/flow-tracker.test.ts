import { describe, expect, it } from 'vitest'
import { startEngine } from '../../src/engine/start-engine.ts'
import { Current } from '../../src/flow/current.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { State } from '../../src/flow/row.ts'
import { Flag, Protocol } from '../../src/packet/packet.ts'
import { Segments, scene } from '../support/segments.ts'

const OPENED = `
  > S seq 99 at 0
  < SA seq 499 ack 100 at 1
  > A seq 100 ack 500 at 2
`

function tracked(text: string) {
  const tracker = new FlowTracker(startEngine())
  const segments = new Segments()
  const rows = scene(text).map((told) => {
    const current = segments.next(told)
    tracker.observe(current)
    return current.flow
  })
  return { flows: tracker.flows, rows, flow: new FlowView(tracker.flows).at(0) }
}

describe('FlowTracker', () => {
  it('takes a SYN with another number on known ports for a new connection', () => {
    expect(tracked('> S seq 99\n< RA ack 100\n> S seq 7000\n< SA seq 3 ack 7001').rows).toEqual([0, 0, 1, 1])
  })

  it.each([
    ['a RST tells where it stood', '< RA ack 100\n> S seq 7000', [0, 1]],
    ['a RST acknowledged the same number', '< RA ack 100\n> S seq 99', [0, 0]],
    ['its peer acknowledged another number', '< A seq 500 ack 100\n> S seq 7000', [0, 1]],
    ['its own FIN was the first of it', '> FA seq 100 ack 500\n> S seq 7000', [0, 1]],
    [
      'a SYN-ACK took its peer to that number',
      '> S seq 99\n< SA seq 499 ack 100\n< SA seq 900 ack 100\n< S seq 900',
      [0, 0, 0, 0],
    ],
    ['payload followed its SYN at once', '> S seq 99\n> PA seq 100 ack 500 length 44\n> S seq 99', [0, 0, 0]],
  ])('knows whether a SYN is another connection where %s', (_, text, rows) => {
    expect(tracked(text).rows).toEqual(rows)
  })

  it('knows what was acknowledged where payload followed the SYN at once', () => {
    const { flow } = tracked('> S seq 99\n> PA seq 100 ack 500 length 44\n< A seq 500 ack 144')
    expect(flow.acknowledged(0)).toBe(44)
  })

  it('counts payload that came with the SYN, which takes the number before it', () => {
    const { flow } = tracked(
      '> S seq 99 length 44\n< SA seq 499 ack 144\n> PA seq 144 ack 500 length 44\n< A seq 500 ack 188',
    )
    expect([flow.payload(0), flow.acknowledged(0), flow.hasUnseen(0), flow.missing(0)]).toEqual([88, 88, false, 0])
  })

  it('takes the same SYN again for a retransmission', () => {
    const { rows, flow } = tracked('> S seq 99 at 0\n> S seq 99 at 1000\n> S seq 99 at 3000')
    expect(rows).toEqual([0, 0, 0])
    expect(flow.retransmissions(0)).toBe(2)
  })

  it('counts payload once, and what is sent again as retransmission', () => {
    const { flow } = tracked(`${OPENED}
      > PA seq 100 ack 500 length 44 at 10
      > PA seq 100 ack 500 length 44 at 310
      < A seq 500 ack 144 at 311`)
    expect([flow.payload(0), flow.segments(0), flow.retransmissions(0), flow.acknowledged(0)]).toEqual([44, 1, 1, 44])
  })

  it('takes late segments that fill a hole for first transmissions', () => {
    const { flow } = tracked(`${OPENED}
      > PA seq 110 ack 500 length 10 at 10
      > PA seq 100 ack 500 length 10 at 11
      < A seq 500 ack 120 at 12`)
    expect([flow.payload(0), flow.retransmissions(0), flow.missing(0), flow.hasUnseen(0)]).toEqual([20, 0, 0, false])
  })

  it('takes late segments that fill an older hole for first transmissions, too, and those that were acknowledged for none', () => {
    const { flow } = tracked(`${OPENED}
      > PA seq 110 ack 500 length 10 at 10
      > PA seq 130 ack 500 length 10 at 11
      > PA seq 100 ack 500 length 10 at 210
      < A seq 500 ack 120 at 211
      > PA seq 120 ack 500 length 10 at 220
      < A seq 500 ack 140 at 221
      > PA seq 100 ack 500 length 10 at 420`)
    expect([flow.payload(0), flow.missing(0), flow.hasUnseen(0), flow.retransmissions(0)]).toEqual([40, 0, false, 1])
  })

  it('knows bytes that the receiver got and the capture did not', () => {
    const { flow } = tracked(`${OPENED}
      > PA seq 110 ack 500 length 10 at 10
      < A seq 500 ack 120 at 12`)
    expect([flow.missing(0), flow.hasUnseen(0)]).toEqual([10, true])
  })

  it('takes a keep-alive for a keep-alive, with a byte of payload or without', () => {
    for (const length of [0, 1]) {
      const { flow } = tracked(`${OPENED}
        > PA seq 100 ack 500 length 44 at 10
        < A seq 500 ack 144 at 11
        > A seq 143 ack 500 length ${length} at 9000`)
      expect([flow.keepAlives, flow.retransmissions(0), flow.unanswered]).toEqual([1, 0, 1])
    }
  })

  it('takes a probe of a closed window for a probe, and knows since when it is closed', () => {
    const { flow } = tracked(`${OPENED}
      > PA seq 100 ack 500 length 44 at 10
      < A seq 500 ack 144 window 0 at 11
      > A seq 143 ack 500 length 0 at 300
      > A seq 144 ack 500 length 1 at 700`)
    expect([flow.zeroWindows, flow.zeroSince, flow.probes, flow.keepAlives]).toEqual([1, 11e6, 2, 0])
  })

  it('counts data that was recorded after its acknowledgment, and no loss', () => {
    const { flows, flow } = tracked(`${OPENED}
      < A seq 500 ack 144 at 10
      > PA seq 100 ack 500 length 44 at 10`)
    expect([flows.inversions, flow.retransmissions(0), flow.hasUnseen(0)]).toEqual([1, 0, false])
  })

  it('knows the client from a SYN-ACK that was recorded first', () => {
    const { flow } = tracked('< SA seq 499 ack 100\n> S seq 99\n> A seq 100 ack 500')
    expect([flow.port(flow.client), flow.has(State.HANDSHAKE)]).toEqual([50000, true])
  })

  it('acknowledges across the wrap of sequence numbers', () => {
    const { flow } = tracked(`
      > S seq 4294967290
      < SA seq 4294967294 ack 4294967291
      > PA seq 4294967291 ack 4294967295 length 44
      < A seq 4294967295 ack 39`)
    expect([flow.payload(0), flow.acknowledged(0)]).toEqual([44, 44])
  })
})

describe('numbers of IPv6 addresses', () => {
  /** A SYN to one server, each from a client of its own. */
  function synFrom(client: number): Current {
    const current = new Current()
    const { packet } = current
    packet.protocol = Protocol.TCP
    packet.ipVersion = 6
    packet.address[3] = client
    packet.address[7] = 0x7fff_ffff
    packet.sourcePort = 50_000
    packet.destinationPort = 9000
    packet.flags = Flag.SYN
    return current
  }

  it('are given to no more clients than connections may begin', () => {
    const tracker = new FlowTracker(startEngine(), { mostBytes: 1 << 20 })
    const { flows } = tracker
    for (let client = 0; client < 20_000; client++) tracker.observe(synFrom(client))
    expect(flows.unfollowed).toBeGreaterThan(0)
    expect(flows.unfollowed + flows.table.count).toBe(20_000)
    expect(flows.table.addresses.count).toBe(flows.table.count + 1)
    expect(flows.bytesUsed).toBeLessThan(2 << 20)
  })

  it('are not given to those that only an ICMP error quotes', () => {
    const tracker = new FlowTracker(startEngine())
    for (let client = 0; client < 1000; client++) {
      const current = synFrom(client)
      current.packet.quoted = true
      tracker.observeQuoted(current)
      expect(current.flow).toBe(-1)
    }
    expect(tracker.flows.table.addresses.count).toBe(0)
  })
})
