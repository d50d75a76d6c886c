import { MOST_PAGES, PAGE, WINDOW_END } from '../engine/columns.ts'
import type { Engine } from '../engine/engine.ts'
import { DOSSIER_WORDS } from './dossier.ts'
import type { FlowTable } from './flow-table.ts'
import type { Region } from './region.ts'
import { ROW_WORDS } from './row.ts'

const ROW_BYTES = ROW_WORDS * 4
const DOSSIER_BYTES = DOSSIER_WORDS * 4
/** A hash and a row's number. */
const SLOT_BYTES = 8

const FIRST_ROWS = 1024
const FIRST_DOSSIERS = 256
/** Memory that is not touched costs nothing: growing in large steps saves moves, as long as there is room to address. */
const LARGE_STEP = 4
const SMALL_STEP = 1.25
const LARGE_STEPS_UP_TO = 1 << 30

/**
 * Where the flows lie in the engine's memory: slots of the hash table, rows, dossiers, one behind the other. When rows or
 * dossiers run out, what lies behind them moves up.
 */
export class FlowMemory {
  readonly #engine: Engine
  readonly #table: FlowTable
  readonly #dossiers: Region
  readonly #mostBytes: number
  #rows = 0
  #dossierCount = 0

  /** `mostBytes` is where the memory ends. */
  constructor(engine: Engine, table: FlowTable, dossiers: Region, mostBytes = MOST_PAGES * PAGE) {
    this.#engine = engine
    this.#table = table
    this.#dossiers = dossiers
    this.#mostBytes = mostBytes
    this.#lay(FIRST_ROWS, FIRST_DOSSIERS, 0, 0)
  }

  /** Makes room for one row and one dossier more than are there; false where 32 bits cannot address it. */
  reserve(rows: number, dossiers: number): boolean {
    if (rows < this.#rows && dossiers < this.#dossierCount) return true
    return this.#grow(rows, dossiers)
  }

  #grow(rows: number, dossiers: number): boolean {
    for (const step of [LARGE_STEP, SMALL_STEP]) {
      const nextRows = rows < this.#rows ? this.#rows : Math.ceil(this.#rows * step)
      const nextDossiers = dossiers < this.#dossierCount ? this.#dossierCount : Math.ceil(this.#dossierCount * step)
      const end = layout(nextRows, nextDossiers).end
      if (end > (step === LARGE_STEP ? Math.min(LARGE_STEPS_UP_TO, this.#mostBytes) : this.#mostBytes)) continue
      this.#lay(nextRows, nextDossiers, rows, dossiers)
      return true
    }
    return false
  }

  /** Gives rows and dossiers these capacities; of both, so many are in use. */
  #lay(rows: number, dossiers: number, usedRows: number, usedDossiers: number): void {
    const { memory } = this.#engine
    const before = layout(this.#rows, this.#dossierCount)
    const after = layout(rows, dossiers)
    const missing = Math.ceil((after.end - memory.buffer.byteLength) / PAGE)
    if (missing > 0) memory.grow(missing)
    const { buffer } = memory
    const bytes = new Uint8Array(buffer)
    const rowBytes = usedRows * ROW_BYTES
    const dossierBytes = usedDossiers * DOSSIER_BYTES
    bytes.copyWithin(after.dossiers, before.dossiers, before.dossiers + dossierBytes)
    bytes.copyWithin(after.rows, before.rows, before.rows + rowBytes)
    // What others left behind; beyond it, memory has never been touched and is zero.
    const touched = this.#rows === 0 ? 0 : before.dossiers + dossierBytes
    bytes.fill(0, after.slots, after.rows)
    if (touched > after.rows + rowBytes) bytes.fill(0, after.rows + rowBytes, Math.min(after.dossiers, touched))
    this.#rows = rows
    this.#dossierCount = dossiers
    this.#table.slots = new Int32Array(buffer, after.slots, (after.rows - after.slots) >> 2)
    this.#table.place(buffer, after.rows, rows * ROW_BYTES)
    this.#dossiers.place(buffer, after.dossiers, dossiers * DOSSIER_BYTES)
    this.#engine.place(after.slots, after.rows - after.slots, after.rows, after.dossiers)
    this.#engine.insertAll(usedRows)
  }
}

/** Where everything starts, in bytes; cache lines are kept whole. */
function layout(rows: number, dossiers: number) {
  const slots = WINDOW_END
  const rowsAt = slots + SLOT_BYTES * 2 ** Math.ceil(Math.log2(Math.max(rows * 2, 1)))
  const dossiersAt = rowsAt + rows * ROW_BYTES
  return { slots, rows: rowsAt, dossiers: dossiersAt, end: dossiersAt + dossiers * DOSSIER_BYTES }
}
