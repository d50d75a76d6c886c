import type { Drain } from '../../diagnosis/evidence/drain.ts'
import type { Finding } from '../../diagnosis/finding.ts'
import { wrap } from '../../text/wrap.ts'
import { drainSeries } from '../json/drain-series.ts'
import type { Report } from '../report.ts'
import type { Pen } from './pen.ts'

/** Lines of a series: enough to see whether the right edge moves. */
const MOST_LINES = 24

const MODELS = {
  'free-buffer': 'the window is the free receive buffer: what is unread is known to one unit',
  masked: 'Linux shows less than its free buffer: what is unread is hidden until the buffer is nearly full',
  unknown: 'no model of this system applies: what is unread is not known',
} as const

/** What is known of the window before the first of its acknowledgments, and whether those tell of reading. */
function* summary({ model, discriminating, acknowledgments, ...drain }: Drain): Generator<string> {
  if (drain.unitBytes === 0) return yield `Receive window: not both SYNs are here to tell its unit; ${MODELS[model]}.`
  yield `Receive window: ${drain.bufferBytes} bytes at first, in units of ${drain.unitBytes}; ${MODELS[model]}.`
  // An open window of Linux looks as of an application that reads, read or not.
  if (model === 'masked') return
  yield `${discriminating} of ${acknowledgments} acknowledgments can tell: ${drain.unread} say unread, ${drain.read} say read.`
}

/** What a window says; one below what either application would show says that it is not what is free of the buffer. */
function sign(window: number, ifUnread: number | null, ifRead: number | null): string {
  if (ifUnread === null || ifRead === null) return ''
  if (window < ifUnread) return ' tells: neither'
  if (ifUnread === ifRead) return ''
  return window === ifUnread ? ' tells: unread' : window >= ifRead ? ' tells: read' : ' tells: neither'
}

/** What each acknowledgment shows of the receive buffer, where the packets were read a second time. */
export function* drainLines(report: Report, finding: Finding, width: number, pen: Pen): Generator<string> {
  const { drain } = finding
  const series = report.details?.series.find((one) => one.stream === finding.stream)
  if (drain === undefined || series === undefined) return
  const points = drainSeries(series, drain)
  if (points.length === 0) return
  for (const line of summary(drain)) yield* wrap(line, width)
  const column = (text: string | number, width: number) => String(text).padStart(width)
  yield `${column('frame', 8)} ${column('acked', 10)} ${column('window', 10)} ${column('right edge', 11)}  unread`
  for (const { frame, acked, window, rightEdge, unread, ifUnread, ifRead } of points.slice(0, MOST_LINES)) {
    const tells = drain.model === 'masked' ? '' : sign(window, ifUnread, ifRead)
    const between = unread.least === unread.most ? `${unread.most}` : `${unread.least} to ${unread.most}`
    yield `${column(frame, 8)} ${column(acked, 10)} ${column(window, 10)} ${column(rightEdge, 11)}  ${between}${pen.chalk.dim(tells)}`
  }
  if (points.length > MOST_LINES) yield `and ${points.length - MOST_LINES} more: --format json --verbose has them`
}
