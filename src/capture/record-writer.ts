import type { CaptureInterface } from './capture-reader.ts'
import type { Frame } from './frame.ts'

/** Whole seconds since 1970, and nanoseconds within that second. */
export interface WrittenTime {
  readonly seconds: number
  readonly nanoseconds: number
}

/** Turns frames into the records of a capture file, piece by piece. */
export interface RecordWriter {
  /** Appends a frame; `interfaces` are all that are known so far. Throws a Failure where the format has no room for it. */
  add(frame: Frame, time: WrittenTime, interfaces: readonly CaptureInterface[]): void
  /** Bytes that wait to be taken. */
  readonly pending: number
  /** The bytes since the last call. */
  take(): Uint8Array
  /** Appends what a file without frames needs: the header. */
  finish(interfaces: readonly CaptureInterface[]): void
  /** Frames whose time had more digits than the format keeps. */
  readonly rounded: number
}

/** The captured bytes of a frame; valid as long as the frame. */
export function capturedBytes(frame: Frame): Uint8Array {
  return new Uint8Array(frame.bytes.buffer, frame.bytes.byteOffset + frame.start, frame.end - frame.start)
}
