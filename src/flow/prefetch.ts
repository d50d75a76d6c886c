import { Protocol } from '../packet/packet.ts'
import { Plain } from '../packet/plain-segment.ts'
import type { Current } from './current.ts'
import { DOSSIER_WORDS, Dossier } from './dossier.ts'
import { hashOf } from './flow-table.ts'
import type { Flows } from './flows.ts'
import { ROW_WORDS, Row, State } from './row.ts'

/** Packets that are decoded ahead of being observed. */
export const BATCH = 64

/** Where a dossier keeps, beyond its first line, what payload of the client needs, and a mute server's acknowledgment. */
const REQUEST = Dossier.BEAT_SIZES
const MUTE = Dossier.ACKS

/**
 * Touches the memory of the flows that the next packets are likely to belong to, before they are observed. Cache misses
 * of independent packets overlap in loops as short as these, which hold nothing but loads and hardly a branch; while
 * observing, each would be waited for. A loop per kind of memory, because each finds where the next has to look.
 */
export class Prefetch {
  /** Sum of what was read: kept, so that no compiler finds the reading useless. */
  warmth = 0
  readonly #slots = new Int32Array(BATCH)
  /** Ports as a row of side A's segments has them. */
  readonly #ports = new Int32Array(BATCH)
  readonly #rows = new Int32Array(BATCH)
  readonly #dossiers = new Int32Array(BATCH)

  /** Hashes the first `count` packets where they are TCP, guesses their rows, and touches what observing them will read. */
  touch(flows: Flows, batch: readonly Current[], count: number): void {
    const slots = this.#hash(flows, batch, count)
    this.#guess(flows, batch, count)
    this.warmth = (slots ^ this.#touchRows(flows, count) ^ this.#touchDossiers(flows, count)) | 0
  }

  #hash({ table }: Flows, batch: readonly Current[], count: number): number {
    const slots = this.#slots
    const ports = this.#ports
    for (let i = 0; i < count; i++) {
      const current = batch[i]!
      current.hash = current.segment >= 0 ? segmentHash(current) : isTcp(current) ? table.hash(current.packet) : 0
      slots[i] = table.slotOf(current.hash)
      ports[i] = current.segment >= 0 ? current.frame.bytes.getInt32(current.segment + Plain.PORTS) : 0
    }
    let warmth = 0
    for (let i = 0; i < count; i++) warmth ^= table.slots[slots[i]!]!
    return warmth
  }

  #guess({ table }: Flows, batch: readonly Current[], count: number): void {
    const rows = this.#rows
    for (let i = 0; i < count; i++) {
      const current = batch[i]!
      current.flow = current.segment >= 0 || isTcp(current) ? table.guess(current.hash) : -1
      rows[i] = Math.max(0, current.flow) * ROW_WORDS
    }
  }

  #touchRows({ table }: Flows, count: number): number {
    const rows = this.#rows
    const words = table.words
    let warmth = 0
    for (let i = 0; i < count; i++) warmth ^= words[rows[i]!]! ^ words[rows[i]! + Row.SIDES]!
    return warmth
  }

  #touchDossiers({ table, dossiers }: Flows, count: number): number {
    const rows = this.#rows
    const places = this.#dossiers
    const rowWords = table.words
    const words = dossiers.words
    const ports = this.#ports
    const spoken = State.DATA | (State.DATA << 1)
    for (let i = 0; i < count; i++) places[i] = rowWords[rows[i]! + Row.DOSSIER]! * DOSSIER_WORDS
    let warmth = 0
    for (let i = 0; i < count; i++) warmth ^= words[places[i]!]!
    for (let i = 0; i < count; i++) {
      const state = rowWords[rows[i]! + Row.STATE]!
      const fromClient = (rowWords[rows[i]! + Row.PORTS] === ports[i]) === ((state & State.CLIENT_B) === 0)
      const unspoken = (state & spoken) === spoken ? 0 : MUTE
      warmth ^= words[places[i]! + (fromClient ? REQUEST : unspoken)]!
    }
    return warmth
  }
}

const isTcp = ({ packet }: Current): boolean => packet.protocol === Protocol.TCP

function segmentHash({ frame, segment }: Current): number {
  const bytes = frame.bytes
  const ports = bytes.getInt32(segment + Plain.PORTS)
  return hashOf(
    bytes.getInt32(segment + Plain.SOURCE_ADDRESS),
    ports >>> 16,
    bytes.getInt32(segment + Plain.DESTINATION_ADDRESS),
    ports & 0xffff,
  )
}
