import type { CaptureSummary } from './capture/capture-reader.ts'
import { convertCapture } from './capture/convert.ts'
import { Epoch } from './capture/epoch.ts'
import type { Frame } from './capture/frame.ts'
import { openCapture } from './capture/open.ts'
import { type Annotations, BlockAnnotator } from './capture/pcapng/annotate-blocks.ts'
import { Failure } from './failure.ts'
import { FlowFrames } from './flow/flow-frames.ts'
import { frameComments } from './report/frame-comments.ts'
import type { Report } from './report/report.ts'
import { scan } from './scan.ts'
import { visible } from './text/visible.ts'

/** A copy on its way, and what came of it once it was taken to its end. */
export interface AnnotatedCopy {
  readonly pieces: AsyncIterable<Uint8Array>
  readonly annotator: BlockAnnotator
  /** Of the capture as it is copied. */
  readonly summary: CaptureSummary
  close(): Promise<void>
}

/**
 * Copies a capture into a pcapng whose packets say what a report found about them. `only` is the index of a finding:
 * the copy then holds the packets of its connections alone. `change` makes each packet fit to be shared; the report has
 * to be so already.
 */
export async function annotatedCopy(
  path: string,
  report: Report,
  only: number | null = null,
  change?: (frame: Frame) => void,
): Promise<AnnotatedCopy> {
  const annotations = await annotationsFor(path, report, only)
  const epoch = new Epoch()
  const reader = await openCapture(path, 0, epoch)
  const annotator = new BlockAnnotator(annotations)
  return {
    pieces: annotator.annotate(convertCapture(reader, epoch, { format: 'pcapng', change })),
    annotator,
    summary: reader.summary,
    close: () => reader.close(),
  }
}

async function annotationsFor(path: string, report: Report, only: number | null): Promise<Annotations> {
  const { section, frames } = frameComments(report, 0, only)
  const numbered = report.captures[0]?.format === 'packet-list'
  if (only === null && !numbered) return { section, frames, keep: null }
  const visitor = new FlowFrames(only === null ? new Set() : streamsOf(report, only))
  await scan([path], { visitors: [visitor] })
  const placed = new Map([...frames].map(([number, texts]) => [visitor.placeOf.get(number) ?? number, texts]))
  if (only === null) return { section, frames: placed, keep: null }
  // What decides stays, also where it belongs to no connection: an ICMP error, for instance.
  for (const place of placed.keys()) visitor.places.add(place)
  return { section, frames: placed, keep: visitor.places }
}

/** The connections that a finding is about. */
function streamsOf(report: Report, only: number): Set<number> {
  const finding = report.findings[only]
  if (finding === undefined)
    throw new Failure(
      `there is no finding ${only + 1}: the capture has ${report.findings.length}`,
      report.findings
        .slice(0, 10)
        .map((one, index) => `${index + 1}: ${visible(one.title)}`)
        .join('\n        ') || null,
    )
  if (finding.stream !== null) return new Set([finding.stream])
  return new Set(finding.listener === null ? [] : report.listeners[finding.listener]?.streams)
}
