import type { LadderRow } from '../../diagnosis/finding.ts'
import { clip, displayWidth, pad } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
import type { Pen } from './pen.ts'

/** Narrower lanes leave no room for an arrow beside its text; wider ones tear it from its frame number. */
const LANE = { least: 24, most: 40 } as const

/** Characters that an arrow in a lane takes of it beside its text. */
const ARROW = 7

/** How the packets are drawn: what stands above them, and the lines of each, its note among them. */
interface Drawing {
  readonly head: string
  readonly lines: (row: LadderRow) => readonly string[]
}

/**
 * Who sent what, when: a row for each packet, with its frame number and the seconds since the first row. Where the frames
 * go on in another capture, a line before them has what `nameOf` calls it; undefined is the connection's first.
 */
export function* ladder(
  rows: readonly LadderRow[],
  width: number,
  pen: Pen,
  nameOf: (capture: number | undefined) => string,
): Generator<string> {
  const { chalk } = pen
  const [head = '', ...places] = placesOf(rows)
  const room = width - head.length
  const drawing = room < LANE.least ? listed(room, pen) : lanes(rows, room, pen)
  yield chalk.dim(`${head}${drawing.head}`)
  for (const [at, row] of rows.entries()) {
    if (row.capture !== rows[Math.max(0, at - 1)]!.capture)
      yield chalk.dim(`in ${pen.text(nameOf(row.capture), width)}`)
    for (const [line, text] of drawing.lines(row).entries())
      yield (line === 0 ? places[at]! : ' '.repeat(head.length)) + text
  }
}

/** Frame and seconds of each row, below their titles. */
function placesOf(rows: readonly LadderRow[]): string[] {
  const start = rows[0]!.time
  const frames = ['frame', ...rows.map((row) => `${row.frame}`)]
  const seconds = ['seconds', ...rows.map((row) => ((row.time - start) / 1e9).toFixed(6))]
  const [frameWidth, secondsWidth] = [frames, seconds].map((texts) => Math.max(...texts.map((text) => text.length)))
  return frames.map((frame, at) => `${frame.padStart(frameWidth!)}  ${seconds[at]!.padStart(secondsWidth!)}  `)
}

const noteOf = (row: LadderRow, pen: Pen): string => (row.note === null ? '' : pen.text(row.note, 200))

/** Arrows between client and server. The note of a deciding packet stands beside it, or below where there is no room. */
function lanes(rows: readonly LadderRow[], room: number, pen: Pen): Drawing {
  const { bold } = pen.chalk
  const widest = Math.max(0, ...rows.map((row) => displayWidth(noteOf(row, pen))))
  const needed = ARROW + Math.max(...rows.map((row) => displayWidth(pen.text(row.text, 200))))
  // A note that stands beside leaves the lane what its texts need.
  const beside = room - Math.max(LANE.least, Math.min(LANE.most, needed)) >= widest + 2
  const lane = Math.max(LANE.least, Math.min(LANE.most, room - (beside ? widest + 2 : 0)))
  return {
    head: `client${pad('server', lane - 6, 'right')}`,
    lines: (row) => {
      const drawn = arrow(row, lane, pen)
      if (row.note === null) return [drawn]
      const note = noteOf(row, pen)
      if (beside) return [`${bold(drawn)}  ${bold(note)}`]
      return [bold(drawn), ...wrap(note, room - 2).map((line) => `  ${bold(line)}`)]
    },
  }
}

function arrow(row: LadderRow, lane: number, pen: Pen): string {
  const { signs } = pen
  const text = clip(pen.text(row.text, 200), lane - ARROW, signs.ellipsis)
  if (row.direction === null) return `${signs.gap}${pad(`  ${text}`, lane - 2)}${signs.gap}`
  const shaft = signs.line.repeat(lane - ARROW - displayWidth(text))
  return row.direction === 'to-server'
    ? `${signs.rail}${signs.line}${signs.line} ${text} ${shaft}${signs.right}${signs.rail}`
    : `${signs.rail}${signs.left}${shaft} ${text} ${signs.line}${signs.line}${signs.rail}`
}

/** For a terminal without room for lanes: a sign for the direction, and the text in as many lines as it takes. */
function listed(room: number, pen: Pen): Drawing {
  const { line, right, left, gap } = pen.signs
  const signs = { 'to-server': line + right, 'to-client': left + line }
  const inside = Math.max(2, room - 3)
  return {
    head: `${signs['to-server']} server`,
    lines: (row) => {
      const texts = wrap(pen.text(row.text, 200), inside)
      const notes = row.note === null ? [] : wrap(noteOf(row, pen), inside).map((text) => pen.chalk.bold(text))
      const sign = row.direction === null ? ` ${gap}` : signs[row.direction]
      return [...texts, ...notes].map((text, at) => `${at === 0 ? sign : '  '} ${text}`)
    },
  }
}
