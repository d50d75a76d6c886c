import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net'
import { type ByteSource, SourceFault } from './byte-source.ts'

/** What a pipe of Linux holds, and the most that one read of it gives. */
const PIPE_BYTES = 1 << 16

/** Who waits for bytes: where they go, and how many have come. */
interface Waiting {
  readonly room: Uint8Array
  count: number
  readonly resolve: (count: number) => void
}

/**
 * A pipe by its descriptor, read into one buffer again and again: a stream makes a new one for every 64 KB, which takes
 * longer than to read them. The event loop waits for bytes, not a thread, so that Ctrl+C ends a run whose pipe is silent.
 */
export class PipeSource implements ByteSource {
  storedBytes = 0
  readonly #socket: Socket
  readonly #signal: AbortSignal | undefined
  readonly #stop = () => this.#end()
  #waiting: Waiting | null = null
  /** Bytes of the buffer for which there was no room. While there are some, the pipe is not read. */
  #left: Uint8Array = new Uint8Array(0)
  #ended = false
  #fault: SourceFault | null = null

  /** Closes the descriptor at its end, unless it is standard input's. Ends where `signal` is aborted, also in the middle of a wait. */
  constructor(descriptor: number, signal?: AbortSignal) {
    const onread = { buffer: new Uint8Array(PIPE_BYTES), callback: this.#take.bind(this) }
    const options: SocketConstructorOpts & ConnectOpts = { fd: descriptor, readable: true, writable: false, onread }
    this.#socket = new Socket(options)
    this.#socket.on('end', this.#stop)
    this.#socket.on('error', (error) => this.#fail(error))
    this.#signal = signal
    if (signal?.aborted) this.#end()
    signal?.addEventListener('abort', this.#stop, { once: true })
  }

  /** Waits for some bytes, and takes those behind them that have come by then. */
  async read(target: Uint8Array, at: number): Promise<number> {
    const room = target.subarray(at)
    if (this.#left.length > 0) return this.#takeLeft(room)
    const count = this.#ended ? 0 : await this.#wait(room)
    if (count === 0 && this.#fault !== null) throw this.#fault
    this.storedBytes += count
    return count
  }

  warnings(): string[] {
    return []
  }

  async close(): Promise<void> {
    this.#left = new Uint8Array(0)
    this.#end()
  }

  #takeLeft(room: Uint8Array): number {
    const taken = this.#left.subarray(0, room.length)
    room.set(taken)
    this.#left = this.#left.subarray(taken.length)
    this.storedBytes += taken.length
    return taken.length
  }

  #wait(room: Uint8Array): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting = { room, count: 0, resolve }
      this.#socket.resume()
    })
  }

  /** Called with what one read of the pipe gave; returns whether the next one may follow at once. */
  #take(count: number, buffer: Uint8Array): boolean {
    const waiting = this.#waiting
    if (waiting === null) {
      this.#left = buffer.subarray(0, count)
      return false
    }
    // Once the loop has taken what has come, the one that waits goes on with it.
    if (waiting.count === 0) setImmediate(() => this.#goOn(waiting))
    const taken = Math.min(count, waiting.room.length - waiting.count)
    waiting.room.set(buffer.subarray(0, taken), waiting.count)
    waiting.count += taken
    this.#left = buffer.subarray(taken, count)
    return waiting.count + PIPE_BYTES <= waiting.room.length
  }

  #goOn(waiting: Waiting): void {
    if (this.#waiting !== waiting) return
    this.#waiting = null
    this.#socket.pause()
    waiting.resolve(waiting.count)
  }

  #fail(error: Error): void {
    if (!this.#signal?.aborted)
      this.#fault = new SourceFault(
        `byte ${this.storedBytes} of the pipe`,
        `the system’s error ${error.message}`,
        error,
      )
    this.#end()
  }

  #end(): void {
    this.#ended = true
    this.#signal?.removeEventListener('abort', this.#stop)
    this.#socket.destroy()
    if (this.#waiting !== null) this.#goOn(this.#waiting)
  }
}
