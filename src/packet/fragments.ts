/** Bounds of what is kept of datagrams that are not complete. The time is RFC 8200 §4.5's. */
export const FRAGMENT_LIMITS = {
  datagrams: 1024,
  bytes: 16 * 2 ** 20,
  fragmentsPerDatagram: 2048,
  nanoseconds: 60e9,
} as const

/** Longest datagram, and room in front of it for the headers of the frame that completes it. */
const MAX_DATAGRAM = 65535
const HEADROOM = 256

/** One fragment as it arrived. */
interface Fragment {
  readonly offset: number
  readonly bytes: Uint8Array
}

class Datagram {
  /** In order of their offsets; those with the same one, in the order in which they came. */
  readonly fragments: Fragment[] = []
  bytes = 0
  /** Known once the last fragment was seen, else -1. */
  length = -1
  readonly firstTime: number

  constructor(firstTime: number) {
    this.firstTime = firstTime
  }

  add(fragment: Fragment): void {
    let at = this.fragments.length
    while (at > 0 && this.fragments[at - 1]!.offset > fragment.offset) at--
    this.fragments.splice(at, 0, fragment)
    this.bytes += fragment.bytes.length
  }

  isComplete(): boolean {
    if (this.length < 0 || this.bytes < this.length) return false
    let reached = 0
    for (const { offset, bytes } of this.fragments) {
      if (offset > reached) return false
      reached = Math.max(reached, offset + bytes.length)
    }
    return reached >= this.length
  }

  /** Where fragments overlap, the one that starts first has its way, as in Wireshark. */
  copyTo(target: Uint8Array): void {
    let reached = 0
    for (const { offset, bytes } of this.fragments) {
      const fresh = bytes.subarray(Math.max(0, reached - offset), Math.max(0, this.length - offset))
      if (offset + bytes.length <= reached) continue
      target.set(fresh, HEADROOM + reached)
      reached += fresh.length
    }
  }
}

/** Puts datagrams together from their fragments (RFC 791 §3.2, RFC 8200 §4.5), within {@link FRAGMENT_LIMITS}. */
export class FragmentTable {
  /** Holds the datagram completed last, with the headers before it: valid until the next one. */
  bytes: DataView = new DataView(new ArrayBuffer(0))
  start = 0
  end = 0
  /** Where the header in front of it was copied to. */
  headerStart = 0
  /** Datagrams given up because of a bound. */
  dropped = 0
  #buffer: Uint8Array = new Uint8Array(0)
  #held = 0
  readonly #datagrams = new Map<string, Datagram>()

  /**
   * Takes the fragment in `bytes` from `start` to `end`, with its header from `header`.
   * True where it completes its datagram, which then is in `bytes`.
   */
  add(
    key: string,
    time: number,
    offset: number,
    more: boolean,
    bytes: DataView,
    header: number,
    start: number,
    end: number,
  ): boolean {
    const datagram = this.#datagramOf(key, time)
    if (!more) datagram.length = offset + end - start
    datagram.add({ offset, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start).slice() })
    this.#held += end - start
    if (datagram.isComplete()) {
      this.#assemble(datagram, bytes, header, start)
      this.#forget(key, datagram)
      return true
    }
    if (datagram.fragments.length >= FRAGMENT_LIMITS.fragmentsPerDatagram) this.#drop(key, datagram)
    this.#enforceLimits()
    return false
  }

  #datagramOf(key: string, time: number): Datagram {
    const known = this.#datagrams.get(key)
    if (known && Math.abs(time - known.firstTime) <= FRAGMENT_LIMITS.nanoseconds) return known
    if (known) this.#drop(key, known)
    const fresh = new Datagram(time)
    this.#datagrams.set(key, fresh)
    return fresh
  }

  #assemble(datagram: Datagram, bytes: DataView, header: number, start: number): void {
    if (this.#buffer.length === 0) {
      this.#buffer = new Uint8Array(HEADROOM + MAX_DATAGRAM)
      this.bytes = new DataView(this.#buffer.buffer)
    }
    const headerLength = Math.min(start - header, HEADROOM)
    this.headerStart = HEADROOM - headerLength
    this.#buffer.set(new Uint8Array(bytes.buffer, bytes.byteOffset + header, headerLength), this.headerStart)
    datagram.copyTo(this.#buffer)
    this.start = HEADROOM
    this.end = HEADROOM + datagram.length
  }

  /** A map keeps the order of insertion: the first is the oldest. */
  #enforceLimits(): void {
    while (this.#held > FRAGMENT_LIMITS.bytes || this.#datagrams.size > FRAGMENT_LIMITS.datagrams) {
      const [key, datagram] = this.#datagrams.entries().next().value!
      this.#drop(key, datagram)
    }
  }

  #drop(key: string, datagram: Datagram): void {
    this.dropped++
    this.#forget(key, datagram)
  }

  #forget(key: string, datagram: Datagram): void {
    this.#held -= datagram.bytes
    this.#datagrams.delete(key)
  }
}
