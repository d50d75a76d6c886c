import type { LadderRow } from '../../../diagnosis/finding.ts'
import type { PacketSeries } from '../../packet-series.ts'
import { frameRef, type Model } from '../model.ts'
import { analysisText, flagText, infoText } from '../packet-text.ts'
import type { LadderPacket } from './ladder-layout.ts'

const SYN_OR_RST = 6
const RST = 4
const ACK = 16

/** Rows of a series, with those that decide a finding told apart. */
export function seriesPackets(
  model: Model,
  series: PacketSeries,
  rows: readonly number[],
  deciding: ReadonlySet<number>,
): LadderPacket[] {
  const { columns } = series
  const names = model.payload.analysisNames
  return rows.map((row) => {
    const frame = columns.frame[row]!
    const flags = columns.flags[row]!
    const payload = columns.payload[row]!
    const notes = analysisText(names, columns.analysis[row]!)
    const look: LadderPacket['look'][number][] = deciding.has(frame) ? ['deciding'] : []
    if (notes.some((note) => note.includes('retransmission'))) look.push('again')
    if (flags & RST) look.push('reset')
    const parts = payload > 0 ? [`${payload} B`, `seq ${columns.seq[row]}`] : [flagText(flags)]
    if (payload === 0 && flags & ACK && !(flags & SYN_OR_RST))
      parts.push(`ack ${columns.ack[row]}`, `win ${columns.window[row]}`)
    parts.push(...notes)
    return {
      time: columns.time[row]!,
      side: columns.side[row] === 0 ? 0 : 1,
      frame,
      ref: frameRef(series.capture, frame),
      caption: (payload > 0 ? [flagText(flags), ...parts] : parts).join(' · '),
      short: parts.join(' · '),
      note: null,
      look,
      description: infoText(series, row, names),
    }
  })
}

/** The ladder that a finding brings itself. */
export const findingPackets = (ladder: readonly LadderRow[], capture: number): LadderPacket[] =>
  ladder.map(({ time, direction, frame, capture: own = capture, text, note }) => ({
    time,
    side: direction === null ? null : direction === 'to-server' ? 0 : 1,
    frame,
    ref: frameRef(own, frame),
    caption: text,
    short: text,
    note,
    look: note === null ? [] : ['deciding'],
    description: note === null ? text : `${text}: ${note}`,
  }))
