import type { Finding } from '../../../diagnosis/finding.ts'
import type { TimelineRow } from '../../details.ts'
import type { PacketSeries } from '../../packet-series.ts'
import { el } from '../element.ts'
import { lineRef, type Model } from '../model.ts'
import { ladder } from './ladder.ts'
import { findingPackets, seriesPackets } from './ladder-packets.ts'

/** Packets and log lines of a finding's own picture. */
const EXCERPT = 14
const LINES = 6

/** The finding's own ladder; where it brings none, its deciding packets with those that they acknowledge. */
export function excerpt(model: Model, finding: Finding): HTMLElement | null {
  const capture = finding.evidence.find((evidence) => evidence.frames.length > 0)?.capture ?? null
  const series = model.seriesOf(capture, finding.stream)
  const ends = series ?? model.endsOf(capture, finding.stream)
  if (ends === null || capture === null) return null
  const packets =
    finding.ladder === undefined
      ? series && seriesPackets(model, series, ...decidingRows(series, finding, capture))
      : findingPackets(finding.ladder, capture)
  if (packets === null || packets.length === 0) return null
  const name = `finding ${model.payload.findings.indexOf(finding) + 1}`
  const picture = ladder(model, {
    name,
    client: ends.client,
    server: ends.server,
    packets,
    lines: quotedLines(model, finding),
  })
  const link =
    series !== null &&
    el(
      'a',
      { href: `#flow-${series.stream}`, 'data-flow': `${series.capture}-${series.stream}` },
      `All ${series.packets} packets of stream ${series.stream}, with graphs`,
    )
  return el('div', { class: 'excerpt' }, picture, link && el('p', { class: 'intro' }, link))
}

/** Log lines that the finding names, to stand beside its packets. */
function quotedLines(model: Model, finding: Finding): TimelineRow[] {
  const lines = new Set<TimelineRow>()
  for (const evidence of finding.evidence)
    for (const line of evidence.log === null ? [] : evidence.lines) {
      const row = model.lines.get(lineRef(evidence.log!, line))
      if (row && row.time !== null && lines.size < LINES) lines.add(row)
    }
  return [...lines]
}

/** The first rows that decide and the last ones, each ACK after what it acknowledges. */
function decidingRows(series: PacketSeries, finding: Finding, capture: number): [number[], Set<number>] {
  const { frame, side, payload } = series.columns
  const deciding = new Set<number>()
  for (const evidence of finding.evidence)
    if (evidence.capture === capture) for (const number of evidence.frames) deciding.add(number)
  const rows: number[] = []
  frame.forEach((number, row) => {
    const acknowledged = row > 0 && side[row - 1] !== side[row] && payload[row] === 0 && payload[row - 1]! > 0
    if (!deciding.has(number)) return
    if (acknowledged && rows.at(-1) !== row - 1) rows.push(row - 1)
    rows.push(row)
  })
  const chosen = rows.length > 0 ? rows : frame.map((_, row) => row)
  return [chosen.length <= EXCERPT ? chosen : [...chosen.slice(0, EXCERPT - 4), ...chosen.slice(-4)], deciding]
}
