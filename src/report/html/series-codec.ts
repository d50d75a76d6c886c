import { emptyColumns, type PacketColumns, type PacketSeries } from '../packet-series.ts'

/** A series with columns of differences: a third less JSON than plain numbers take. */
export type EncodedSeries = PacketSeries

/** Columns that grow on both sides together. */
const SHARED = ['frame', 'time'] as const
/** Columns that follow their own sender. */
const PER_SIDE = ['seq', 'ack', 'window'] as const
const PLAIN = ['side', 'payload', 'flags', 'length', 'analysis'] as const

function convert(from: PacketColumns, decode: boolean): PacketColumns {
  const to = emptyColumns()
  for (const name of PLAIN) for (const value of from[name]) to[name].push(value)
  for (const name of SHARED) {
    let before = 0
    for (const value of from[name]) {
      to[name].push(decode ? value + before : value - before)
      before = decode ? value + before : value
    }
  }
  for (const name of PER_SIDE) {
    const before = [0, 0]
    from[name].forEach((value, row) => {
      const side = from.side[row]!
      to[name].push(decode ? value + before[side]! : value - before[side]!)
      before[side] = decode ? value + before[side]! : value
    })
  }
  return to
}

/** Differences to the row before; for what each end counts by itself, to its own row before. */
export const encodeSeries = (series: PacketSeries): EncodedSeries => ({
  ...series,
  columns: convert(series.columns, false),
})

/** The inverse of {@link encodeSeries}. */
export const decodeSeries = (series: EncodedSeries): PacketSeries => ({
  ...series,
  columns: convert(series.columns, true),
})
