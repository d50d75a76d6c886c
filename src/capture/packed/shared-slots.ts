/** Unpacked bytes that a slot holds. */
const SLOT_BYTES = 1 << 20
const SLOTS = 4

/** Memory that a thread puts unpacked bytes into and the analysis takes them out of, slot by slot in turn. */
export interface SlotMemory {
  readonly bytes: SharedArrayBuffer
  /** int32: how many slots are free. */
  readonly free: SharedArrayBuffer
}

/** Makes such memory, all of it free. */
export function newSlotMemory(): SlotMemory {
  const free = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  new Int32Array(free)[0] = SLOTS
  return { bytes: new SharedArrayBuffer(SLOTS * SLOT_BYTES), free }
}

/** One side's view of the slots. The thread takes them and fills them; the other side reads them and frees them. */
export class SharedSlots {
  readonly #bytes: Uint8Array
  readonly #free: Int32Array

  constructor({ bytes, free }: SlotMemory) {
    this.#bytes = new Uint8Array(bytes)
    this.#free = new Int32Array(free)
  }

  /** The bytes of the slot whose turn it is, counted from the first. */
  at(turn: number): Uint8Array {
    const start = (turn % SLOTS) * SLOT_BYTES
    return this.#bytes.subarray(start, start + SLOT_BYTES)
  }

  /** Waits for a free slot, and takes it. Stops the whole thread meanwhile. */
  take(): void {
    while (Atomics.load(this.#free, 0) === 0) Atomics.wait(this.#free, 0, 0)
    Atomics.sub(this.#free, 0, 1)
  }

  /** Frees the slot that was taken first. */
  give(): void {
    Atomics.add(this.#free, 0, 1)
    Atomics.notify(this.#free, 0)
  }
}
