import type { Engine } from '../engine/engine.ts'
import type { Current } from './current.ts'
import { DecodedPacket } from './decoded-packet.ts'
import type { FlowBounds } from './flow-memory.ts'
import { Flows } from './flows.ts'

/**
 * Hands packets to the engine, in file order, which keeps for every flow what a verdict needs. Those that the engine finds
 * in a batch by itself, plain segments, it follows by itself: this is for the packets that the program has decoded.
 */
export class FlowTracker {
  readonly flows: Flows
  readonly #engine: Engine
  readonly #packet: DecodedPacket

  constructor(engine: Engine, bounds?: FlowBounds) {
    this.flows = new Flows(engine, bounds)
    this.#engine = engine
    this.#packet = new DecodedPacket(engine, this.flows.table)
  }

  /** Takes one whole TCP packet, and says in `current` which flow and side it belongs to; -1 where that is not followed. */
  observe(current: Current): void {
    this.#hand(current)
    this.#engine.followDecoded()
    this.#packet.read(current)
  }

  /** An ICMP error: belongs to the flow whose segment it quotes, and to none if that was never seen. */
  observeQuoted(current: Current): void {
    this.#hand(current)
    this.#engine.followQuoted(current.packet.icmpType * 256 + current.packet.icmpCode)
    this.#packet.read(current)
  }

  /**
   * Takes a header whose length is impossible. Wireshark numbers a stream for it: its flow gets a row, so that the
   * numbers of those behind it agree, and no packet.
   */
  reserve(current: Current): void {
    this.#hand(current)
    this.#engine.reserveFlow()
  }

  #hand(current: Current): void {
    if (this.#engine.needsRoom() !== 0) this.flows.reserve()
    this.#packet.write(current)
  }
}
