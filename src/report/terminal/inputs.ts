import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import { formatTime } from '../../text/time.ts'
import { wrap } from '../../text/wrap.ts'
import { formatDamage } from '../damage.ts'
import type { LogSummary, Report } from '../report.ts'
import type { Pen } from './pen.ts'

/** Reasons that are listed for frames that were not TCP. */
const REASONS = 6

function describeCapture(report: Report, capture: Report['captures'][number]): string {
  const packed = capture.compression === null ? '' : ` in ${capture.compression}`
  const links = capture.linkTypes.length === 0 ? '' : `, ${capture.linkTypes.join(' + ')}`
  const counts = `${counted(capture.packets, 'packet')}, ${capture.tcpPackets} of them TCP`
  if (capture.firstTime === null || capture.lastTime === null) return `${capture.format}${packed}${links}, ${counts}`
  const stamp = (time: number) => {
    const text = formatTime(report.epochSeconds, time, capture.timeDigits)
    return capture.dated ? text : text.slice('yyyy-mm-ddT'.length, -1)
  }
  const span = formatDuration(capture.lastTime - capture.firstTime)
  return `${capture.format}${packed}${links}, ${counts}, ${stamp(capture.firstTime)} to ${stamp(capture.lastTime)} (${span})`
}

function describeLog(log: LogSummary): string {
  const format = log.format === 'none' ? 'no format' : log.format
  const counts = `${format}, ${counted(log.lines, 'line')}, ${counted(log.events, 'event')}`
  const unread = log.unparsed === 0 ? '' : `, ${counted(log.unparsed, 'line')} not understood`
  if (log.clock === null) return `${counts}${unread}; not on the capture’s clock`
  const { offset, uncertainty, method, pairs, drift } = log.clock
  const drifting = drift ? `, drifting by ${drift.ppm.toFixed(0)} ± ${drift.uncertaintyPpm.toFixed(0)} ppm` : ''
  const sign = offset < 0 ? '' : '+'
  return `${counts}${unread}; clock ${sign}${formatDuration(offset)} ± ${formatDuration(uncertainty)} (${method}, ${counted(pairs, 'pair')})${drifting}`
}

function* input(path: string, description: string, warnings: readonly string[], pen: Pen): Generator<string> {
  const lines = wrap(pen.text(`${path}: ${description}`), pen.width - 4)
  for (const [at, line] of lines.entries()) yield at === 0 ? `  ${line}` : `    ${line}`
  for (const warning of warnings) {
    const label = `${pen.severity('note')('note')}: `
    const [first = '', ...rest] = wrap(pen.text(warning), pen.width - 10)
    yield `    ${label}${first}`
    for (const line of rest) yield `          ${line}`
  }
}

/** What was read, how far, and what was not looked at. */
export function* inputs(report: Report, pen: Pen): Generator<string> {
  yield pen.chalk.bold('Read')
  for (const capture of report.captures) {
    const { damage } = capture
    const warnings = [...capture.warnings]
    if (damage !== null) warnings.push(`${formatDamage(damage)}; what stands before it was analysed`)
    // A packet list has no payload at all, and its reader says so.
    if (capture.cutFrames > 0 && capture.format !== 'packet-list')
      warnings.push(`${counted(capture.cutFrames, 'frame was', 'frames were')} cut by the snap length`)
    for (const { name, dropped } of capture.interfaces)
      if (dropped)
        warnings.push(
          `${counted(dropped, 'packet was', 'packets were')} dropped while capturing${name === null ? '' : ` on ${name}`}`,
        )
    yield* input(capture.path, describeCapture(report, capture), warnings, pen)
  }
  for (const log of report.logs) yield* input(log.path, describeLog(log), log.warnings, pen)
  const reasons = pen.verbose ? report.coverage : report.coverage.slice(0, REASONS)
  if (reasons.length === 0) return
  const rest = report.coverage.length - reasons.length
  const list = reasons.map(({ reason, frames }) => `${frames} × ${reason}`).join(', ')
  const text = `not looked into: ${list}${rest === 0 ? '' : ` and ${counted(rest, 'more kind')}`}`
  for (const [at, line] of wrap(pen.text(text), pen.width - 4).entries()) yield at === 0 ? `  ${line}` : `    ${line}`
}
