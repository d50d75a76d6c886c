import { Worker } from 'node:worker_threads'
import { type ByteSource, SourceFault } from './byte-source.ts'
import { DecodedSource } from './decoded-source.ts'
import type { ThreadMessage, ThreadTask } from './thread-message.ts'

const THREAD = new URL('./unpack-thread.js', import.meta.url)

/** Of packed bytes that are sent at a time: half a megabyte of a capture or so, and no more than a bomb's 140 MiB. */
const PIECE_BYTES = 1 << 17

/** Unpacks in a thread of its own, for the decoders that are a script: who analyses need not wait for them. */
export class ThreadedSource extends DecodedSource {
  readonly #worker: Worker
  /** What the thread last asked for or came to, and who waits for it. */
  #state: 'busy' | 'hungry' | 'ended' = 'busy'
  #fault: SourceFault | null = null
  #settled: () => void = () => {}

  constructor(packed: ByteSource, task: ThreadTask) {
    super(packed)
    this.#worker = new Worker(THREAD, { workerData: task })
    this.#worker.on('message', (message: ThreadMessage) => this.#take(message))
    this.#worker.on('error', (error) => this.#fail(new SourceFault(...diedOf(error.message), error)))
    this.#worker.on('exit', () => {
      if (this.#state !== 'ended') this.#fail(new SourceFault(...diedOf('it exited')))
    })
  }

  override async close(): Promise<void> {
    this.#state = 'ended'
    await this.#worker.terminate()
    await super.close()
  }

  protected override async unpack(): Promise<boolean> {
    await this.#settle()
    if (this.#state === 'ended') return false
    const piece = new Uint8Array(PIECE_BYTES)
    const count = await this.packed.read(piece, 0)
    this.#state = 'busy'
    this.#worker.postMessage(piece.subarray(0, count), [piece.buffer])
    await this.#settle()
    return true
  }

  /** Resolves when the thread has unpacked what it was sent. */
  async #settle(): Promise<void> {
    if (this.#state === 'busy' && this.#fault === null)
      await new Promise<void>((resolve) => {
        this.#settled = resolve
      })
    if (this.#fault !== null) throw this.#fault
  }

  #take(message: ThreadMessage): void {
    switch (message.kind) {
      case 'unpacked':
        this.#keep(message.bytes)
        return
      case 'fault':
        this.#fail(new SourceFault(message.expected, message.found))
        return
      default:
        this.#state = message.kind
        this.#settled()
    }
  }

  #keep(bytes: Uint8Array): void {
    try {
      this.put(bytes)
    } catch (error) {
      this.#fail(error as SourceFault)
    }
  }

  // The first one tells why; that a thread exits after it tells nothing.
  #fail(fault: SourceFault): void {
    this.#fault ??= fault
    this.#settled()
  }
}

const diedOf = (reason: string): [expected: string, found: string] => [
  'a thread that unpacks the rest',
  `it ended early: ${reason}`,
]
