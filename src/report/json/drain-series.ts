import type { Drain } from '../../diagnosis/evidence/drain.ts'
import type { PacketSeries } from '../packet-series.ts'

/** What one acknowledgment shows of the receive buffer. Bytes; counted from the handshake. */
export interface DrainPoint {
  readonly frame: number
  readonly time: number
  /** Payload that the server's system acknowledged so far. */
  readonly acked: number
  readonly window: number
  /** `acked + window`: does not move on as long as nothing is read, where the window is the free buffer. */
  readonly rightEdge: number
  /** How much may lie unread, at least and at most. */
  readonly unread: { readonly least: number; readonly most: number }
  /** The window that a process would show that reads nothing, and one that reads at once; null where no model applies. */
  readonly ifUnread: number | null
  readonly ifRead: number | null
}

/** Points of one flow: as many from its beginning and from its end where it has more. */
const MOST_POINTS = 200

/** One point for each acknowledgment of new payload, until the server speaks for the first time. */
export function drainSeries(series: PacketSeries, drain: Drain): DrainPoint[] {
  const { columns } = series
  const points: DrainPoint[] = []
  let acked = 0
  for (let row = 0; row < columns.frame.length; row++) {
    if (columns.side[row] !== 1) continue
    if (columns.payload[row]! > 0) break
    const upTo = columns.ack[row]! - 1
    if (upTo <= acked) continue
    points.push(pointAt(series, row, upTo, upTo - acked, drain))
    acked = upTo
  }
  if (points.length <= MOST_POINTS) return points
  return [...points.slice(0, MOST_POINTS / 2), ...points.slice(-MOST_POINTS / 2)]
}

function pointAt({ columns }: PacketSeries, row: number, acked: number, fresh: number, drain: Drain): DrainPoint {
  const window = columns.window[row]!
  const { bufferBytes, unitBytes } = drain
  const predicts = unitBytes > 0
  const shown = (unread: number) => {
    const free = Math.max(0, bufferBytes - unread)
    return predicts ? free - (free % unitBytes) : null
  }
  return {
    frame: columns.frame[row]!,
    time: columns.time[row]!,
    acked,
    window,
    rightEdge: acked + window,
    unread: unreadBytes(acked, window, drain),
    ifUnread: shown(acked),
    ifRead: shown(fresh),
  }
}

/** Exact to one unit where the window is the free buffer; elsewhere only a window of zero says anything. */
function unreadBytes(acked: number, window: number, { model, bufferBytes, unitBytes }: Drain): DrainPoint['unread'] {
  if (model !== 'free-buffer') return { least: window === 0 ? Math.min(acked, bufferBytes) : 0, most: acked }
  const most = Math.min(acked, Math.max(0, bufferBytes - window))
  return { least: Math.min(most, Math.max(0, bufferBytes - window - unitBytes + 1)), most }
}
