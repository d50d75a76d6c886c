import type { TimelineEntry } from '../../timeline/entry.ts'
import type { Extent } from '../../timeline/time-range.ts'
import type { ReportOptions } from '../reporter.ts'

/** A timeline ready to be shown. */
export interface TimelineView {
  readonly epochSeconds: number
  /** Digits after the second that the captures carry. */
  readonly timeDigits: number
  /** False where the captures tell the time of day alone. */
  readonly dated: boolean
  readonly capturePaths: readonly string[]
  readonly logPaths: readonly string[]
  /** False where part of an input was not read. */
  readonly complete: boolean
  /** Of all that happened, whatever part of it was asked for; null where nothing has a time. */
  readonly extent: Extent | null
  readonly entries: readonly TimelineEntry[]
}

/** Below a timeline that is not whole. */
export const PARTIAL = 'Part of the input was not read: the timeline is partial.'

/** A pure function from a timeline to its text, in pieces. */
export type TimelineReporter = (view: TimelineView, options: ReportOptions) => Iterable<string>

/** `frame 38`, `frames 39–76`, `network.log:21`. */
export function placeOf(view: TimelineView, entry: TimelineEntry, pathOf: (path: string) => string): string {
  if (entry.frame !== null) {
    const file =
      view.capturePaths.length > 1 && entry.capture !== null ? `${pathOf(view.capturePaths[entry.capture] ?? '')} ` : ''
    return entry.lastFrame === null || entry.lastFrame === entry.frame
      ? `${file}frame ${entry.frame}`
      : `${file}frames ${entry.frame}–${entry.lastFrame}`
  }
  const path = entry.log === null ? '' : pathOf(view.logPaths[entry.log] ?? '')
  return entry.line === null ? path : `${path}:${entry.line}`
}
