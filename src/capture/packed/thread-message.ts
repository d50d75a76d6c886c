import type { Compression } from '../capture-reader.ts'
import type { SourceFault } from '../source/byte-source.ts'
import type { SlotMemory } from './shared-slots.ts'

/** What a thread that unpacks is started with. */
export interface ThreadTask {
  readonly compression: Compression
  /** Where it puts what it unpacks. */
  readonly slots: SlotMemory
}

/** A {@link SourceFault}: an error that is sent arrives without its own fields. */
export interface FaultMessage {
  readonly kind: 'fault'
  readonly expected: string
  readonly found: string
}

/** Puts a fault into a message. */
export const faultMessage = ({ expected, found }: SourceFault): FaultMessage => ({ kind: 'fault', expected, found })

/** To the thread: the next packed bytes, none at the end; or why they cannot be read on. */
export type PackedPiece = Uint8Array<ArrayBuffer> | FaultMessage

/** From the thread: that so many bytes are in the next slot; that it wants the next piece; that all is unpacked; why it cannot go on. */
export type ThreadMessage =
  | { readonly kind: 'unpacked'; readonly count: number }
  | { readonly kind: 'hungry' }
  | { readonly kind: 'ended' }
  | FaultMessage
