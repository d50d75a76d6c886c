import type { CaptureSummary } from '../capture/capture-reader.ts'
import { visible } from '../text/visible.ts'

/** What is to be told of captures beside a result: their warnings, and where one could not be read on. */
export function* captureNotes(
  captures: readonly Pick<CaptureSummary, 'path' | 'warnings' | 'damage'>[],
): Generator<string> {
  for (const { path, warnings, damage } of captures) {
    for (const warning of warnings) yield `${visible(path)}: ${visible(warning)}`
    if (damage === null) continue
    yield `${visible(path)}: damaged at frame ${damage.frame}, byte ${damage.offset}: expected ${visible(damage.expected)}, found ${visible(damage.found)}; what stands before it was analysed`
  }
}
