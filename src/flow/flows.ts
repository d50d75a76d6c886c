import type { Engine } from '../engine/engine.ts'
import { LIMITS, Limit, Total } from '../engine/memory-map.ts'
import { OtherBeats } from './beats.ts'
import { ConnStates } from './conn-state.ts'
import { DOSSIER_WORDS, Dossier, Dossiers } from './dossier.ts'
import { type FlowBounds, FlowMemory } from './flow-memory.ts'
import { FlowTable, sideBase } from './flow-table.ts'
import { HistoryRecords } from './history-records.ts'
import { RareDossiers } from './rare-dossier.ts'
import type { Region } from './region.ts'
import { ROW_WORDS, Row, Side, State } from './row.ts'
import { SignalLog } from './signal-log.ts'
import { SynShapes } from './syn-shape.ts'

/** Everything kept of all flows of a run. The engine writes it; it grows with flows, not with packets. */
export class Flows {
  readonly engine: Engine
  readonly table: FlowTable
  readonly dossiers: Dossiers
  readonly rareDossiers: RareDossiers
  readonly otherBeats: OtherBeats
  readonly synShapes: SynShapes
  readonly signals: SignalLog
  readonly connStates: ConnStates
  readonly #histories: HistoryRecords
  readonly #memory: FlowMemory
  readonly #totals: Float64Array
  readonly #mostBytes: number

  constructor(engine: Engine, bounds: FlowBounds = {}) {
    this.engine = engine
    this.table = new FlowTable(engine)
    this.dossiers = new Dossiers(engine)
    this.rareDossiers = new RareDossiers(engine)
    this.otherBeats = new OtherBeats(engine)
    this.synShapes = new SynShapes(engine)
    this.signals = new SignalLog(engine, this.table)
    this.#histories = new HistoryRecords(engine)
    this.connStates = new ConnStates(this.table, this.#histories)
    this.#totals = new Float64Array(engine.memory.buffer, LIMITS)
    this.#mostBytes = bounds.mostBytes ?? Number.POSITIVE_INFINITY
    this.#bound()
    this.#memory = new FlowMemory(engine, this.table, this.#others, bounds)
  }

  /** What is kept beside rows and slots. */
  get #others(): Region[] {
    return [this.signals, this.dossiers, this.synShapes, this.rareDossiers, this.otherBeats, this.#histories]
  }

  /** Memory that is in use for flows. Grown in steps, it may be reserved for more; what is not used yet is not touched. */
  get bytesUsed(): number {
    const { table } = this
    const regions = [table, table.slots, ...this.#others].reduce((sum, region) => sum + region.bytesUsed, 0)
    return regions + table.addresses.bytes
  }

  /** Packets that some capture holds twice. */
  get duplicates(): number {
    return this.#totals[Total.DUPLICATES >> 3]!
  }

  /** Gives records beside rows and dossiers room in the memory, those `perRow` one for each row. False where there is none. */
  add(perRow: readonly Region[], others: readonly Region[] = []): boolean {
    return this.#memory.add(perRow, others)
  }

  /** Packets recorded after what answers them: a SYN after its SYN-ACK, data after its acknowledgment. */
  get inversions(): number {
    return this.#totals[Total.INVERSIONS >> 3]!
  }

  /** Segments of connections that are not followed, because the bound of memory was reached before they began. */
  get unfollowed(): number {
    return this.#totals[Total.UNFOLLOWED >> 3]!
  }

  /** Signals not kept because all flows together had too many. */
  get droppedSignals(): number {
    return this.#totals[Total.DROPPED_SIGNALS >> 3]!
  }

  /** Makes room for what the next packet may add, where there is any: everything may lie elsewhere then. */
  reserve(): void {
    this.#memory.reserve()
    this.#bound()
  }

  /** The engine may use for flows what addresses of IPv6 leave. */
  #bound(): void {
    this.#totals[Limit.MOST_BYTES >> 3] = this.#mostBytes - this.table.addresses.bytes
  }

  /** The flow's dossier as an offset into the dossiers' words; 0, which reads as zeros, if it has none. */
  dossier(row: number): number {
    return this.table.words[row * ROW_WORDS + Row.DOSSIER]! * DOSSIER_WORDS
  }

  /** 0 or 1: which side of the flow is the client. */
  clientSide(row: number): number {
    return (this.table.words[row * ROW_WORDS + Row.STATE]! & State.CLIENT_B) === 0 ? 0 : 1
  }

  /** The sequence number before the side's first byte. */
  baseSequence(row: number, side: number): number {
    const dossier = this.dossier(row)
    if (dossier !== 0) return this.dossiers.words[dossier + Dossier.BASE_SEQ + side]!
    return (this.table.words[sideBase(row, side) + Side.NEXT_SEQ]! - 1) | 0
  }
}
