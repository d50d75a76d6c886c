import type { Engine } from '../engine/engine.ts'
import { FLOWS_START, LIMITS, Limit, MOST_A_PACKET, MOST_PAGES, PAGE } from '../engine/memory-map.ts'
import type { FlowTable, Slots } from './flow-table.ts'
import type { Region } from './region.ts'

/** Room of every region at first, as long as that much fits: it is address space, which takes memory when it is used. */
const FIRST_ROOM = 1 << 18
const FIRST_SLOTS = 1 << 11
/** So many times as much room at first has a region that cannot grow for ever: it is spared moving what lies behind it. */
const BOUNDED_ROOM = 8
/** Memory that is not touched costs nothing: growing in large steps saves moves, as long as there is room to address. */
const LARGE_STEP = 4
const SMALL_STEP = 1.25
const LARGE_STEPS_UP_TO = 1 << 30
const CACHE_LINE = 64

/** What bounds the memory of flows. */
export interface FlowBounds {
  /** Bytes that may be kept of all flows together: beyond, no further one begins. */
  readonly mostBytes?: number | undefined
  /** Where the engine's memory ends, in bytes. */
  readonly memoryEnd?: number
  /** Records of each kind that there is room for at first. */
  readonly firstRoom?: number
}

/** How many records each region has room for, and where each starts, in bytes. */
interface Layout {
  readonly rooms: readonly number[]
  readonly starts: readonly number[]
  readonly end: number
}

/**
 * Where what is kept of flows lies in the engine's memory: rows, slots of the hash table, and other regions, one behind the
 * other. When one runs out, what lies behind it moves up.
 */
export class FlowMemory {
  readonly #engine: Engine
  readonly #slots: Slots
  readonly #rows: Region
  /** In the order of the memory: what is bounded, rows, slots, all others. Rows take the most room, and here hardly ever move. */
  readonly #regions: Region[]
  /** Those that have a record for each row. */
  readonly #perRow: Set<Region>
  readonly #end: number
  /** Told to the engine: asking again for what was refused would take longer than all else. */
  readonly #isFull: Int32Array

  constructor(engine: Engine, table: FlowTable, others: readonly Region[], bounds: FlowBounds) {
    this.#engine = engine
    this.#slots = table.slots
    this.#rows = table
    const isBounded = ({ most }: Region) => Number.isFinite(most)
    this.#regions = [...others.filter(isBounded), table, table.slots, ...others.filter((one) => !isBounded(one))]
    this.#perRow = new Set([table])
    this.#end = bounds.memoryEnd ?? MOST_PAGES * PAGE
    this.#isFull = new Int32Array(engine.memory.buffer, LIMITS + Limit.IS_FULL, 1)
    this.#place(this.#firstLayout(bounds.firstRoom ?? FIRST_ROOM))
    this.#slots.count = FIRST_SLOTS
  }

  #firstLayout(firstRoom: number): Layout {
    for (let room = firstRoom; room > FIRST_SLOTS / 2; room /= 2) {
      const layout = this.#layOut(({ most }) => (Number.isFinite(most) ? Math.min(most, BOUNDED_ROOM * room) : room))
      if (layout.end <= this.#end && this.#extend(layout.end)) return layout
    }
    const least = this.#layOut(() => FIRST_SLOTS / 2)
    this.#extend(least.end)
    return least
  }

  /** Gives further regions room, those `perRow` as much as the rows have. False where there is none. */
  add(perRow: readonly Region[], others: readonly Region[]): boolean {
    const before = this.#regions.length
    for (const region of perRow) this.#perRow.add(region)
    this.#regions.push(...perRow, ...others)
    const after = this.#layOut((region) => region.room || Math.min(region.most, this.#rows.room))
    if (after.end <= this.#end && this.#extend(after.end)) {
      this.#place(after)
      return true
    }
    this.#regions.length = before
    for (const region of perRow) this.#perRow.delete(region)
    return false
  }

  /** Makes room for what a packet may add to what is in use, as long as 32 bits can address it and there is any. */
  reserve(): void {
    if (this.#isFull[0] === 0 && this.#regions.some((region) => this.#isScarce(region))) this.#grow()
    if (2 * this.#rows.count >= this.#slots.count && hasRoom(this.#rows)) this.#slots.double()
  }

  #isScarce(region: Region): boolean {
    return region !== this.#slots && region.count + MOST_A_PACKET > region.room && region.room < region.most
  }

  #grow(): void {
    const grown = (region: Region, step: number) =>
      this.#isScarce(region) ? Math.ceil(region.room * step) : region.room
    for (const step of [LARGE_STEP, SMALL_STEP]) {
      const after = this.#layOut((region) => grown(region, step))
      const bound = step === LARGE_STEP ? Math.min(LARGE_STEPS_UP_TO, this.#end) : this.#end
      if (after.end > bound || !this.#extend(after.end)) continue
      this.#move(after)
      return
    }
    this.#isFull[0] = 1
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

  /** Moves what is in use to where the layout has it, the last region first. What is in no use is zero before and after. */
  #move(after: Layout): void {
    const bytes = new Uint8Array(this.#engine.memory.buffer)
    const before = this.#regions.map((region) => ({ start: region.at, end: region.at + region.bytesUsed }))
    for (let index = before.length - 1; index >= 0; index--)
      bytes.copyWithin(after.starts[index]!, before[index]!.start, before[index]!.end)
    this.#place(after)
    const now = this.#regions.map((region) => ({ start: region.at, end: region.at + region.bytesUsed }))
    for (const left of before) clearOutside(bytes, left, now)
  }

  #place({ starts, rooms }: Layout): void {
    const { buffer } = this.#engine.memory
    for (const [index, region] of this.#regions.entries()) region.place(buffer, starts[index]!, rooms[index]!)
  }

  /** Each starts on a cache line. */
  #layOut(roomOf: (region: Region) => number): Layout {
    const rows = roomOf(this.#rows)
    const slots = 2 ** Math.ceil(Math.log2(2 * rows))
    const rooms = this.#regions.map((region) => {
      if (region === this.#slots) return slots
      return this.#perRow.has(region) ? rows : roomOf(region)
    })
    const starts: number[] = []
    let end = FLOWS_START
    for (const [index, region] of this.#regions.entries()) {
      starts.push(end)
      end += Math.ceil((rooms[index]! * region.recordBytes) / CACHE_LINE) * CACHE_LINE
    }
    return { rooms, starts, end }
  }
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Zeroes what lies in a range and in none of those in use, which are in order. */
function clearOutside(bytes: Uint8Array, { start, end }: Range, inUse: readonly Range[]): void {
  let from = start
  for (const used of inUse) {
    if (used.start > from) bytes.fill(0, from, Math.max(from, Math.min(used.start, end)))
    from = Math.max(from, used.end)
  }
  if (from < end) bytes.fill(0, from, end)
}

/** Whether there is room for one record beside those in use. */
export const hasRoom = (region: Region): boolean => region.count < region.room
