import type { CaptureSummary } from '../capture/capture-reader.ts'
import type { Flows } from '../flow/flows.ts'
import type { FrameIds } from '../flow/frame-ids.ts'

/** What a diagnosis needs of a scan. */
export interface Scanned {
  readonly captures: readonly CaptureSummary[]
  readonly flows: Flows
  readonly frameIds: FrameIds
}
