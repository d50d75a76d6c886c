import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** V8 counts its young generation, three half-spaces of 16 MiB, into the limit that it tells; what is kept is never there. */
const YOUNG_BYTES = 48 << 20
/** What is left for judging and telling what was read: V8 ends the process without a word when its heap is full. */
const FULL = 0.75
/** Growth, as a share of the limit, after which it is worth while to look again. */
const STEP = 0.05
/** A log's events are made at hundreds of megabytes a second. */
const EVERY_MS = 25

let collect: (() => void) | null = null

/** Bytes that are kept, after everything else was given back. */
function keptBytes(): number {
  if (collect === null) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
  return getHeapStatistics().used_heap_size
}

/** Calls `full` once, with the limit in MiB, when what the program keeps comes near to what V8 lets it have. */
export function watchHeap(full: (limitMiB: number) => void): void {
  const limit = getHeapStatistics().heap_size_limit - YOUNG_BYTES
  let lookFrom = limit * FULL
  const timer = setInterval(() => {
    if (getHeapStatistics().used_heap_size < lookFrom) return
    const kept = keptBytes()
    lookFrom = Math.max(limit * FULL, kept + limit * STEP)
    if (kept < limit * FULL) return
    clearInterval(timer)
    full(Math.round(limit / (1 << 20)))
  }, EVERY_MS)
  timer.unref()
}
