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

/** How many flows there is room for, and where everything starts, in bytes. */
interface Layout {
  readonly rows: number
  readonly dossiers: number
  readonly rowsAt: number
  readonly dossiersAt: number
  readonly end: number
}

/**
 * Where the flows lie in the engine's memory: slots of the hash table, rows, dossiers, one behind the other. When rows or
 * dossiers run out, what lies behind them moves up.
 */
export class FlowMemory {
  readonly #engine: Engine
  readonly #table: FlowTable
  readonly #dossiers: Region
  readonly #mostBytes: number
  #layout = layoutOf(0, 0)
  /** Slots in use, a power of two; the room for them is that for twice as many as rows. */
  #slots = 0
  /** Asking again for what was refused would take longer than all else. */
  #isFull = false

  /** `mostBytes` is where the memory ends. */
  constructor(engine: Engine, table: FlowTable, dossiers: Region, mostBytes = MOST_PAGES * PAGE) {
    this.#engine = engine
    this.#table = table
    this.#dossiers = dossiers
    this.#mostBytes = mostBytes
    this.#slots = 2 * FIRST_ROWS
    const first = layoutOf(FIRST_ROWS, FIRST_DOSSIERS)
    this.#extend(first.end)
    this.#move(first, 0, 0)
  }

  /** Makes room for one row and one dossier more than are in use, as long as 32 bits can address it and there is any. */
  reserve(rows: number, dossiers: number): void {
    if (!this.#isFull && !(this.hasRow(rows) && this.hasDossier(dossiers))) this.#grow(rows, dossiers)
    if (2 * rows >= this.#slots && this.hasRow(rows)) this.#spread(rows)
  }

  /** Whether there is room for a row beside those in use. */
  hasRow(rows: number): boolean {
    return rows < this.#layout.rows
  }

  hasDossier(dossiers: number): boolean {
    return dossiers < this.#layout.dossiers
  }

  #grow(rows: number, dossiers: number): void {
    const before = this.#layout
    const grown = (used: number, room: number, step: number) => (used < room ? room : Math.ceil(room * step))
    for (const step of [LARGE_STEP, SMALL_STEP]) {
      const after = layoutOf(grown(rows, before.rows, step), grown(dossiers, before.dossiers, step))
      const bound = step === LARGE_STEP ? Math.min(LARGE_STEPS_UP_TO, this.#mostBytes) : this.#mostBytes
      if (after.end > bound || !this.#extend(after.end)) continue
      this.#move(after, rows, dossiers)
      return
    }
    this.#isFull = true
  }

  /** Takes more memory; false where the system gives none. */
  #extend(end: number): boolean {
    const { memory } = this.#engine
    const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE)
    try {
      if (missing > 0) memory.grow(missing)
      return true
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
  }

  /** Moves what is in use to where the layout has it. */
  #move(after: Layout, rows: number, dossiers: number): void {
    const before = this.#layout
    const { buffer } = this.#engine.memory
    const bytes = new Uint8Array(buffer)
    const rowBytes = rows * ROW_BYTES
    const dossierEnd = before.dossiersAt + dossiers * DOSSIER_BYTES
    bytes.copyWithin(after.dossiersAt, before.dossiersAt, dossierEnd)
    bytes.copyWithin(after.rowsAt, before.rowsAt, before.rowsAt + rowBytes)
    // What was left behind; nothing beyond it has ever been touched, so that it is zero.
    const rowEnd = after.rowsAt + rowBytes
    if (dossierEnd > rowEnd) bytes.fill(0, rowEnd, Math.min(after.dossiersAt, dossierEnd))
    this.#layout = after
    this.#table.place(buffer, after.rowsAt, after.rows * ROW_BYTES)
    this.#dossiers.place(buffer, after.dossiersAt, after.dossiers * DOSSIER_BYTES)
    this.#placeSlots()
  }

  /** Twice as many slots. */
  #spread(rows: number): void {
    this.#slots *= 2
    this.#placeSlots()
    this.#table.slots.fill(0)
    this.#engine.insertAll(rows)
  }

  #placeSlots(): void {
    const { rowsAt, dossiersAt } = this.#layout
    this.#table.slots = new Int32Array(this.#engine.memory.buffer, WINDOW_END, this.#slots * 2)
    this.#engine.place(WINDOW_END, this.#slots * SLOT_BYTES, rowsAt, dossiersAt)
  }
}

/** Each starts on a cache line. */
function layoutOf(rows: number, dossiers: number): Layout {
  const rowsAt = WINDOW_END + SLOT_BYTES * 2 ** Math.ceil(Math.log2(Math.max(2 * rows, 1)))
  const dossiersAt = rowsAt + rows * ROW_BYTES
  return { rows, dossiers, rowsAt, dossiersAt, end: dossiersAt + dossiers * DOSSIER_BYTES }
}
