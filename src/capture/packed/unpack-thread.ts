import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { type ByteSource, SourceFault } from '../source/byte-source.ts'
import { decoderOf } from './decoders.ts'
import { SharedSlots } from './shared-slots.ts'
import { faultMessage, type PackedPiece, type ThreadMessage, type ThreadTask } from './thread-message.ts'

/** A thread that unpacks what it is sent, piece by piece: the other side is threaded-source. */

/** The packed bytes, as they were sent. A piece that is used up is answered by asking for another one. */
class PieceSource implements ByteSource {
  storedBytes = 0
  readonly #port: MessagePort
  readonly #sent: PackedPiece[] = []
  #piece: Uint8Array = new Uint8Array(0)
  #came: () => void = () => {}

  constructor(port: MessagePort) {
    this.#port = port
    port.on('message', (piece: PackedPiece) => {
      this.#sent.push(piece)
      this.#came()
    })
  }

  async read(target: Uint8Array, at: number): Promise<number> {
    if (this.#piece.length === 0) this.#piece = await this.#next()
    const taken = this.#piece.subarray(0, target.length - at)
    target.set(taken, at)
    this.#piece = this.#piece.subarray(taken.length)
    this.storedBytes += taken.length
    return taken.length
  }

  async #next(): Promise<Uint8Array> {
    while (this.#sent.length === 0)
      await new Promise<void>((resolve) => {
        this.#came = resolve
      })
    tell(this.#port, { kind: 'hungry' })
    const next = this.#sent.shift()!
    if ('kind' in next) throw new SourceFault(next.expected, next.found)
    return next
  }

  warnings(): string[] {
    return []
  }

  async close(): Promise<void> {}
}

const tell = (port: MessagePort, message: ThreadMessage): void => port.postMessage(message)

async function unpackAll(port: MessagePort, { compression, slots }: ThreadTask): Promise<void> {
  const decoder = await decoderOf(compression, new PieceSource(port))
  try {
    await fillSlots(new SharedSlots(slots), decoder, port)
    tell(port, { kind: 'ended' })
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
    tell(port, faultMessage(error))
  } finally {
    port.close()
  }
}

/** To the end of what is unpacked; also what came before a fault is told. */
async function fillSlots(slots: SharedSlots, decoder: ByteSource, port: MessagePort): Promise<void> {
  for (let turn = 0, ended = false; !ended; turn++) {
    slots.take()
    const slot = slots.at(turn)
    let count = 0
    try {
      while (count < slot.length && !ended) {
        const more = await decoder.read(slot, count)
        ended = more === 0
        count += more
      }
    } finally {
      tell(port, { kind: 'unpacked', count })
    }
  }
}

if (parentPort !== null) await unpackAll(parentPort, workerData as ThreadTask)
