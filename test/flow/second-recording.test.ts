import { describe, expect, it } from 'vitest'
import { State } from '../../src/flow/row.ts'
import type { Packet } from '../../src/packet/packet.ts'
import { followed, onlyFlow } from '../support/one-flow.ts'
import { scene } from '../support/segments.ts'

const OPENED = `
  > S seq 99 at 0
  < SA seq 499 ack 100
  > A seq 100 ack 500`

/** Of a loopback interface: there is no identification, and the checksum, which nobody fills in, tells the length only. */
function overIpv6(packet: Packet): void {
  packet.ipVersion = 6
  packet.checksum = 0x1c + packet.payloadLength
}

const overLoopback = (text: string) => onlyFlow(followed(scene(text), overIpv6))

describe('a second recording of a SYN-ACK', () => {
  // Nothing tells two of one system apart: it has no identification, and the checksum is left to the interface.
  const alike = (packet: Packet): void => {
    packet.checksum = 0x1c30
  }

  it('is none that answers a SYN which was repeated', () => {
    const flow = onlyFlow(
      followed(
        scene(`
          > S seq 99 at 0
          < SA seq 499 ack 100 at 0.1
          > S seq 99 at 1000
          < SA seq 499 ack 100 at 1000.1
          < SA seq 499 ack 100 at 1000.2`),
        alike,
      ),
    )
    expect([flow.retransmissions(0), flow.retransmissions(1)]).toEqual([1, 1])
  })
})

describe('a second recording of a packet over IPv6', () => {
  it('is no answer that only looks like the one before, right after its request', () => {
    const flow = overLoopback(`${OPENED}
      > PA seq 100 ack 500 length 44 at 10
      < PA seq 500 ack 144 length 22 at 10.1
      > PA seq 144 ack 522 length 44 at 510
      < PA seq 522 ack 188 length 22 at 510.1`)
    expect([flow.payload(1), flow.answered, flow.hasUnseen(1)]).toEqual([44, 2, false])
  })

  it('is no FIN and no RST that follow an acknowledgment of the same length', () => {
    const closed = overLoopback(`${OPENED}
      > FA seq 100 ack 500 at 10
      < A seq 500 ack 101 at 10.1
      < FA seq 500 ack 101 at 10.2`)
    const reset = overLoopback(`${OPENED}
      > PA seq 100 ack 500 length 44 at 10
      < A seq 500 ack 144 at 10.1
      < RA seq 500 ack 144 at 10.2`)
    expect([closed.has(State.FIN << 1), reset.has(State.RST << 1)]).toEqual([true, true])
  })

  it('adds nothing where it is one', () => {
    const flow = overLoopback(`${OPENED}
      > PA seq 100 ack 500 length 44 at 10
      > PA seq 100 ack 500 length 44 at 10.1
      < FA seq 500 ack 144 at 11
      < FA seq 500 ack 144 at 11.1`)
    expect([flow.payload(0), flow.segments(0), flow.retransmissions(0), flow.retransmissions(1)]).toEqual([44, 1, 0, 0])
  })
})
