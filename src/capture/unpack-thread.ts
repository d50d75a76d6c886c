import { once } from 'node:events'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { type ByteSource, SourceFault } from './byte-source.ts'
import { decoderOf } from './decoders.ts'
import type { PackedPiece, ThreadMessage, ThreadTask } from './thread-message.ts'

/** A thread that unpacks what it is sent, piece by piece: the other side is threaded-source. */

const OUTPUT_BYTES = 1 << 20

/** The packed bytes, asked for when those before are used up. */
class PieceSource implements ByteSource {
  storedBytes = 0
  readonly #port: MessagePort
  #piece: Uint8Array = new Uint8Array(0)

  constructor(port: MessagePort) {
    this.#port = port
  }

  async read(target: Uint8Array, at: number): Promise<number> {
    if (this.#piece.length === 0) {
      tell(this.#port, { kind: 'hungry' })
      this.#piece = (await once(this.#port, 'message'))[0] as PackedPiece
    }
    const taken = this.#piece.subarray(0, target.length - at)
    target.set(taken, at)
    this.#piece = this.#piece.subarray(taken.length)
    this.storedBytes += taken.length
    return taken.length
  }

  warnings(): string[] {
    return []
  }

  async close(): Promise<void> {}
}

const tell = (port: MessagePort, message: ThreadMessage): void =>
  port.postMessage(message, message.kind === 'unpacked' ? [message.bytes.buffer] : [])

async function unpackAll(port: MessagePort, { compression }: ThreadTask): Promise<void> {
  const decoder = await decoderOf(compression, new PieceSource(port))
  try {
    while (true) {
      const output = new Uint8Array(OUTPUT_BYTES)
      const count = await decoder.read(output, 0)
      if (count === 0) break
      tell(port, { kind: 'unpacked', bytes: output.subarray(0, count) })
    }
    tell(port, { kind: 'ended' })
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
    tell(port, { kind: 'fault', expected: error.expected, found: error.found })
  } finally {
    port.close()
  }
}

if (parentPort !== null) await unpackAll(parentPort, workerData as ThreadTask)
