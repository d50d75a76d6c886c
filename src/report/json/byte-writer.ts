import { visibleJson } from '../../text/visible-json.ts'

/** Bytes are handed out when so many are written: two buffers of them are touched for the first time, a page at a time. */
const CHUNK_BYTES = 1 << 18
/** Short pieces are written eight bytes at a time, up to seven too many: the next one covers them. */
const STRIDE = 8
/** Longer than this, a copy costs less than the stores. */
const SHORT_BYTES = 128
const ZERO = 48
const SPACE = 32
const TILDE = 126
const QUOTE = 34
const BACKSLASH = 92

/** A constant text in ASCII, made once and written often. */
export interface Piece {
  readonly bytes: Uint8Array
  readonly length: number
  /** The same bytes as numbers of eight bytes each; ASCII never is a NaN. */
  readonly strides: Float64Array
}

/** Makes a piece of a text. */
export function piece(text: string): Piece {
  const bytes = Buffer.from(text)
  const padded = new DataView(new ArrayBuffer(bytes.length + STRIDE))
  new Uint8Array(padded.buffer).set(bytes)
  const strides = new Float64Array(Math.ceil(bytes.length / STRIDE))
  for (let at = 0; at < strides.length; at++) strides[at] = padded.getFloat64(at * STRIDE, true)
  return { bytes, length: bytes.length, strides }
}

/** Bytes of whole characters as text. */
export const utf8 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')

/** Two digits of each number below 100, as a little-endian word. */
const PAIRS = Uint16Array.from(
  { length: 100 },
  (_, value) => (ZERO + Math.floor(value / 10)) | ((ZERO + (value % 10)) << 8),
)
const POINT = piece('.')
/** Up to here a decimal fraction of a whole number is the shortest text of its double: that holds 15 digits. */
const MOST_EXACT = 1e15

const newBuffer = (): Buffer<ArrayBuffer> => Buffer.allocUnsafeSlow(CHUNK_BYTES + (CHUNK_BYTES >> 2))

/**
 * Writes text as bytes into two buffers in turn: what `take` gave may be on its way out while the next is made. Strings
 * that were joined per field took nine tenths of the time of a large report.
 */
export class ByteWriter {
  #bytes = newBuffer()
  /** The other one; null until the first one is given out. */
  #spare: Buffer<ArrayBuffer> | null = null
  #view = new DataView(this.#bytes.buffer)
  #limit = this.#bytes.length - STRIDE
  #at = 0

  /** True where it is time to `take`. */
  get isFull(): boolean {
    return this.#at >= CHUNK_BYTES
  }

  /** What was written since; valid until more is written after the next `take`. */
  take(): Uint8Array {
    const full = this.#bytes
    const written = full.subarray(0, this.#at)
    this.#at = 0
    this.#use(this.#spare ?? newBuffer())
    this.#spare = full
    return written
  }

  /** Writes a constant. */
  put({ bytes, strides, length }: Piece): void {
    const from = this.#room(length)
    if (length > SHORT_BYTES) this.#bytes.set(bytes, from)
    else {
      const view = this.#view
      for (let n = 0, at = from; n < strides.length; n++, at += STRIDE) view.setFloat64(at, strides[n]!, true)
    }
    this.#at = from + length
  }

  /** Writes the bytes of ASCII from one place of a view to another; up to seven behind them are read, too. */
  copy(source: DataView, from: number, to: number): void {
    const start = this.#room(to - from)
    const view = this.#view
    for (let at = from, into = start; at < to; at += STRIDE, into += STRIDE)
      view.setFloat64(into, source.getFloat64(at, true), true)
    this.#at = start + to - from
  }

  /** How far the next byte is from where a stride starts. */
  get offset(): number {
    return this.#at % STRIDE
  }

  /**
   * Writes the bytes from one place of the engine's memory to another. Of memory that is shared V8 copies a stride at a time
   * only where both places are as far from the start of one.
   */
  copyRun(source: Uint8Array, from: number, to: number): void {
    const at = this.#room(to - from)
    this.#bytes.set(source.subarray(from, to), at)
    this.#at = at + to - from
  }

  /** Writes any text. */
  text(text: string): void {
    this.#room(text.length * 3)
    const short = text.length <= SHORT_BYTES ? this.#ascii(text, this.#at) : -1
    this.#at = short >= 0 ? short : this.#at + this.#bytes.write(text, this.#at, 'utf8')
  }

  /** Writes a text as a JSON string in which everything can be seen. */
  json(text: string): void {
    this.#room(text.length + 2)
    const end = this.#ascii(text, this.#at + 1)
    if (end < 0) {
      this.text(visibleJson(text))
      return
    }
    this.#bytes[this.#at] = QUOTE
    this.#bytes[end] = QUOTE
    this.#at = end + 1
  }

  /** Writes a text from `at` on that needs neither escaping nor encoding, and returns its end; else -1. */
  #ascii(text: string, at: number): number {
    const bytes = this.#bytes
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code < SPACE || code > TILDE || code === QUOTE || code === BACKSLASH) return -1
      bytes[at + index] = code
    }
    return at + text.length
  }

  /** Writes a number as JSON does. */
  number(value: number): void {
    if (value < 0 || value > 0x7fffffff || (value | 0) !== value) this.text(String(value))
    else this.#digits(value, value < 10 ? 1 : value < 100 ? 2 : digitsOf(value))
  }

  /** Writes a whole number of decimal fractions, `value / 10 ** places`, as JSON does: without zeros at its end. */
  decimal(value: number, places: number): void {
    const unit = 10 ** places
    if (!(value >= 0 && value <= MOST_EXACT)) {
      this.text(String(value / unit))
      return
    }
    const whole = Math.floor(value / unit)
    this.number(whole)
    let fraction = value - whole * unit
    if (fraction === 0) return
    let digits = places
    for (; fraction % 10 === 0; digits--) fraction /= 10
    this.put(POINT)
    this.#digits(fraction, digits)
  }

  /** So many digits of a number that is an int32, with zeros in front. */
  #digits(value: number, digits: number): void {
    const from = this.#room(digits)
    const view = this.#view
    this.#at = from + digits
    let left = value | 0
    let at = from + digits - 2
    for (; at >= from; at -= 2) {
      const rest = (left / 100) | 0
      view.setUint16(at, PAIRS[left - rest * 100]!, true)
      left = rest
    }
    if (at === from - 1) this.#bytes[from] = ZERO + left
  }

  /** Where the next bytes are to be written, with room for so many, and a stride. */
  #room(bytes: number): number {
    const at = this.#at
    if (at + bytes > this.#limit) this.#grow(at + bytes)
    return at
  }

  #grow(bytes: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(bytes + STRIDE, this.#bytes.length * 2))
    this.#bytes.copy(grown, 0, 0, this.#at)
    this.#use(grown)
  }

  #use(buffer: Buffer<ArrayBuffer>): void {
    this.#bytes = buffer
    this.#view = new DataView(buffer.buffer)
    this.#limit = buffer.length - STRIDE
  }
}

/** How many digits a number of at least 100 has. */
function digitsOf(value: number): number {
  if (value < 1e5) return value < 1e3 ? 3 : value < 1e4 ? 4 : 5
  if (value < 1e8) return value < 1e6 ? 6 : value < 1e7 ? 7 : 8
  return value < 1e9 ? 9 : 10
}
