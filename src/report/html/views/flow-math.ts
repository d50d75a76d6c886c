import type { PacketSeries } from '../../packet-series.ts'

const Flag = { SYN: 2, RST: 4, ACK: 16 } as const

/** What one end sent and the other took, row by row. Seconds since the first row; bytes relative to the first byte. */
export interface Progress {
  readonly x: number[]
  /** First and last byte that a row carries; null for rows without payload from the sender. */
  readonly from: (number | null)[]
  readonly to: (number | null)[]
  readonly again: boolean[]
  /** The receiver's acknowledgment and window edge: known from its first ACK on. */
  readonly ack: (number | null)[]
  readonly edge: (number | null)[]
  readonly window: (number | null)[]
  /** Acknowledged, and the window edge has not moved on for it. A process that reads moves the edge on. */
  readonly notGivenBack: (number | null)[]
  /** Acknowledged since the receiver last sent payload: nobody has answered it. */
  readonly unanswered: (number | null)[]
}

interface Receiver {
  ack: number | null
  edge: number | null
  firstEdge: number | null
  firstAck: number
  highestEdge: number
  answeredAt: number
}

/** Follows one direction of a flow: `sender` is the side whose bytes are looked at. */
export function progress(series: PacketSeries, sender: number, againBits: number): Progress {
  const { columns } = series
  const start = columns.time[0] ?? 0
  const out: Progress = {
    x: [],
    from: [],
    to: [],
    again: [],
    ack: [],
    edge: [],
    window: [],
    notGivenBack: [],
    unanswered: [],
  }
  const receiver: Receiver = { ack: null, edge: null, firstEdge: null, firstAck: 0, highestEdge: 0, answeredAt: 0 }
  columns.frame.forEach((_, row) => {
    const sent = columns.side[row] === sender
    const payload = columns.payload[row]!
    const seq = columns.seq[row]!
    out.x.push((columns.time[row]! - start) / 1e9)
    out.from.push(sent && payload > 0 ? seq : null)
    out.to.push(sent && payload > 0 ? seq + payload : null)
    out.again.push((columns.analysis[row]! & againBits) !== 0)
    if (!sent) hear(receiver, columns.ack[row]!, columns.window[row]!, columns.flags[row]!, payload)
    out.ack.push(receiver.ack)
    out.edge.push(receiver.edge)
    out.window.push(receiver.edge === null ? null : receiver.edge - receiver.ack!)
    const acked = receiver.ack === null ? null : receiver.ack - receiver.firstAck
    const given = receiver.highestEdge - (receiver.firstEdge ?? 0)
    out.notGivenBack.push(acked === null ? null : Math.max(0, acked - given))
    out.unanswered.push(receiver.ack === null ? null : receiver.ack - receiver.answeredAt)
  })
  return out
}

function hear(receiver: Receiver, ack: number, window: number, flags: number, payload: number): void {
  if (!(flags & Flag.ACK) || flags & Flag.RST) return
  receiver.ack = ack
  receiver.edge = ack + window
  if (receiver.firstEdge === null) {
    receiver.firstEdge = receiver.edge
    receiver.firstAck = ack
    receiver.answeredAt = ack
  }
  receiver.highestEdge = Math.max(receiver.highestEdge, receiver.edge)
  if (payload > 0) receiver.answeredAt = ack
}
