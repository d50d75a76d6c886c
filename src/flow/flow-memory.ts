import { MOST_PAGES, PAGE, WINDOW_END } from '../engine/columns.ts'
import type { Engine } from '../engine/engine.ts'
import type { FlowTable, Slots } from './flow-table.ts'
import type { Region } from './region.ts'

const FIRST_ROWS = 1024
const FIRST_RECORDS = 256
/** Memory that is not touched costs nothing: growing in large steps saves moves, as long as there is room to address. */
const LARGE_STEP = 4
const SMALL_STEP = 1.25
const LARGE_STEPS_UP_TO = 1 << 30
const CACHE_LINE = 64

/** How many records each region has room for, and where each starts, in bytes. */
interface Layout {
  readonly rooms: readonly number[]
  readonly starts: readonly number[]
  readonly end: number
}

/**
 * Where what is kept of flows lies in the engine's memory: slots of the hash table, rows, and other regions, one behind the
 * other. When one runs out, what lies behind it moves up.
 */
export class FlowMemory {
  readonly #engine: Engine
  readonly #slots: Slots
  readonly #rows: Region
  /** Slots, rows and all others, as they lie. */
  readonly #regions: Region[]
  /** Those that have a record for each row. */
  readonly #perRow: Set<Region>
  readonly #mostBytes: number
  /** Asking again for what was refused would take longer than all else. */
  #isFull = false

  /** `mostBytes` is where the memory ends. */
  constructor(engine: Engine, table: FlowTable, others: readonly Region[], mostBytes = MOST_PAGES * PAGE) {
    this.#engine = engine
    this.#slots = table.slots
    this.#rows = table
    this.#regions = [table.slots, table, ...others]
    this.#perRow = new Set([table])
    this.#mostBytes = mostBytes
    const first = this.#layOut(FIRST_ROWS, () => FIRST_RECORDS)
    this.#extend(first.end)
    this.#place(first)
    this.#slots.count = 2 * FIRST_ROWS
  }

  /** Gives further regions room, those `perRow` as much as the rows have. False where there is none. */
  add(perRow: readonly Region[], others: readonly Region[] = []): boolean {
    const before = this.#regions.length
    for (const region of perRow) this.#perRow.add(region)
    this.#regions.push(...perRow, ...others)
    const after = this.#layOut(this.#rows.room, (region) => region.room || FIRST_RECORDS)
    if (after.end <= this.#mostBytes && this.#extend(after.end)) {
      this.#place(after)
      return true
    }
    this.#regions.length = before
    for (const region of perRow) this.#perRow.delete(region)
    return false
  }

  /** Makes room for what one packet may add of each kind, as long as 32 bits can address it and there is any. */
  reserve(): void {
    if (!this.#isFull && this.#regions.some((region) => this.#isScarce(region))) this.#grow()
    if (2 * this.#rows.count >= this.#slots.count && hasRoom(this.#rows)) this.#spread()
  }

  #isScarce(region: Region): boolean {
    return region !== this.#slots && region.room - region.count < region.spare
  }

  #grow(): void {
    const grown = (region: Region, step: number) =>
      this.#isScarce(region) ? Math.ceil(region.room * step) : region.room
    for (const step of [LARGE_STEP, SMALL_STEP]) {
      const after = this.#layOut(grown(this.#rows, step), (region) => grown(region, step))
      const bound = step === LARGE_STEP ? Math.min(LARGE_STEPS_UP_TO, this.#mostBytes) : this.#mostBytes
      if (after.end > bound || !this.#extend(after.end)) continue
      this.#move(after)
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

  /** Moves what is in use to where the layout has it, the last region first. */
  #move(after: Layout): void {
    const bytes = new Uint8Array(this.#engine.memory.buffer)
    const before = this.#regions.map((region) => region.at)
    const touched = Math.max(...this.#regions.map((region) => region.at + region.bytesUsed))
    for (let index = before.length - 1; index >= 0; index--)
      bytes.copyWithin(after.starts[index]!, before[index]!, before[index]! + this.#regions[index]!.bytesUsed)
    for (const [index, region] of this.#regions.entries()) {
      const end = after.starts[index]! + region.bytesUsed
      // What was left behind; nothing beyond it has ever been touched, so that it is zero.
      if (end < touched) bytes.fill(0, end, Math.min(after.starts[index + 1] ?? after.end, touched))
    }
    this.#place(after)
  }

  #place({ starts, rooms }: Layout): void {
    const { buffer } = this.#engine.memory
    for (const [index, region] of this.#regions.entries()) region.place(buffer, starts[index]!, rooms[index]!)
  }

  /** Twice as many slots. */
  #spread(): void {
    const slots = this.#slots
    slots.count *= 2
    slots.words.fill(0, 0, slots.count * 2)
    this.#engine.insertAll()
  }

  /** Each starts on a cache line. */
  #layOut(rows: number, roomOf: (region: Region) => number): Layout {
    const rooms = this.#regions.map((region) => {
      if (region === this.#slots) return 2 ** Math.ceil(Math.log2(2 * rows))
      return this.#perRow.has(region) ? rows : roomOf(region)
    })
    const starts: number[] = []
    let end = WINDOW_END
    for (const [index, region] of this.#regions.entries()) {
      starts.push(end)
      end += Math.ceil((rooms[index]! * region.recordBytes) / CACHE_LINE) * CACHE_LINE
    }
    return { rooms, starts, end }
  }
}

/** Whether there is room for one record beside those in use. */
export const hasRoom = (region: Region): boolean => region.count < region.room
