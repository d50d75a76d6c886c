import type { Readable } from 'node:stream'
import { ExitCode, Failure } from '../failure.ts'
import { MAX_BLOCK_BYTES } from './bounds.ts'
import type { CaptureFormat, CaptureReader, CaptureSummary, Compression } from './capture-reader.ts'
import { ClassicReader } from './classic/classic.ts'
import { CLASSIC_HEADER_BYTES, readClassicHeader } from './classic/classic-header.ts'
import type { Epoch } from './epoch.ts'
import type { FrameTable } from './frame-table.ts'
import { notACapture } from './not-a-capture.ts'
import { unpack } from './packed/unpack.ts'
import { PcapngReader } from './pcapng/pcapng.ts'
import { BYTE_ORDER_MAGIC, Minimum, Section } from './pcapng/pcapng-block.ts'
import { formatAt } from './signatures.ts'
import { openSource } from './source/open-source.ts'
import { inputName } from './source/standard-input.ts'
import { textWindow } from './source/utf16-source.ts'
import type { Window } from './source/window.ts'

/** What a caller may say about how to open a capture. */
export interface OpenOptions {
  /** Read where the path is `-`. */
  readonly stdin?: Readable
  /** Ends what keeps one waiting (a pipe) when it is aborted, as if it had ended there. */
  readonly signal?: AbortSignal
  /** First size of the window, for tests: it grows up to the largest record. */
  readonly windowBytes?: number
  /** Numbers for the labels that stand for ports in a packet list, such as `xx`; others get free ones. */
  readonly portLabels?: ReadonlyMap<string, number>
  /** Where the reader is to put frames that it reads many at a time; without it, it reads them one by one. */
  readonly frames?: FrameTable
}

const MAGIC_BYTES = 4

/**
 * Opens a capture of any format that is read, found by its content. `captureIndex` is what its frames carry as
 * `capture`. Throws a Failure where it cannot be opened or is no capture.
 */
export async function openCapture(
  path: string,
  captureIndex: number,
  epoch: Epoch,
  options: OpenOptions = {},
): Promise<CaptureReader> {
  const { source, size } = openSource(path, options.stdin, options.signal)
  const { window, compression } = await unpack(source, path, { windowBytes: options.windowBytes, size })
  try {
    return await recognise(window, emptySummary(path, size, compression), captureIndex, epoch, options)
  } catch (error) {
    await window.source.close()
    throw error
  }
}

async function recognise(
  window: Window,
  summary: CaptureSummary,
  captureIndex: number,
  epoch: Epoch,
  options: OpenOptions,
): Promise<CaptureReader> {
  await window.fill(MAGIC_BYTES)
  const format = window.left < MAGIC_BYTES ? null : formatAt(window.view, window.position)
  if (format === 'pcap') {
    await checkClassic(window, summary.path)
    return new ClassicReader(window, summary, captureIndex, epoch, inTable(window, options.frames))
  }
  if (format === 'pcapng') {
    await checkSection(window, summary.path)
    summary.format = format
    return new PcapngReader(window, summary, captureIndex, epoch, inTable(window, options.frames))
  }
  const text = await textWindow(window)
  const listed = await openList(text, summary, captureIndex, epoch, options)
  if (listed !== null) return listed
  if (options.signal?.aborted) throw new Failure('interrupted before a packet was read', null, ExitCode.INTERRUPTED)
  throw notACapture(summary.path, text, summary.compression)
}

/** The reader of a packet list; null where the text is none. What reads lists is loaded where a file is no binary capture. */
async function openList(
  text: Window,
  summary: CaptureSummary,
  captureIndex: number,
  epoch: Epoch,
  options: OpenOptions,
): Promise<CaptureReader | null> {
  const { surveyList } = await import('./packet-list/list-survey.ts')
  const surveyed = await surveyList(text, options.portLabels)
  if (surveyed === null) return null
  const { PacketListReader } = await import('./packet-list/packet-list.ts')
  summary.format = 'packet-list'
  return new PacketListReader(text, summary, captureIndex, epoch, surveyed)
}

/** Takes the window's bytes to where the table's frames have to be. */
function inTable(window: Window, frames: FrameTable | undefined): FrameTable | null {
  if (frames === undefined) return null
  window.moveInto(frames.window, frames.start)
  return frames
}

async function checkHeader(window: Window, path: string, bytes: number): Promise<void> {
  if (await window.fill(bytes)) return
  throw new Failure(
    `${inputName(path)} is cut short within its header: ${window.left} of ${bytes} bytes are there`,
    'the capturing program did not get to write a packet; a RawCap that is killed leaves such a file',
  )
}

/** Where its magic or its length is damaged, the reader tells so. */
async function checkSection(window: Window, path: string): Promise<void> {
  await checkHeader(window, path, Minimum.SECTION_HEADER)
  const little = window.view.getUint32(window.position + Section.MAGIC, true) === BYTE_ORDER_MAGIC
  const length = window.view.getUint32(window.position + 4, little)
  if (length <= MAX_BLOCK_BYTES) await checkHeader(window, path, length)
}

async function checkClassic(window: Window, path: string): Promise<void> {
  await checkHeader(window, path, CLASSIC_HEADER_BYTES)
  const { majorVersion } = readClassicHeader(window.view, window.position)
  if (majorVersion !== 2)
    throw new Failure(
      `${inputName(path)} is a pcap of version ${majorVersion}, and version 2 is read`,
      'convert it with editcap, or check whether its header is damaged',
    )
}

function emptySummary(path: string, storedSize: number | null, compression: Compression | null): CaptureSummary {
  const format: CaptureFormat = 'pcap'
  return {
    path,
    format,
    compression,
    byteOrder: null,
    timeDigits: 6,
    shownDigits: [],
    dated: true,
    absoluteSequence: true,
    linkTypes: [],
    interfaces: [],
    packets: 0,
    bytes: 0,
    wireBytes: 0,
    storedBytes: 0,
    storedSize,
    firstTime: null,
    lastTime: null,
    backwardSteps: 0,
    cutFrames: 0,
    damage: null,
    warnings: [],
    comments: [],
    portLabels: new Map(),
  }
}
