import { Current } from '../../src/flow/current.ts'
import { Flag, Protocol } from '../../src/packet/packet.ts'

const CONTROL = { S: Flag.SYN, A: Flag.ACK, F: Flag.FIN, R: Flag.RST, P: Flag.PSH } as const

/** A segment as a test tells of it: whatever is left out is 0, window 1000. */
export interface Told {
  /** `>` from the first sender, `<` from the other. */
  readonly way: '>' | '<'
  /** Letters of the control bits: S A F R P. */
  readonly flags: string
  readonly seq?: number
  readonly ack?: number
  readonly length?: number
  readonly window?: number
  /** Milliseconds; one more than the segment before where it is left out. */
  readonly at?: number
  /** TCP options, whole words. */
  readonly options?: readonly number[]
  readonly reused?: boolean
}

/** Fills a `Current` segment by segment: one flow, or the one that is named. */
export class Segments {
  readonly current = new Current()
  #milliseconds = -1

  /** The same instance each time. */
  next(told: Told, flow = 0): Current {
    const { current } = this
    const { packet, frame } = current
    packet.reset()
    frame.number++
    frame.originalLength = 54 + (told.length ?? 0)
    this.#milliseconds = told.at ?? this.#milliseconds + 1
    frame.time = this.#milliseconds * 1e6
    current.frameId = frame.number
    current.flow = flow
    current.side = told.way === '>' ? 0 : 1
    current.reused = told.reused === true
    packet.protocol = Protocol.TCP
    packet.ipVersion = 4
    packet.sourcePort = told.way === '>' ? 50000 : 9000
    packet.destinationPort = told.way === '>' ? 9000 : 50000
    packet.address[0] = 0x7f000001
    packet.address[4] = 0x7f000001
    packet.seq = (told.seq ?? 0) | 0
    packet.ack = (told.ack ?? 0) | 0
    packet.window = told.window ?? 1000
    packet.payloadLength = told.length ?? 0
    for (const letter of told.flags) packet.flags |= CONTROL[letter as keyof typeof CONTROL]
    const options = told.options ?? []
    packet.bytes = new DataView(Uint8Array.from([...new Array<number>(20).fill(0), ...options]).buffer)
    packet.headerLength = 20 + options.length
    packet.optionsEnd = packet.headerLength
    packet.payloadStart = packet.headerLength
    packet.payloadEnd = packet.headerLength
    return current
  }
}

/** Segments in the spirit of packetdrill, one a line: `> SA seq 0 ack 1 length 5 window 100 at 12`. */
export function scene(text: string): Told[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [way, flags, ...rest] = line.split(/\s+/)
      const numbers = Object.fromEntries(
        Array.from({ length: rest.length / 2 }, (_, i) => [rest[2 * i], Number(rest[2 * i + 1])]),
      )
      return { way: way as Told['way'], flags: flags!.replace('-', ''), ...numbers }
    })
}
