/** Texts are joined to this many characters before they are written. */
const WRITE_SIZE = 1 << 16

/**
 * Joins small texts: a turn of the event loop for each of a million connections costs more than to write them. Bytes pass
 * as they are, in their place.
 */
export function* joined(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  let text = ''
  for (const piece of pieces) {
    const isText = typeof piece === 'string'
    if (isText) text += piece
    if (text.length >= WRITE_SIZE || (!isText && text !== '')) {
      yield text
      text = ''
    }
    if (!isText) yield piece
  }
  if (text !== '') yield text
}
