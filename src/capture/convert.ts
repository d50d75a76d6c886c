import type { CaptureInterface, CaptureReader } from './capture-reader.ts'
import { ClassicWriter } from './classic/classic-writer.ts'
import type { Epoch } from './epoch.ts'
import { Frame } from './frame.ts'
import { PcapngReader } from './pcapng/pcapng.ts'
import { PcapngWriter } from './pcapng/pcapng-writer.ts'
import type { RecordWriter } from './record-writer.ts'

/** Formats that can be written. */
export type WrittenFormat = 'pcap' | 'pcapng'

/** How a capture is to be written. */
export interface WriteOptions {
  readonly format: WrittenFormat
  /** As the input where it has one, else little. */
  readonly byteOrder?: 'big' | 'little' | undefined
  /** Changes each frame before it is written. What stands around the frames (comments, names, options) is then left out. */
  readonly change?: ((frame: Frame) => void) | undefined
}

const PIECE_BYTES = 1 << 18
const SECOND = 1e9

/**
 * A capture in another format, in pieces. Times, lengths, link types and interfaces are kept; pcapng to pcapng copies
 * whole blocks, so that comments and everything else stay. Adds warnings about what was lost to the reader's summary.
 */
export async function* convertCapture(
  reader: CaptureReader,
  epoch: Epoch,
  { format, byteOrder, change }: WriteOptions,
): AsyncGenerator<Uint8Array> {
  const { summary } = reader
  if (format === 'pcapng' && reader instanceof PcapngReader && byteOrder === undefined && change === undefined) {
    yield* reader.blocks()
    return
  }
  const frame = new Frame()
  const little = (byteOrder ?? summary.byteOrder ?? 'little') === 'little'
  let writer: RecordWriter | null = null
  do {
    while (reader.next(frame)) {
      writer ??= writerFor(format, little, summary.timeDigits > 6)
      change?.(frame)
      const seconds = Math.floor(frame.time / SECOND)
      const time = { seconds: epoch.seconds + seconds, nanoseconds: frame.time - seconds * SECOND }
      writer.add(frame, time, change === undefined ? summary.interfaces : nameless(summary.interfaces))
      if (writer.pending >= PIECE_BYTES) yield writer.take()
    }
  } while (await reader.more())
  writer ??= writerFor(format, little, summary.timeDigits > 6)
  writer.finish(change === undefined ? summary.interfaces : nameless(summary.interfaces))
  yield writer.take()
  if (writer.rounded > 0) summary.warnings.push(`${writer.rounded} times lost their digits after the microseconds`)
  const dropped = summary.comments.length
  if (dropped > 0 && change === undefined)
    summary.warnings.push(`${dropped} comments were left out: a ${format} has no room for them here`)
}

const nameless = (interfaces: readonly CaptureInterface[]): readonly CaptureInterface[] =>
  interfaces.map((each) => ({ ...each, name: null }))

function writerFor(format: WrittenFormat, little: boolean, nanoseconds: boolean): RecordWriter {
  return format === 'pcap' ? new ClassicWriter(little, nanoseconds) : new PcapngWriter(little, nanoseconds)
}
