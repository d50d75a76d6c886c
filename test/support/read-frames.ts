import { Readable } from 'node:stream'
import type { CaptureSummary } from '../../src/capture/capture-reader.ts'
import { Epoch } from '../../src/capture/epoch.ts'
import { Frame } from '../../src/capture/frame.ts'
import { type OpenOptions, openCapture } from '../../src/capture/open.ts'

/** One frame as it was read, with its bytes copied out of the window. */
export interface ReadFrame {
  readonly number: number
  /** Unix time in nanoseconds. */
  readonly time: bigint
  readonly linkType: number
  readonly interfaceId: number
  readonly originalLength: number
  readonly offset: number
  readonly bytes: string
}

/** Everything that a capture gives. */
export interface ReadCapture {
  readonly frames: ReadFrame[]
  readonly summary: CaptureSummary
}

/** Reads a capture to its end. */
export async function readFrames(path: string, options: OpenOptions = {}): Promise<ReadCapture> {
  const epoch = new Epoch()
  const frame = new Frame()
  const frames: ReadFrame[] = []
  const reader = await openCapture(path, 0, epoch, options)
  try {
    do {
      while (reader.next(frame)) frames.push(copyOf(frame, epoch))
    } while (await reader.more())
  } finally {
    await reader.close()
  }
  return { frames, summary: reader.summary }
}

/** The same from bytes, by way of standard input. */
export function readBytes(bytes: Uint8Array, options: OpenOptions = {}): Promise<ReadCapture> {
  return readFrames('-', { ...options, stdin: Readable.from([Buffer.from(bytes)]) })
}

/** Reads bytes to their end and keeps no frame. */
export async function endOf(bytes: Uint8Array): Promise<CaptureSummary> {
  const frame = new Frame()
  const reader = await openCapture('-', 0, new Epoch(), { stdin: Readable.from([Buffer.from(bytes)]) })
  do while (reader.next(frame));
  while (await reader.more())
  await reader.close()
  return reader.summary
}

function copyOf(frame: Frame, epoch: Epoch): ReadFrame {
  const bytes = Buffer.from(
    frame.bytes.buffer as ArrayBuffer,
    frame.bytes.byteOffset + frame.start,
    frame.end - frame.start,
  )
  const seconds = Number.isNaN(epoch.seconds) ? 0 : epoch.seconds
  return {
    number: frame.number,
    time: BigInt(seconds) * 1_000_000_000n + BigInt(frame.time),
    linkType: frame.linkType,
    interfaceId: frame.interfaceId,
    originalLength: frame.originalLength,
    offset: frame.offset,
    bytes: bytes.toString('hex'),
  }
}
