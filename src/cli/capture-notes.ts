import type { CaptureSummary } from '../capture/capture-reader.ts'
import { inputName } from '../capture/source/standard-input.ts'
import { formatDamage } from '../report/damage.ts'
import { whyNothing } from '../report/why-nothing.ts'
import type { ScannedCapture } from '../scan.ts'
import { visible } from '../text/visible.ts'

type Noted = Pick<CaptureSummary, 'path' | 'warnings' | 'damage'>

/**
 * What is to be told of captures beside a result: their warnings, and where one could not be read on, with what that
 * means for the result.
 */
export function* captureNotes(
  captures: readonly Noted[],
  consequence = 'what stands before it was analysed',
): Generator<string> {
  for (const { path, warnings, damage } of captures) {
    for (const warning of warnings) yield `${inputName(path)}: ${visible(warning)}`
    if (damage === null) continue
    yield `${inputName(path)}: ${visible(formatDamage(damage))}; ${consequence}`
  }
}

/** The same, and why the result is empty, where it is. */
export function* analysisNotes(captures: readonly ScannedCapture[], isEmpty: boolean): Generator<string> {
  yield* captureNotes(captures)
  if (isEmpty) yield `nothing to analyse: ${whyNothing(captures)}`
}
