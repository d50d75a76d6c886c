import { basename } from 'node:path'
import { csvCell } from '../../text/csv-cell.ts'
import { formatDuration } from '../../text/duration.ts'
import { markdownText } from '../../text/markdown-text.ts'
import { formatTime } from '../../text/time.ts'
import { visibleJson } from '../../text/visible-json.ts'
import type { TimelineEntry } from '../../timeline/entry.ts'
import { PARTIAL, placeOf, type TimelineReporter, type TimelineView } from './timeline-view.ts'

const timeOf = (view: TimelineView, time: number | null): string | null =>
  time === null ? null : formatTime(view.epochSeconds, time, view.timeDigits)

const entryJson = (view: TimelineView, each: TimelineEntry): object => ({
  time: timeOf(view, each.time),
  uncertaintyMs: each.uncertainty / 1e6,
  orderOpen: each.orderOpen,
  source: each.source,
  kind: each.kind,
  text: each.text,
  capture: each.capture,
  frame: each.frame,
  lastFrame: each.lastFrame,
  log: each.log,
  line: each.line,
  stream: each.stream,
  count: each.count,
  until: timeOf(view, each.until),
})

/** One document. */
export const timelineJson: TimelineReporter = function* (view) {
  const inputs = visibleJson({ captures: view.capturePaths, logs: view.logPaths }).slice(1, -1)
  yield `{\n  "schemaVersion": 1, "complete": ${view.complete}, ${inputs},\n  "timeline": [`
  let separator = '\n    '
  for (const each of view.entries) {
    yield separator + visibleJson(entryJson(view, each))
    separator = ',\n    '
  }
  yield '\n  ]\n}\n'
}

/** One object an event. */
export const timelineNdjson: TimelineReporter = function* (view) {
  for (const each of view.entries) yield `${visibleJson(entryJson(view, each))}\n`
}

/** RFC 4180. */
export const timelineCsv: TimelineReporter = function* (view) {
  yield 'time,uncertainty_ms,order_open,source,kind,capture,frame,last_frame,log,line,stream,count,until,text\r\n'
  for (const each of view.entries) {
    const capture = each.capture === null ? '' : (view.capturePaths[each.capture] ?? '')
    const log = each.log === null ? '' : (view.logPaths[each.log] ?? '')
    const cells = [
      timeOf(view, each.time) ?? '',
      `${each.uncertainty / 1e6}`,
      `${each.orderOpen}`,
      each.source,
      csvCell(each.kind),
      csvCell(capture),
      `${each.frame ?? ''}`,
      `${each.lastFrame ?? ''}`,
      csvCell(log),
      `${each.line ?? ''}`,
      `${each.stream ?? ''}`,
      `${each.count}`,
      timeOf(view, each.until) ?? '',
      csvCell(each.text),
    ]
    yield `${cells.join(',')}\r\n`
  }
}

/** Characters of a cell: a log's line may be long without end. */
const CELL = 400

const cell = (text: string): string => markdownText(text, CELL)

/** The days on which something happened. */
const daysOf = (view: TimelineView): ReadonlySet<string> =>
  new Set(view.entries.flatMap(({ time }) => timeOf(view, time)?.slice(0, 10) ?? []))

/** A table for a ticket. The day stands above it where there is only one. */
export const timelineMarkdown: TimelineReporter = function* (view) {
  const days = daysOf(view)
  const isOneDay = !view.dated || days.size < 2
  const title = view.dated ? `Time (${[...(isOneDay ? days : []), 'UTC'].join(', ')})` : 'Time'
  yield `| ${title} | ± | Where | What |\n|---|---|---|---|\n`
  for (const each of view.entries) {
    const stamp = timeOf(view, each.time)
      ?.slice(isOneDay ? 11 : 0, -1)
      .replace('T', ' ')
    const time = `${each.orderOpen ? '~ ' : ''}${stamp ?? 'unknown'}`
    const doubt = each.uncertainty > 0 ? formatDuration(each.uncertainty) : ''
    yield `| ${cell(time)} | ${doubt} | ${cell(placeOf(view, each, basename))} | ${cell(each.text)} |\n`
  }
  if (!view.complete) yield `\n**${PARTIAL}**\n`
}
