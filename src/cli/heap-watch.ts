import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { atCheckpoints } from '../checkpoint.ts'
import { Failure } from '../failure.ts'

/** V8 counts its young generation, three half-spaces of 16 MiB, into the limit that it tells; what is kept is never there. */
const YOUNG_BYTES = 48 << 20
/**
 * Share of the limit at which reading ends, so that room is left for judging and telling: V8 ends a process without a word
 * when its heap is full.
 */
const FULL = 0.75
/** Share at which judging and telling have to end, too. */
const EXHAUSTED = 0.85
/** Growth, as a share of the limit, after which it is worth while to look again. */
const STEP = 0.05
/** Between checkpoints, where work gives timers a turn. */
const EVERY_MS = 100

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

/** There is no memory left to go on with, not even to end in order. */
export class HeapExhausted extends Failure {}

/**
 * Calls `full` once, with the limit in MiB, when what the program keeps comes near to what V8 lets it have. Where work
 * that gives timers no turn comes nearer still, it is ended by {@link HeapExhausted}.
 */
export function watchHeap(full: (limitMiB: number) => void): void {
  const limit = getHeapStatistics().heap_size_limit - YOUNG_BYTES
  const limitMiB = Math.round(limit / (1 << 20))
  let lookFrom = limit * FULL
  let isTold = false
  // Collecting is dear, and V8 gives up after some collections in a row that free little: once for both levels.
  const share = (): number => {
    if (getHeapStatistics().used_heap_size < lookFrom) return 0
    const kept = keptBytes()
    lookFrom = Math.max(limit * FULL, kept + limit * STEP)
    return kept / limit
  }
  const tell = (reached: number) => {
    if (isTold || reached < FULL) return
    isTold = true
    clearInterval(timer)
    full(limitMiB)
  }
  const timer = setInterval(() => tell(share()), EVERY_MS)
  timer.unref()
  atCheckpoints(() => {
    const reached = share()
    tell(reached)
    if (reached < EXHAUSTED) return
    throw new HeapExhausted(
      `the ${limitMiB} MiB of memory that this process may use do not suffice to tell of what was read`,
      'give it more (NODE_OPTIONS=--max-old-space-size=8192), or cut the input into parts by time: editcap -i 3600 IN OUT',
    )
  })
}
