import { TextDecoder } from 'node:util'
import { type ByteSource, SourceFault } from '../../capture/source/byte-source.ts'

/** What a log's bytes are, as its first ones show. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'binary'

/** Bytes that the encoding is decided by. */
const HEAD = 4096
/** UTF-16 that is transcoded at once; its UTF-8 is at most half as long again. */
const WIDE_CHUNK = 1 << 18

/** Tells the encoding of a text by its byte order mark, or by where its zero bytes are. */
export function encodingOf(head: Uint8Array): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const length = withoutTail(head)
  let evenZeros = 0
  let oddZeros = 0
  let controls = 0
  for (let i = 0; i < length; i++) {
    const byte = head[i]!
    if (byte === 0) i % 2 === 0 ? evenZeros++ : oddZeros++
    // What text holds below a space: tab, line ends, form feed, and the escape of colours.
    else if (byte < 0x20 && (byte < 0x08 || byte > 0x0d) && byte !== 0x1b) controls++
  }
  const half = length / 2
  // Latin text in UTF-16 has a zero in nearly every pair, always on the same side.
  if (oddZeros > half * 0.7 && evenZeros < half * 0.05) return 'utf-16le'
  if (evenZeros > half * 0.7 && oddZeros < half * 0.05) return 'utf-16be'
  // Other controls than a line's are what no text has.
  const isBinary = controls > length * 0.02 || evenZeros + oddZeros > half || (length === 0 && head.length > 0)
  return isBinary ? 'binary' : 'utf-8'
}

/** A tail of zeros is what a crash leaves of a text: the file was enlarged, and its last lines were not written. */
function withoutTail(head: Uint8Array): number {
  let length = head.length
  while (length > 0 && head[length - 1] === 0) length--
  // The last letter of UTF-16 ends in a zero of its own.
  return Math.min(head.length, length + (length % 2))
}

/** Gives a log's text as UTF-8 without byte order mark, whatever it is stored in, as far as it can be read. */
export class TextSource {
  encoding: TextEncoding = 'utf-8'
  /** The first bytes as they are stored. */
  head: Uint8Array = new Uint8Array(0)
  /** Why the source ended before its time; null where it did not. */
  fault: SourceFault | null = null
  readonly #source: ByteSource
  /** UTF-8 that was decided on, or transcoded, and not handed out yet. */
  #ready: Uint8Array = new Uint8Array(0)
  #decoder: TextDecoder | null = null
  readonly #encoder = new TextEncoder()
  #wide = new Uint8Array(0)
  #ended = false

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** Looks at the first bytes; `head` and `encoding` are known after. */
  async open(): Promise<void> {
    const room = Buffer.alloc(HEAD)
    let count = 0
    while (count < HEAD && !this.#ended) count += await this.#pull(room, count)
    const head = room.subarray(0, count)
    this.head = head
    this.encoding = encodingOf(head)
    if (this.encoding === 'utf-8' || this.encoding === 'binary') {
      this.#ready = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head
      return
    }
    this.#decoder = new TextDecoder(this.encoding)
    this.#wide = new Uint8Array(WIDE_CHUNK)
    this.#ready = this.#encoder.encode(this.#decoder.decode(head, { stream: true }))
  }

  /** Puts text into `target` from index `at` on; resolves to the number of bytes, 0 at the end. */
  async read(target: Uint8Array, at: number): Promise<number> {
    while (this.#ready.length === 0) {
      if (this.#ended) return 0
      if (this.#decoder === null) return this.#pull(target, at)
      await this.#transcode(this.#decoder)
    }
    const taken = this.#ready.subarray(0, target.length - at)
    target.set(taken, at)
    this.#ready = this.#ready.subarray(taken.length)
    return taken.length
  }

  /** `length` bytes of text at most, read while the caller does something else. Undefined where the source cannot. */
  get readAhead(): ByteSource['readAhead'] {
    const source = this.#source
    if (source.readAhead === undefined) return undefined
    return (target, at, length) => {
      const isPlain = this.#ready.length === 0 && this.#decoder === null && !this.#ended
      if (!isPlain) return this.read(target.subarray(0, at + length), at)
      return this.#took(() => source.readAhead!(target, at, length))
    }
  }

  async #transcode(decoder: TextDecoder): Promise<void> {
    const read = await this.#pull(this.#wide, 0)
    const text = decoder.decode(this.#wide.subarray(0, read), { stream: !this.#ended })
    this.#ready = this.#encoder.encode(text)
  }

  #pull(target: Uint8Array, at: number): Promise<number> {
    return this.#took(() => this.#source.read(target, at))
  }

  /** How many bytes came; none where the source has ended, before its time or not. */
  async #took(begin: () => number | Promise<number>): Promise<number> {
    try {
      const read = await begin()
      this.#ended = read === 0
      return read
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
      this.#ended = true
      this.fault = error
      return 0
    }
  }
}
