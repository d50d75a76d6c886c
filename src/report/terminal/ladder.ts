import type { LadderRow } from '../../diagnosis/finding.ts'
import { clip, displayWidth, pad } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
import type { Pen } from './pen.ts'

/** Narrower lanes leave no room for an arrow beside its text; wider ones tear it from its frame number. */
const LANE = { least: 24, most: 40 } as const

const FRAME = 'frame'
const SECONDS = 'seconds'

function arrow(row: LadderRow, lane: number, pen: Pen): string {
  const { signs } = pen
  const text = clip(pen.text(row.text, 200), lane - 7, signs.ellipsis)
  if (row.direction === null) return `${signs.gap}${pad(`  ${text}`, lane - 2)}${signs.gap}`
  const shaft = signs.line.repeat(lane - 7 - displayWidth(text))
  return row.direction === 'to-server'
    ? `${signs.rail}${signs.line}${signs.line} ${text} ${shaft}${signs.right}${signs.rail}`
    : `${signs.rail}${signs.left}${shaft} ${text} ${signs.line}${signs.line}${signs.rail}`
}

/**
 * Who sent what, when: a row for each packet, with its frame number and the seconds since the first row.
 * The note of a deciding packet stands beside it, or below where the terminal is narrow. Where the frames go on in another
 * capture, a line before them has what `nameOf` calls it; undefined is the connection's first.
 */
export function* ladder(
  rows: readonly LadderRow[],
  width: number,
  pen: Pen,
  nameOf: (capture: number | undefined) => string,
): Generator<string> {
  const { chalk } = pen
  const start = rows[0]!.time
  const frames = rows.map((row) => `${row.frame}`)
  const seconds = rows.map((row) => ((row.time - start) / 1e9).toFixed(6))
  const frameWidth = Math.max(FRAME.length, ...frames.map((text) => text.length))
  const secondsWidth = Math.max(SECONDS.length, ...seconds.map((text) => text.length))
  const used = frameWidth + secondsWidth + 4
  const notes = rows.map((row) => (row.note === null ? '' : pen.text(row.note, 200)))
  const widest = Math.max(0, ...notes.map(displayWidth))
  const beside = width - used - LANE.least >= widest + 2
  const lane = Math.max(LANE.least, Math.min(LANE.most, width - used - (beside ? widest + 2 : 0)))
  const ends = `client${pad('server', lane - 6, 'right')}`
  yield chalk.dim(`${pad(FRAME, frameWidth, 'right')}  ${pad(SECONDS, secondsWidth, 'right')}  ${ends}`)
  for (const [at, row] of rows.entries()) {
    if (row.capture !== rows[Math.max(0, at - 1)]!.capture)
      yield chalk.dim(`in ${pen.text(nameOf(row.capture), width)}`)
    const decides = row.note !== null
    const drawn = arrow(row, lane, pen)
    const place = `${pad(frames[at]!, frameWidth, 'right')}  ${pad(seconds[at]!, secondsWidth, 'right')}  `
    const note = notes[at]!
    yield place + (decides ? chalk.bold(drawn) : drawn) + (decides && beside ? `  ${chalk.bold(note)}` : '')
    if (!decides || beside) continue
    for (const line of wrap(note, width - used - 2)) yield `${' '.repeat(used)}  ${chalk.bold(line)}`
  }
}
