import { RegionNumber } from '../engine/columns.ts'
import type { Engine } from '../engine/engine.ts'
import { Flag, type Packet } from '../packet/packet.ts'
import { AddressTable } from './address-table.ts'
import { Region } from './region.ts'
import { ROW_WORDS, Row, SIDE_WORDS, State } from './row.ts'

/**
 * Finds a packet's flow. A flow is its row, a row is its stream number: both count from 0 in order of first packets,
 * as Wireshark's tcp.stream does. Rows lie in one array, a row's words side by side (see `Row`): at 200 k flows that is
 * 2 to 3 times faster than an array per column, because a packet touches two cache lines and not a dozen.
 */
export class FlowTable extends Region {
  readonly addresses = new AddressTable()
  /** Side of the packet last found: 0 where the sender of the flow's first packet sent it. */
  side = 0
  readonly slots: Slots
  #slot = 0
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
      a = this.addresses.number(address, 0)
      b = this.addresses.number(address, 4)
    }
    return this.#engine.hashOf(a, packet.sourcePort, b, packet.destinationPort)
  }

  /** Row of the packet's flow, or -1 if it has none. Sets `side`. */
  find(packet: Packet, hash: number): number {
    const address = packet.address
    let a = address[0]!
    let b = address[4]!
    if (packet.ipVersion === 6) {
      a = this.addresses.number(address, 0)
      b = this.addresses.number(address, 4)
    }
    const ports = (packet.sourcePort << 16) | packet.destinationPort
    const reversed = (packet.destinationPort << 16) | packet.sourcePort
    const version = packet.ipVersion === 6 ? State.IPV6 : 0
    const slots = this.slots.words
    const mask = this.slots.count * 2 - 2
    const words = this.words
    let slot = ((hash >>> 7) << 1) & mask
    for (let entry = slots[slot + 1]!; entry !== 0; entry = slots[slot + 1]!) {
      const base = (entry - 1) * ROW_WORDS
      if (slots[slot] === hash && (words[base + Row.STATE]! & State.IPV6) === version) {
        const forward = words[base] === a && words[base + 1] === b && words[base + 2] === ports
        if (forward || (words[base] === b && words[base + 1] === a && words[base + 2] === reversed)) {
          this.side = forward ? 0 : 1
          this.#slot = slot
          return entry - 1
        }
      }
      slot = (slot + 2) & mask
    }
    slots[slot] = hash
    this.#slot = slot
    return -1
  }

  /** Begins a flow with the packet just looked for by `find`; one of the same ends, if there was, is no longer found. */
  begin(packet: Packet): number {
    const row = this.count++
    const base = row * ROW_WORDS
    const address = packet.address
    const six = packet.ipVersion === 6
    this.words[base + Row.ADDRESS_A] = six ? this.addresses.number(address, 0) : address[0]!
    this.words[base + Row.ADDRESS_B] = six ? this.addresses.number(address, 4) : address[4]!
    this.words[base + Row.PORTS] = (packet.sourcePort << 16) | packet.destinationPort
    this.words[base + Row.STATE] = six ? State.IPV6 : 0
    this.side = 0
    const slots = this.slots.words
    const before = slots[this.#slot + 1]!
    if (before !== 0) this.words[(before - 1) * ROW_WORDS + Row.STATE]! |= State.REPLACED
    slots[this.#slot + 1] = row + 1
    return row
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

/** A SYN without ACK: somebody wants to connect. */
export const isOpening = (flags: number): boolean => (flags & (Flag.SYN | Flag.ACK)) === Flag.SYN
