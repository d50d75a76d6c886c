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

  /** `mostBytes` is where the memory ends. */
  constructor(engine: Engine, table: FlowTable, dossiers: Region, mostBytes = MOST_PAGES * PAGE) {
    this.#engine = engine
    this.#table = table
    this.#dossiers = dossiers
    this.#mostBytes = mostBytes
    this.#slots = 2 * FIRST_ROWS
    this.#move(layoutOf(FIRST_ROWS, FIRST_DOSSIERS), 0, 0)
  }

  /** Makes room for one row and one dossier more than are in use; false where 32 bits cannot address it. */
  reserve(rows: number, dossiers: number): boolean {
    if (!this.#hasRoom(rows, dossiers) && !this.#grow(rows, dossiers)) return false
    if (2 * rows >= this.#slots) this.#spread(rows)
    return true
  }

  #hasRoom(rows: number, dossiers: number): boolean {
    return rows < this.#layout.rows && dossiers < this.#layout.dossiers
  }

  #grow(rows: number, dossiers: number): boolean {
    const before = this.#layout
    const grown = (used: number, room: number, step: number) => (used < room ? room : Math.ceil(room * step))
    for (const step of [LARGE_STEP, SMALL_STEP]) {
      const after = layoutOf(grown(rows, before.rows, step), grown(dossiers, before.dossiers, step))
      const bound = step === LARGE_STEP ? Math.min(LARGE_STEPS_UP_TO, this.#mostBytes) : this.#mostBytes
      if (after.end > bound) continue
      this.#move(after, rows, dossiers)
      return true
    }
    return false
  }

  /** Moves what is in use to where the layout has it. */
  #move(after: Layout, rows: number, dossiers: number): void {
    const { memory } = this.#engine
    const before = this.#layout
    const missing = Math.ceil((after.end - memory.buffer.byteLength) / PAGE)
    if (missing > 0) memory.grow(missing)
    const { buffer } = memory
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
