import { workerData } from 'node:worker_threads'
import { Paging, REGION_WORDS, REGIONS, RegionNumber, RegionWord } from '../engine/memory-map.ts'

/** A thread that uses memory for the first time before flows need it: the other side is paging-ahead. */

/** What it is started with: the engine's memory. */
export interface PagingTask {
  readonly memory: { readonly buffer: SharedArrayBuffer }
}

/** Systems with larger pages are asked some of them twice. */
const PAGE_BYTES = 4096
/** So far ahead of what is in use: what some windows of packets that each begin a flow take. */
const AHEAD_BYTES = 2 << 20

/** What grows with flows. */
const GROWING = [
  RegionNumber.ROWS,
  RegionNumber.DOSSIERS,
  RegionNumber.SYN_SHAPES,
  RegionNumber.RARE_DOSSIERS,
  RegionNumber.SIGNALS,
]

/** A region's pages, from where it starts to where they have been used. */
class Pages {
  readonly #told: number
  #start = 0
  #reached = 0

  constructor(region: RegionNumber) {
    this.#told = (REGIONS >> 2) + region * REGION_WORDS
  }

  /**
   * Puts 0 into a word of each page if it is 0: a write that leaves what the other thread has written there, or writes
   * meanwhile. To add 0 would be none at first: V8 reads before it adds, which gives the page one that all share, and what
   * is then written costs a second fault, for which the kernel interrupts the other core.
   */
  use(words: Int32Array): void {
    const start = words[this.#told + RegionWord.AT]! >>> 0
    const recordBytes = words[this.#told + RegionWord.RECORD_BYTES]!
    const used = start + words[this.#told + RegionWord.USED]! * recordBytes
    const end = Math.min(used + AHEAD_BYTES, start + words[this.#told + RegionWord.ROOM]! * recordBytes)
    // It was moved.
    if (start !== this.#start) this.#reached = 0
    this.#start = start
    let page = Math.max(this.#reached, used - (used % PAGE_BYTES))
    for (; page < Math.min(end, words.byteLength); page += PAGE_BYTES) Atomics.compareExchange(words, page >>> 2, 0, 0)
    this.#reached = page
  }
}

const { memory } = workerData as PagingTask
const regions = GROWING.map((region) => new Pages(region))
for (let calls = 0; calls !== Paging.ENDED; ) {
  // The memory may have grown: what was seen of it is its beginning alone.
  const words = new Int32Array(memory.buffer)
  for (const pages of regions) pages.use(words)
  Atomics.wait(words, Paging.CALLS >> 2, calls)
  calls = Atomics.load(words, Paging.CALLS >> 2)
}
