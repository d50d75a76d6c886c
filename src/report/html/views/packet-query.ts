import type { PacketSeries } from '../../packet-series.ts'

/** What a word of the packet filter is compared with. */
const FIELDS = {
  frame: (series, row) => series.columns.frame[row]!,
  stream: (series) => series.stream,
  len: (series, row) => series.columns.payload[row]!,
  seq: (series, row) => series.columns.seq[row]!,
  ack: (series, row) => series.columns.ack[row]!,
  win: (series, row) => series.columns.window[row]!,
} as const satisfies Record<string, (series: PacketSeries, row: number) => number>

export type PacketTest = (series: PacketSeries, row: number, text: () => string) => boolean

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  ':': (a, b) => a === b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
}

/** Reads a filter such as `stream:3 len>0 from:client retransmission`: every word must hold. */
export function packetQuery(query: string): PacketTest {
  const tests = query
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(wordTest)
  return (series, row, text) => tests.every((test) => test(series, row, text))
}

function wordTest(word: string): PacketTest {
  const compared = /^(frame|stream|len|seq|ack|win)(<=|>=|[:=<>])(\d+)$/.exec(word)
  if (compared) {
    const field = FIELDS[compared[1] as keyof typeof FIELDS]
    const compare = COMPARE[compared[2]!]!
    const wanted = Number(compared[3])
    return (series, row) => compare(field(series, row), wanted)
  }
  const from = /^from:(client|server)$/.exec(word)
  if (from) return (series, row) => series.columns.side[row] === (from[1] === 'client' ? 0 : 1)
  return (_, __, text) => text().includes(word)
}
