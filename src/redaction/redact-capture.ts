import type { CaptureSummary } from '../capture/capture-reader.ts'
import type { TextRedaction } from './redact-text.ts'

/** What is told of a capture as it may be shared: by its base name, without comments and names of interfaces. */
export const redactCapture = <Capture extends CaptureSummary>(capture: Capture, texts: TextRedaction): Capture => ({
  ...capture,
  path: texts.path(capture.path),
  interfaces: capture.interfaces.map((one) => ({ ...one, name: null })),
  comments: [],
  warnings: capture.warnings.map(texts.text),
  damage: capture.damage && { ...capture.damage, found: texts.text(capture.damage.found) },
})
