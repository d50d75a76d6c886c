/**
 * Records of a fixed number of 32-bit words in the engine's memory, seen as integers, floats of both sizes and bytes. They
 * are moved when others need room: read the arrays anew after a flow or a dossier may have been begun.
 */
export class Region {
  words: Int32Array = new Int32Array()
  doubles: Float64Array = new Float64Array()
  floats: Float32Array = new Float32Array()
  bytes: Uint8Array = new Uint8Array()

  /** Says where it lies from now on: `start` and `length` in bytes, multiples of 8. */
  place(buffer: SharedArrayBuffer, start: number, length: number): void {
    this.words = new Int32Array(buffer, start, length >> 2)
    this.doubles = new Float64Array(buffer, start, length >> 3)
    this.floats = new Float32Array(buffer, start, length >> 2)
    this.bytes = new Uint8Array(buffer, start, length)
  }
}
