import type { PacketSeries } from '../packet-series.ts'

const FLAG_NAMES = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'] as const
/** Wireshark prints the handshake's bits before ACK, from low to high. */
export const flagText = (flags: number): string => FLAG_NAMES.filter((_, bit) => flags & (1 << bit)).join(', ')

/** `tcp.analysis.` names of a row, in Wireshark's words. */
export function analysisText(names: readonly string[], bits: number): string[] {
  return names.filter((_, bit) => bits & (1 << bit)).map((name) => name.replaceAll('_', ' '))
}

/** The row as Wireshark's Info column words it. */
export function infoText(series: PacketSeries, row: number, names: readonly string[]): string {
  const { columns } = series
  const client = columns.side[row] === 0
  const from = client ? series.client.port : series.server.port
  const to = client ? series.server.port : series.client.port
  const flags = columns.flags[row]!
  const notes = analysisText(names, columns.analysis[row]!).map((name) => `[TCP ${name}] `)
  const ack = flags & 16 ? ` Ack=${columns.ack[row]}` : ''
  return `${notes.join('')}${from} → ${to} [${flagText(flags)}] Seq=${columns.seq[row]}${ack} Win=${columns.window[row]} Len=${columns.payload[row]}`
}
