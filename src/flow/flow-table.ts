import type { Engine } from '../engine/engine.ts'
import { RegionNumber } from '../engine/memory-map.ts'
import type { Packet } from '../packet/packet.ts'
import { AddressTable } from './address-table.ts'
import { Region } from './region.ts'
import { ROW_WORDS, Row, SIDE_WORDS } from './row.ts'

/**
 * Finds a packet's flow. A flow is its row, a row is its stream number: both count from 0 in order of first packets,
 * as Wireshark's tcp.stream does. Rows lie in one array, a row's words side by side (see `Row`): at 200 k flows that is
 * 2 to 3 times faster than an array per column, because a packet touches two cache lines and not a dozen.
 */
export class FlowTable extends Region {
  readonly addresses = new AddressTable()
  readonly slots: Slots
  readonly #engine: Engine

  constructor(engine: Engine) {
    super(engine, RegionNumber.ROWS, ROW_WORDS * 4)
    this.slots = new Slots(engine)
    this.#engine = engine
  }

  /** Hash of the packet's two ends, the same in both directions. */
  hash(packet: Packet): number {
    const address = packet.address
    let a = address[0]!
    let b = address[4]!
    if (packet.ipVersion === 6) {
      a = this.#number(address, 0)
      b = this.#number(address, 4)
    }
    return this.#engine.hashOf(a, packet.sourcePort, b, packet.destinationPort)
  }

  /** The number of an IPv6 address, which the engine is told, too: so it knows the address in further segments. */
  #number(address: Int32Array, at: number): number {
    const number = this.addresses.number(address, at)
    this.#engine.rememberAddress(address[at]!, address[at + 1]!, address[at + 2]!, address[at + 3]!, number)
    return number
  }
}

/** Pairs of hash and row + 1, open addressing, at most half full: `count` of them, a power of two, are in use. */
export class Slots extends Region {
  constructor(engine: Engine) {
    super(engine, RegionNumber.SLOTS, 8)
  }
}

/** Where a side's block starts, in words. */
export const sideBase = (row: number, side: number): number => row * ROW_WORDS + Row.SIDES + side * SIDE_WORDS
