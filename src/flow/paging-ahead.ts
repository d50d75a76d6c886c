import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Engine } from '../engine/engine.ts'
import { Paging } from '../engine/memory-map.ts'
import type { PagingTask } from './paging-thread.ts'
import type { Region } from './region.ts'

const THREAD = new URL('./paging-thread.js', import.meta.url)

/** With fewer flows the memory that they take is not worth a thread. */
const MANY_FLOWS = 1 << 14

/**
 * Has memory that flows will take used for the first time by a thread of its own: the system finds and clears a page then,
 * for which whoever follows packets would wait. It is a help, no more: where there is no core or no thread for it, all goes
 * on as without it.
 */
export class PagingAhead {
  readonly #engine: Engine
  readonly #flows: Region
  readonly #calls: Int32Array
  #worker: Worker | null = null
  #isWanted = availableParallelism() > 1

  constructor(engine: Engine, flows: Region) {
    this.#engine = engine
    this.#flows = flows
    this.#calls = new Int32Array(engine.memory.buffer, Paging.CALLS, 1)
  }

  /** To be called now and then while flows become more. */
  goOn(): void {
    if (!this.#isWanted || this.#flows.count < MANY_FLOWS) return
    if (this.#worker === null) this.#start()
    else this.#tell(this.#calls[0]! + 1)
  }

  /** No more flows come. */
  end(): void {
    this.#isWanted = false
    this.#tell(Paging.ENDED)
  }

  #start(): void {
    try {
      this.#worker = new Worker(THREAD, { workerData: { memory: this.#engine.memory } satisfies PagingTask })
      this.#worker.unref()
      this.#worker.on('error', () => {
        this.#isWanted = false
      })
    } catch {
      // Processes may be forbidden to have threads.
      this.#isWanted = false
    }
  }

  #tell(calls: number): void {
    Atomics.store(this.#calls, 0, calls)
    Atomics.notify(this.#calls, 0)
  }
}
