import type { Frame } from './frame.ts'
import type { FrameTable } from './frame-table.ts'

/** What a capture is written in; a packet list is text. */
export type CaptureFormat = 'pcap' | 'pcapng' | 'packet-list'
/** What a capture is packed with. */
export type Compression = 'gzip' | 'zstd' | 'lz4'

/** Where a capture stopped being readable, and how one can see it. */
export interface Damage {
  /** The frame that could not be read, counting from 1. */
  readonly frame: number
  /** Offset of its record in the (uncompressed) capture. */
  readonly offset: number
  readonly expected: string
  readonly found: string
}

/** A network interface as a pcapng section or a pcap header describes it. */
export interface CaptureInterface {
  readonly linkType: number
  readonly snapLength: number
  readonly name: string | null
  /** Packets that the capturing system says it dropped; null where it says nothing. */
  dropped: number | null
}

/** A comment in a pcapng file: outside text, never to be printed raw. */
export interface CaptureComment {
  /** The packet that it is about; null for a section's, an interface's or its statistics'. */
  readonly frame: number | null
  readonly text: string
}

/** What a reader knows of its capture. Grows while it reads; final when `more()` has resolved to false. */
export interface CaptureSummary {
  readonly path: string
  format: CaptureFormat
  compression: Compression | null
  byteOrder: 'big' | 'little' | null
  /** Digits after the second that the file's stamps carry: 6 or 9, fewer for a packet list. */
  timeDigits: number
  /** Digits that Wireshark shows of the stamps of each of a pcapng's `interfaces`. */
  shownDigits: number[]
  /** False where the stamps tell the time of day alone. */
  dated: boolean
  /** False where sequence numbers are relative, as in a packet list. */
  absoluteSequence: boolean
  /** Names such as `RAW`, in order of first use. */
  linkTypes: string[]
  interfaces: CaptureInterface[]
  packets: number
  /** Size of the uncompressed capture as far as it was read. */
  bytes: number
  /** Lengths on the wire of all its frames together, link layer included. */
  wireBytes: number
  /** How much of the file as it is stored (compressed, where it is) was read; for progress beside `storedSize`. */
  storedBytes: number
  /** Size of the file as it is stored; null where that cannot be known, as of a pipe. */
  storedSize: number | null
  /** Nanoseconds since the run's epoch; null without packets. */
  firstTime: number | null
  lastTime: number | null
  /** Times that a stamp is earlier than the one before. */
  backwardSteps: number
  /** Frames that the snap length cut. */
  cutFrames: number
  /** Null where the capture was read to its end. A last record cut short is no damage but a warning. */
  damage: Damage | null
  warnings: string[]
  /** Comments of a pcapng's sections, interfaces and packets: the first ones, within a bound. */
  comments: CaptureComment[]
  /** Port labels of a packet list that are no numbers, such as `xx`: by the number that stands for them. */
  portLabels: ReadonlyMap<number, string>
}

/**
 * Pull cursor over one capture:
 *
 *     do while (reader.next(frame)) use(frame)
 *     while (await reader.more())
 */
export interface CaptureReader {
  readonly summary: CaptureSummary
  /** Where `fill` puts frames; null where they come one at a time by `next`, each over the bytes of the one before. */
  readonly frames: FrameTable | null
  /** Fills the table with the next records, as `next` would give them; returns how many. They stay until `more` is called. */
  fill(): number
  /** Fills `frame` with the next record; false where the window holds no further whole one. Never throws on bytes. */
  next(frame: Frame): boolean
  /** Reads on; false at the end, or where damage ended the capture. */
  more(): Promise<boolean>
  close(): Promise<void>
}
