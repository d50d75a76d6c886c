import type { Engine } from '../engine/engine.ts'
import { BATCH, Column, TALLY, TALLY_FIELDS, WINDOW_END, WINDOW_START } from '../engine/memory-map.ts'
import type { Frame } from './frame.ts'

/** The frames that are looked at together, in the engine's memory: a column a field. Refilled by a reader. */
export class FrameTable {
  readonly engine: Engine
  /** The window whose bytes the frames are: positions in it are addresses in the engine's memory. */
  readonly window: Uint8Array<SharedArrayBuffer>
  /** The same to read numbers from. */
  readonly view: DataView
  /** What is counted of the capture that is being read: see `Tally`. */
  readonly tally: Float64Array
  /** Where the TCP headers of plain segments start, -1 for other frames. */
  readonly segments: Int32Array
  /** 0 for a plain segment of IPv4, else it is one of IPv6. */
  readonly versions: Int32Array
  /** Payload of plain segments, as their IP header promises it. */
  readonly payloads: Int32Array
  /** Hashes of the ends of what is TCP. */
  readonly hashes: Int32Array
  /** Rows of flows, as guessed, or -1. */
  readonly rows: Int32Array
  readonly sides: Int32Array
  /** What following the frames found: see `Outcome`. */
  readonly outcomes: Int32Array
  /** Number of the first frame; the others follow. */
  first = 0
  /** Which capture they are from. */
  capture = 0
  readonly #times: Float64Array
  readonly #offsets: Float64Array
  readonly #starts: Int32Array
  readonly #ends: Int32Array
  readonly #originals: Uint32Array
  readonly #linkTypes: Int32Array
  readonly #interfaces: Int32Array

  constructor(engine: Engine) {
    const { buffer } = engine.memory
    const words = (column: number) => new Int32Array(buffer, column, BATCH)
    this.engine = engine
    this.window = new Uint8Array(buffer, 0, WINDOW_END)
    this.tally = new Float64Array(buffer, TALLY, TALLY_FIELDS)
    this.segments = words(Column.SEGMENT)
    this.versions = words(Column.VERSION)
    this.payloads = words(Column.PAYLOAD)
    this.hashes = words(Column.HASH)
    this.rows = words(Column.ROW)
    this.sides = words(Column.SIDE)
    this.outcomes = words(Column.OUTCOME)
    this.view = new DataView(buffer, 0, WINDOW_END)
    this.#times = new Float64Array(buffer, Column.TIME, BATCH)
    this.#offsets = new Float64Array(buffer, Column.OFFSET, BATCH)
    this.#starts = words(Column.START)
    this.#ends = words(Column.END)
    this.#originals = new Uint32Array(buffer, Column.ORIGINAL, BATCH)
    this.#linkTypes = words(Column.LINK_TYPE)
    this.#interfaces = words(Column.INTERFACE)
  }

  /** Where the window starts in `window`. */
  get start(): number {
    return WINDOW_START
  }

  /** Nanoseconds since the run's epoch. */
  time(index: number): number {
    return this.#times[index]!
  }

  linkType(index: number): number {
    return this.#linkTypes[index]!
  }

  /** Writes a frame whose bytes lie in the window. */
  set(index: number, frame: Frame): void {
    this.#times[index] = frame.time
    this.#offsets[index] = frame.offset
    this.#starts[index] = frame.start
    this.#ends[index] = frame.end
    this.#originals[index] = frame.originalLength
    this.#linkTypes[index] = frame.linkType
    this.#interfaces[index] = frame.interfaceId
  }

  /** Copies a frame out. */
  get(index: number, frame: Frame): void {
    frame.number = this.first + index
    frame.capture = this.capture
    frame.time = this.#times[index]!
    frame.linkType = this.#linkTypes[index]!
    frame.interfaceId = this.#interfaces[index]!
    frame.originalLength = this.#originals[index]!
    frame.offset = this.#offsets[index]!
    frame.bytes = this.view
    frame.start = this.#starts[index]!
    frame.end = this.#ends[index]!
  }
}
