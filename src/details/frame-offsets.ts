import type { Current, PacketVisitor } from '../flow/current.ts'
import type { Report } from '../report/report.ts'
import { scan } from '../scan.ts'

/** Frames looked up for one report. */
const MOST_FRAMES = 200_000

/** Notes where the wanted frames of each capture stand in it. */
class OffsetCollector implements PacketVisitor {
  readonly #wanted: readonly Set<number>[]
  readonly #found: readonly Map<number, number>[]

  constructor(wanted: readonly Set<number>[]) {
    this.#wanted = wanted
    this.#found = wanted.map(() => new Map())
  }

  visit(current: Current): void {
    const { capture, number, offset } = current.frame
    if (this.#wanted[capture]?.has(number)) this.#found[capture]!.set(number, offset)
  }

  of(capture: number, frame: number): number | null {
    return this.#found[capture]?.get(frame) ?? null
  }
}

function wantedFrames(report: Report): Set<number>[] {
  const wanted = report.captures.map(() => new Set<number>())
  let left = MOST_FRAMES
  const want = (capture: number | null, frame: number) => {
    if (capture !== null && left-- > 0) wanted[capture]?.add(frame)
  }
  const facts = [...report.findings, ...report.chain].flatMap((told) => told.evidence)
  for (const { capture, frames } of facts) for (const frame of frames) want(capture, frame)
  for (const { ladder = [], evidence } of report.findings) {
    const capture = evidence.find((fact) => fact.capture !== null)?.capture ?? 0
    for (const { frame } of ladder) want(capture, frame)
  }
  return wanted
}

/**
 * The report with the byte at which each frame it cites begins, for which its captures are read once more.
 * Unchanged where one of them came by a pipe, which cannot be read twice.
 */
export async function withFrameOffsets(report: Report, paths: readonly string[], signal: AbortSignal): Promise<Report> {
  if (report.captures.some((capture) => capture.storedSize === null)) return report
  const wanted = wantedFrames(report)
  if (wanted.every((frames) => frames.size === 0)) return report
  const collector = new OffsetCollector(wanted)
  await scan(paths, { visitors: [collector], signal })
  return { ...report, frameOffset: (capture, frame) => collector.of(capture, frame) }
}
