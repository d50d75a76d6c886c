import type { Packet } from './packet.ts'

/** TCP option kinds (IANA) that are understood. */
export const OptionKind = {
  END: 0,
  NOP: 1,
  MSS: 2,
  WINDOW_SCALE: 3,
  SACK_PERMITTED: 4,
  SACK: 5,
  ECHO: 6,
  ECHO_REPLY: 7,
  TIMESTAMPS: 8,
  CC: 11,
  CC_NEW: 12,
  CC_ECHO: 13,
  MD5: 19,
  USER_TIMEOUT: 28,
  AUTHENTICATION: 29,
  MPTCP: 30,
  FAST_OPEN: 34,
  EXPERIMENT_1: 253,
  EXPERIMENT_2: 254,
} as const

const MIN_HEADER = 20

/** Walks over a segment's options. One instance serves any number of packets. */
export class TcpOptions {
  kind = 0
  /** Where the option starts in the packet's bytes, and its length with kind and length byte. */
  at = 0
  length = 0
  #next = 0
  #end = 0
  #bytes: DataView = new DataView(new ArrayBuffer(0))

  /** Begins with the packet's first option. */
  open(packet: Packet): void {
    this.#bytes = packet.bytes
    this.#next = packet.transportStart + MIN_HEADER
    this.#end = packet.optionsEnd
  }

  /** Moves on to the next whole option other than NOP; false behind the last one, or where its length is impossible. */
  next(): boolean {
    const bytes = this.#bytes
    const end = this.#end
    let at = this.#next
    while (at < end && bytes.getUint8(at) === OptionKind.NOP) at++
    if (at + 1 >= end) return false
    const kind = bytes.getUint8(at)
    if (kind === OptionKind.END) return false
    const length = bytes.getUint8(at + 1)
    if (length < 2 || at + length > end) return false
    this.kind = kind
    this.at = at
    this.length = length
    this.#next = at + length
    return true
  }
}

const walk = new TcpOptions()

/** Whether the segment has an option of the kind. */
export function hasOption(packet: Packet, kind: number): boolean {
  walk.open(packet)
  while (walk.next()) if (walk.kind === kind) return true
  return false
}
