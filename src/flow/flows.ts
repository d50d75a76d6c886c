import type { Engine } from '../engine/engine.ts'
import { ConnStates } from './conn-state.ts'
import type { Current } from './current.ts'
import { DOSSIER_WORDS, Dossier, Dossiers } from './dossier.ts'
import { FlowMemory, hasRoom } from './flow-memory.ts'
import { FlowTable, sideBase } from './flow-table.ts'
import type { Region } from './region.ts'
import { ROW_WORDS, Row, Side, State } from './row.ts'
import { type Signal, SignalLog } from './signal-log.ts'

/** Everything kept of all flows of a run. Grows with flows, not with packets. */
export class Flows {
  readonly engine: Engine
  readonly table: FlowTable
  readonly dossiers: Dossiers
  readonly signals = new SignalLog()
  readonly connStates: ConnStates
  /** Packets that some capture holds twice. */
  duplicates = 0
  /** Packets recorded after what answers them: a SYN after its SYN-ACK, data after its acknowledgment. */
  inversions = 0

  /** Segments of connections that are not followed, because the bound of memory was reached before they began. */
  unfollowed = 0
  readonly #memory: FlowMemory
  readonly #mostBytes: number

  /** `mostBytes` bounds what is kept of all flows together. */
  constructor(engine: Engine, mostBytes = Number.POSITIVE_INFINITY) {
    this.engine = engine
    this.table = new FlowTable(engine)
    this.dossiers = new Dossiers(engine)
    this.connStates = new ConnStates(this.table, this)
    this.#memory = new FlowMemory(engine, this.table, [this.dossiers])
    this.#mostBytes = mostBytes
  }

  /** Memory that is in use for flows. Grown in steps, it may be reserved for more; what is not used yet is not touched. */
  get bytesUsed(): number {
    const { table, dossiers, signals, connStates } = this
    return table.bytesUsed + table.slots.bytesUsed + dossiers.bytesUsed + signals.bytesUsed + connStates.bytesUsed
  }

  /** True where no further flow may begin. Those that have begun are followed to their end. */
  get isFull(): boolean {
    return !hasRoom(this.table) || this.bytesUsed >= this.#mostBytes
  }

  /** Gives records beside rows and dossiers room in the memory, those `perRow` one for each row. False where there is none. */
  add(perRow: readonly Region[], others: readonly Region[] = []): boolean {
    return this.#memory.add(perRow, others)
  }

  /** Makes room for what one packet may add, where there is any: rows, dossiers and others may lie elsewhere then. */
  reserve(): void {
    this.#memory.reserve()
  }

  /** The flow's dossier as an offset into the dossiers' words; opened if there is none. */
  dossier(row: number): number {
    const words = this.table.words
    const base = row * ROW_WORDS
    const number = words[base + Row.DOSSIER]!
    return (number === 0 ? this.#open(row) : number) * DOSSIER_WORDS
  }

  /** Whether the flow has a dossier, or can get one. */
  hasDossier(row: number): boolean {
    return this.table.words[row * ROW_WORDS + Row.DOSSIER] !== 0 || hasRoom(this.dossiers)
  }

  /** Keeps a fact about the current packet's flow. */
  signal(current: Current, kind: Signal, value: number): void {
    this.signals.append(this.table.words, current, kind, value)
  }

  /** 0 or 1: which side of the flow is the client. */
  clientSide(row: number): number {
    return (this.table.words[row * ROW_WORDS + Row.STATE]! & State.CLIENT_B) === 0 ? 0 : 1
  }

  /** The sequence number before the side's first byte. */
  baseSequence(row: number, side: number): number {
    const number = this.table.words[row * ROW_WORDS + Row.DOSSIER]!
    if (number !== 0) return this.dossiers.words[number * DOSSIER_WORDS + Dossier.BASE_SEQ + side]!
    return (this.table.words[sideBase(row, side) + Side.NEXT_SEQ]! - 1) | 0
  }

  /** The sequence number of the side's FIN, which is the last one that it sent. */
  finSequence(row: number, side: number): number {
    return (this.table.words[sideBase(row, side) + Side.NEXT_SEQ]! - 1) | 0
  }

  /** Counts a SYN or payload that the side sent again. */
  retransmitted(row: number, side: number): void {
    const number = this.table.words[row * ROW_WORDS + Row.DOSSIER]!
    if (number === 0) this.table.words[sideBase(row, side) + Side.SEGMENTS]!++
    else this.dossiers.words[number * DOSSIER_WORDS + Dossier.RETRANSMISSIONS + side]!++
  }

  /** Moves in what the row had to hold as long as only SYNs were seen. */
  #open(row: number): number {
    this.reserve()
    if (!hasRoom(this.dossiers)) return 0
    const words = this.table.words
    const base = row * ROW_WORDS
    const number = this.dossiers.open()
    const dossier = number * DOSSIER_WORDS
    const state = words[base + Row.STATE]!
    for (let side = 0; side < 2; side++) {
      const own = sideBase(row, side)
      this.dossiers.words[dossier + Dossier.BASE_SEQ + side] = (words[own + Side.NEXT_SEQ]! - 1) | 0
      this.dossiers.words[dossier + Dossier.RETRANSMISSIONS + side] = words[own + Side.SEGMENTS]!
      words[own + Side.SEGMENTS] = 0
      if ((state & (State.SYN << side)) === 0) continue
      this.dossiers.words[dossier + Dossier.SYN_SHAPE + side] = words[own + Side.ACK]!
      this.dossiers.words[dossier + Dossier.SYN_OPTIONS + side] = words[own + Side.PAYLOAD]!
      words[own + Side.ACK] = 0
      words[own + Side.PAYLOAD] = 0
    }
    words[base + Row.DOSSIER] = number
    return number
  }
}
