import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** The same from bytes, by way of a file. */
export async function readBytes(bytes: Uint8Array, options: OpenOptions = {}): Promise<ReadCapture> {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-capture-'))
  try {
    const path = join(folder, 'capture')
    writeFileSync(path, bytes)
    return await readFrames(path, options)
  } finally {
    rmSync(folder, { recursive: true })
  }
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
