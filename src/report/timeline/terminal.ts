import { basename } from 'node:path'
import { formatDuration } from '../../text/duration.ts'
import { formatTime } from '../../text/time.ts'
import { clip, displayWidth, pad } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
import type { TimelineEntry } from '../../timeline/entry.ts'
import { type Pen, penOf } from '../terminal/pen.ts'
import { PARTIAL, placeOf, type TimelineReporter, type TimelineView } from './timeline-view.ts'

/** Widest column of places; longer ones are cut. */
const PLACE_WIDTH = 24
/** Lines that one of a log takes: a socket's number stands at the end of many. */
const LOG_LINES = 2
/** Where less room than this is left beside time and place, the text stands below them. */
const LEAST_TEXT_WIDTH = 20
const INDENT = 4

/** The axis as a list: time, doubt, where, what. A tilde marks an event whose order is open. */
export const timelineTerminal: TimelineReporter = function* (view, options) {
  const pen = penOf(options)
  const timed = view.entries.filter((each) => each.time !== null)
  const untimed = view.entries.filter((each) => each.time === null)
  const widths = widthsOf(view, pen)
  let day = ''
  for (const each of timed) {
    const own = dayOf(view, each)
    if (own !== day) yield `${own}\n`
    day = own
    yield lineOf(view, each, pen, widths)
  }
  if (untimed.length > 0) yield `\n${pen.text('Not on the capture’s clock')}\n`
  for (const each of untimed) yield lineOf(view, each, pen, widths)
  if (view.entries.length === 0) for (const line of wrap(nothing(view), pen.width)) yield `${line}\n`
  if (!view.complete) for (const line of wrap(PARTIAL, pen.width)) yield `${pen.chalk.bold(line)}\n`
}

const dayOf = (view: TimelineView, { time }: TimelineEntry): string =>
  view.dated ? `${formatTime(view.epochSeconds, time!, 0).slice(0, 10)} (UTC)` : 'Time of day, as the capture tells it'

/** A range that misses everything is most often of another day or zone: what there is tells which. */
function nothing({ extent, epochSeconds, timeDigits, dated }: TimelineView): string {
  if (extent === null) return 'There is nothing to show.'
  const [from, to] = [extent.from, extent.to].map((time) => {
    const stamp = formatTime(epochSeconds, time, Math.min(6, timeDigits))
    return dated ? stamp : stamp.slice('yyyy-mm-ddT'.length, -1)
  })
  return `Nothing happened in that time: everything lies between ${from} and ${to}.`
}

interface Widths {
  readonly doubt: number
  readonly place: number
}

const doubtOf = (each: TimelineEntry, pen: Pen): string =>
  each.uncertainty > 0 ? pen.text(`±${formatDuration(each.uncertainty)}`) : ''

function widthsOf(view: TimelineView, pen: Pen): Widths {
  const most = (cell: (each: TimelineEntry) => string): number =>
    view.entries.reduce((widest, each) => Math.max(widest, displayWidth(cell(each))), 0)
  return {
    doubt: most((each) => doubtOf(each, pen)),
    place: Math.min(
      PLACE_WIDTH,
      most((each) => pen.text(placeOf(view, each, basename))),
    ),
  }
}

function lineOf(view: TimelineView, each: TimelineEntry, pen: Pen, widths: Widths): string {
  const digits = Math.min(6, view.timeDigits)
  const time = each.time === null ? '' : formatTime(view.epochSeconds, each.time, digits).slice(11, -1)
  const place = clip(pen.text(placeOf(view, each, basename)), widths.place, pen.signs.ellipsis)
  const doubt = widths.doubt === 0 ? '' : ` ${pad(doubtOf(each, pen), widths.doubt)}`
  const head = `${each.orderOpen ? '~' : ' '} ${pad(time, 9 + digits)}${doubt} ${pad(place, widths.place)} `
  const beside = pen.width - displayWidth(head) >= LEAST_TEXT_WIDTH
  const indent = beside ? displayWidth(head) : INDENT
  const lines = textLines(each, pen.width - indent, pen).map((line) => painted(each, line, pen))
  const [first = '', ...rest] = beside ? lines : ['', ...lines]
  return `${`${head}${first}`.trimEnd()}\n${rest.map((line) => `${' '.repeat(indent)}${line}\n`).join('')}`
}

/** Only a log's line may be long without end; what packets do and what was found is told whole. */
function textLines(each: TimelineEntry, room: number, pen: Pen): string[] {
  const text = pen.text(each.text)
  if (pen.verbose) return [text]
  const lines = wrap(text, room)
  if (each.source !== 'log' || lines.length <= LOG_LINES) return lines
  const rest = lines.slice(LOG_LINES - 1).join(' ')
  return [...lines.slice(0, LOG_LINES - 1), clip(rest, room, pen.signs.ellipsis)]
}

function painted(each: TimelineEntry, text: string, pen: Pen): string {
  if (each.source === 'finding') return each.text.startsWith('error:') ? pen.chalk.red(text) : pen.chalk.yellow(text)
  return each.source === 'log' ? pen.chalk.cyan(text) : text
}
