import type { Progress } from '../scan.ts'
import { formatDuration } from '../text/duration.ts'
import { formatBytes, formatCount } from '../text/quantity.ts'
import { visible } from '../text/visible.ts'
import { clip, clipMiddle } from '../text/width.ts'
import type { Io } from './io.ts'
import type { Reporting } from './reporting-options.ts'

/** Ten times a second is as fast as an eye follows. */
const INTERVAL_MS = 100
/** A run shorter than this shows none: a line that flashes up tells nobody anything. */
const PATIENCE_MS = 500
/** Before so much of a file is read, its speed foretells nothing. */
const FORETELLING = 0.02

const ERASE = '\r\x1b[K'

/** Tells how far long work has come. */
export interface ProgressDisplay {
  readonly update: (progress: Progress) => void
  /** Takes the display away. To be called before anything else is written, also where the work failed. */
  readonly end: () => void
}

interface Pace {
  readonly elapsedMs: number
  readonly packetsPerSecond: number
  /** Null where the size is not known or too little of it was read. */
  readonly leftMs: number | null
}

function paceOf(progress: Progress, elapsedMs: number): Pace {
  const { storedBytes, storedSize, packets } = progress
  const done = storedSize === null || storedSize === 0 ? 0 : Math.min(1, storedBytes / storedSize)
  return {
    elapsedMs: Math.round(elapsedMs),
    packetsPerSecond: elapsedMs > 0 ? Math.round((packets / elapsedMs) * 1000) : 0,
    leftMs: done < FORETELLING ? null : Math.round((elapsedMs * (1 - done)) / done),
  }
}

function line(progress: Progress, pace: Pace, width: number): string {
  const { storedBytes, storedSize, packets, path } = progress
  const share = storedSize === null || storedSize === 0 ? '' : `${Math.floor((storedBytes / storedSize) * 100)} %, `
  const size = storedSize === null ? '' : ` of ${formatBytes(storedSize)}`
  const left = pace.leftMs === null ? '' : `, ${formatDuration(Math.round(pace.leftMs / 1000) * 1e9)} left`
  const counts = `${share}${formatBytes(storedBytes)}${size}, ${formatCount(packets)} packets, ${formatCount(pace.packetsPerSecond)}/s${left}`
  const room = Math.max(8, width - counts.length - 3)
  return clip(`${clipMiddle(visible(path), room)}: ${counts}`, width - 1)
}

const json = (progress: Progress, pace: Pace): string =>
  `${JSON.stringify({ type: 'progress', ...progress, ...pace })}\n`

const NONE: ProgressDisplay = { update: () => {}, end: () => {} }

/**
 * Shows progress on standard error: a line that renews itself where that is a terminal, JSON lines where they are asked
 * for, else nothing. `now` is a clock in milliseconds that only goes forward.
 */
export function showProgress(
  options: Pick<Reporting, 'progress' | 'quiet'>,
  io: Io,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  const asJson = options.progress === 'json'
  if (!asJson && (options.progress === 'none' || options.quiet || !io.stderrIsTerminal)) return NONE
  let fileStart = now()
  let path: string | null = null
  let next = fileStart + (asJson ? INTERVAL_MS : PATIENCE_MS)
  let shown = false
  return {
    update(progress) {
      const time = now()
      if (progress.path !== path) {
        if (path !== null) fileStart = time
        path = progress.path
      }
      if (time < next) return
      next = time + INTERVAL_MS
      const pace = paceOf(progress, time - fileStart)
      io.note(asJson ? json(progress, pace) : ERASE + line(progress, pace, io.columns))
      shown = !asJson
    },
    end() {
      if (shown) io.note(ERASE)
      shown = false
    },
  }
}

/** Shows the progress of `work` and takes it away when that ends, whichever way. */
export async function withProgress<Result>(
  options: Pick<Reporting, 'progress' | 'quiet'>,
  io: Io,
  work: (onProgress: (progress: Progress) => void) => Promise<Result>,
): Promise<Result> {
  const display = showProgress(options, io)
  try {
    return await work(display.update)
  } finally {
    display.end()
  }
}
