import { Worker } from 'node:worker_threads'
import type { Compression } from '../capture-reader.ts'
import { type ByteSource, SourceFault } from '../source/byte-source.ts'
import { DecodedSource } from '../source/decoded-source.ts'
import { newSlotMemory, SharedSlots } from './shared-slots.ts'
import { faultMessage, type PackedPiece, type ThreadMessage, type ThreadTask } from './thread-message.ts'

const THREAD = new URL('./unpack-thread.js', import.meta.url)

/** Packed bytes that are sent at a time: about a megabyte of capture. */
const PIECE_BYTES = 1 << 18
const PIECES_AHEAD = 2

/** Unpacks in a thread of its own, for decoders written in JavaScript, so that the analysis need not wait for them. */
export class ThreadedSource extends DecodedSource {
  readonly #worker: Worker
  readonly #slots: SharedSlots
  /** Slots that were filled so far. */
  #turns = 0
  /** Pieces that the thread may be sent: some before it has used up the one it has, so that it need not wait. */
  #wanted = PIECES_AHEAD
  #hasEnded = false
  #fault: SourceFault | null = null
  /** Called where one of these three has changed. */
  #news: () => void = () => {}

  constructor(packed: ByteSource, compression: Compression) {
    super(packed)
    const slots = newSlotMemory()
    this.#slots = new SharedSlots(slots)
    this.#worker = new Worker(THREAD, { workerData: { compression, slots } satisfies ThreadTask })
    this.#worker.on('message', (message: ThreadMessage) => this.#take(message))
    this.#worker.on('error', (error) => this.#fail(new SourceFault(...diedOf(error.message), error)))
    this.#worker.on('exit', () => {
      if (!this.#hasEnded) this.#fail(new SourceFault(...diedOf('it exited')))
    })
  }

  override async close(): Promise<void> {
    this.#hasEnded = true
    this.#news()
    await this.#worker.terminate()
    await super.close()
  }

  protected override async unpack(): Promise<boolean> {
    while (this.#wanted === 0 && !this.#hasEnded && this.#fault === null)
      await new Promise<void>((resolve) => {
        this.#news = resolve
      })
    if (this.#fault !== null) throw this.#fault
    if (this.#hasEnded) return false
    this.#wanted--
    await this.#sendPiece()
    return true
  }

  /** A fault goes through the thread, which tells it once all that came before is unpacked. */
  async #sendPiece(): Promise<void> {
    const piece = new Uint8Array(PIECE_BYTES)
    try {
      const count = await this.packed.read(piece, 0)
      this.#worker.postMessage(piece.subarray(0, count) satisfies PackedPiece, [piece.buffer])
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
      this.#worker.postMessage(faultMessage(error) satisfies PackedPiece)
    }
  }

  #take(message: ThreadMessage): void {
    switch (message.kind) {
      case 'unpacked':
        this.#keep(this.#slots.at(this.#turns++).subarray(0, message.count))
        return
      case 'fault':
        this.#fail(new SourceFault(message.expected, message.found))
        return
      case 'hungry':
        this.#wanted++
        break
      default:
        this.#hasEnded = true
    }
    this.#news()
  }

  #keep(bytes: Uint8Array): void {
    try {
      this.put(bytes, () => this.#slots.give())
    } catch (error) {
      this.#fail(error as SourceFault)
    }
  }

  // The first one tells why; that a thread exits after it tells nothing.
  #fail(fault: SourceFault): void {
    this.#fault ??= fault
    this.#news()
  }
}

const diedOf = (reason: string): [expected: string, found: string] => [
  'a thread that unpacks the rest',
  `it ended early: ${reason}`,
]
