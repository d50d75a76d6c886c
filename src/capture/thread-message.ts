import type { Compression } from './capture-reader.ts'

/** What a thread that unpacks is started with. */
export interface ThreadTask {
  readonly compression: Compression
}

/** To the thread: the next packed bytes; none at the end. */
export type PackedPiece = Uint8Array<ArrayBuffer>

/** From the thread: unpacked bytes; that it wants the next piece; that all is unpacked; why it cannot go on. */
export type ThreadMessage =
  | { readonly kind: 'unpacked'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'hungry' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'fault'; readonly expected: string; readonly found: string }
