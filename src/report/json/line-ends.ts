import { BATCH, ENDS, ENDS_WORDS } from '../../engine/memory-map.ts'
import type { AddressTable } from '../../flow/address-table.ts'
import type { FlowTable } from '../../flow/flow-table.ts'
import type { Flows } from '../../flow/flows.ts'
import { ROW_WORDS, Row, State } from '../../flow/row.ts'

/** Words of an IPv6 address. */
const ADDRESS_WORDS = ENDS_WORDS / 2

/** Gives the engine the IPv6 addresses of the flows whose lines it writes: rows hold only numbers, and it lacks the table. */
export class LineEnds {
  readonly #table: FlowTable
  readonly #addresses: AddressTable
  readonly #ends: Int32Array

  constructor({ engine, table }: Flows) {
    this.#table = table
    this.#addresses = table.addresses
    this.#ends = new Int32Array(engine.memory.buffer, ENDS, BATCH * ENDS_WORDS)
  }

  /** Hands over the addresses of the flow in a row; call it before its line is written. */
  handOver(row: number): void {
    const { words } = this.#table
    const base = row * ROW_WORDS
    if (this.#addresses.count === 0 || (words[base + Row.STATE]! & State.IPV6) === 0) return
    const at = (row & (BATCH - 1)) * ENDS_WORDS
    for (let side = 0; side < 2; side++) this.#put(words[base + Row.ADDRESS_A + side]!, at + side * ADDRESS_WORDS)
  }

  #put(number: number, at: number): void {
    const { words } = this.#addresses
    for (let word = 0; word < ADDRESS_WORDS; word++) this.#ends[at + word] = words[number * ADDRESS_WORDS + word]!
  }
}
