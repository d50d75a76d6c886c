import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { CaptureReader, CaptureSummary } from './capture/capture-reader.ts'
import { Epoch } from './capture/epoch.ts'
import { FrameTable } from './capture/frame-table.ts'
import { openCapture } from './capture/open.ts'
import { startEngine } from './engine/start-engine.ts'
import type { PacketVisitor } from './flow/current.ts'
import { FlowTracker } from './flow/flow-tracker.ts'
import type { Flows } from './flow/flows.ts'
import { FrameIds, MOST_FRAMES } from './flow/frame-ids.ts'
import { PagingAhead } from './flow/paging-ahead.ts'
import { MOST_SIGNALS } from './flow/signal-log.ts'
import type { CoverageEntry } from './packet/coverage.ts'
import { PacketDecoder } from './packet/decoder.ts'
import { Pass } from './pass.ts'

/** What a scan is given besides its captures. */
export interface ScanOptions {
  /** Read where a path is `-`. */
  readonly stdin?: Readable
  /** Ends the scan early; what was read until then stands. */
  readonly signal?: AbortSignal
  /** See every frame, in this order, after its flow was found. */
  readonly visitors?: readonly PacketVisitor[]
  /** Zero of the run's times, for who has to know it while the scan runs. */
  readonly epoch?: Epoch
  /** Bounds the memory, in bytes, for what is kept of flows. Beyond it no new flow is followed, and that is told. */
  readonly maxMemory?: number
  /** Told after every megabyte or so, and at the end of each capture. */
  readonly onProgress?: (progress: Progress) => void
  /** Told when a capture was opened, before its first frame. The summary grows while it is read. */
  readonly onCapture?: (summary: CaptureSummary, epoch: Epoch) => void
  /** Waited for after every window of a megabyte or so: what a slow reader of results holds up. */
  readonly onWindow?: () => Promise<void>
}

/** How far a scan has come in the capture that it reads: all counts are of this capture. */
export interface Progress {
  readonly path: string
  /** Of the uncompressed capture. */
  readonly bytes: number
  readonly packets: number
  /** Of the file as it is stored: what is read of it, and its size; null where that cannot be known. */
  readonly storedBytes: number
  readonly storedSize: number | null
}

/** A capture that was scanned. */
export interface ScannedCapture extends CaptureSummary {
  readonly tcpPackets: number
  /** The run was interrupted before its end was seen. */
  readonly interrupted: boolean
}

/** What one pass over the captures leaves. */
export interface Scan {
  readonly epoch: Epoch
  readonly frameIds: FrameIds
  readonly captures: readonly ScannedCapture[]
  readonly coverage: readonly CoverageEntry[]
  readonly flows: Flows
  readonly interrupted: boolean
}

/**
 * Reads captures, one after the other as if they were one, and follows their TCP flows. Throws a Failure where one is
 * missing or no capture; damage inside one ends that one alone, and its summary says so.
 */
export async function scan(paths: readonly string[], options: ScanOptions = {}): Promise<Scan> {
  const epoch = options.epoch ?? new Epoch()
  const frameIds = new FrameIds()
  const engine = startEngine()
  const tracker = new FlowTracker(engine, { mostBytes: options.maxMemory })
  const decoder = new PacketDecoder()
  const pass = new Pass(decoder, tracker, frameIds, options.visitors ?? [])
  const paging = new PagingAhead(engine, tracker.flows.table)
  const captures: ScannedCapture[] = []
  const { stdin, signal } = options
  const frames = new FrameTable(engine)
  const openOptions = { frames, ...(stdin === undefined ? {} : { stdin }), ...(signal === undefined ? {} : { signal }) }
  try {
    for (const [index, path] of paths.entries()) {
      const reader = await openCapture(path, index, epoch, openOptions)
      const tcpBefore = decoder.coverage.tcp
      frameIds.begin()
      options.onCapture?.(reader.summary, epoch)
      try {
        await readWhole(reader, { pass, frameIds, paging }, options)
      } finally {
        await reader.close()
      }
      noteCoarseTimes(reader.summary)
      const interrupted = signal?.aborted === true
      captures.push({ ...reader.summary, tcpPackets: decoder.coverage.tcp - tcpBefore, interrupted })
      if (interrupted || frameIds.full) break
    }
  } finally {
    paging.end()
  }
  const interrupted = signal?.aborted === true
  const { flows } = tracker
  return {
    epoch,
    frameIds,
    captures,
    coverage: [...unfollowed(flows), ...unkept(flows), ...decoder.coverage.reasons()],
    flows,
    interrupted,
  }
}

/** What the bound of memory left out. */
function unfollowed(flows: Flows): CoverageEntry[] {
  if (flows.unfollowed === 0) return []
  const reason = `TCP segment of a connection that began when the ${flows.table.count} before it had filled the memory given`
  return [{ reason, frames: flows.unfollowed }]
}

/** What a verdict would have cited, or asked, of connections that came after very many others. */
function unkept(flows: Flows): CoverageEntry[] {
  if (flows.droppedSignals === 0) return []
  const reason = `Segment that tells of its connection, not kept beyond ${MOST_SIGNALS} of all connections: a verdict may lack it`
  return [{ reason, frames: flows.droppedSignals }]
}

/** Nanoseconds from the run's zero are whole numbers up to here, the end of day 104. */
const LAST_EXACT_TIME = 2 ** 53

function noteCoarseTimes({ timeDigits, firstTime, lastTime, warnings }: CaptureSummary): void {
  const farthest = Math.max(Math.abs(firstTime ?? 0), Math.abs(lastTime ?? 0))
  if (timeDigits <= 6 || farthest <= LAST_EXACT_TIME) return
  const step = 2 ** (Math.floor(Math.log2(farthest)) - 52)
  warnings.push(`its times reach beyond 104 days from the first packet: there they are exact to ${step} ns alone`)
}

/** What all captures of a run go through. */
interface Run {
  readonly pass: Pass
  readonly frameIds: FrameIds
  readonly paging: PagingAhead
}

/** A turn of the event loop after each window lets a signal through. */
async function readWhole(reader: CaptureReader, { pass, frameIds, paging }: Run, options: ScanOptions): Promise<void> {
  const { summary } = reader
  for (let more = true; more; ) {
    pass.readWindow(reader)
    paging.goOn()
    await options.onWindow?.()
    await setImmediate()
    // The summary counts what was read of a window when the next one is asked for.
    more = !options.signal?.aborted && (await reader.more())
    options.onProgress?.(progressOf(summary))
    if (!frameIds.full) continue
    const expected = `frame numbers up to ${MOST_FRAMES} in one run`
    summary.damage ??= { frame: summary.packets + 1, offset: summary.bytes, expected, found: 'more' }
    return
  }
}

const progressOf = ({ path, bytes, packets, storedBytes, storedSize }: CaptureSummary): Progress => ({
  path,
  bytes,
  packets,
  storedBytes,
  storedSize,
})
