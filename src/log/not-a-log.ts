import { formatAt, isPdf, otherCapture, otherFile } from '../capture/signatures.ts'
import { inputName } from '../capture/source/standard-input.ts'
import { Failure } from '../failure.ts'
import type { TextEncoding } from './lines/text-source.ts'

/** Says what a file is instead of a log, by its first bytes and what they are encoded in; null where it may be one. */
export function notALog(path: string, head: Uint8Array, encoding: TextEncoding): Failure | null {
  const reason = whatElse(head, encoding)
  if (reason === null) return null
  return new Failure(
    `${inputName(path)} is not a log: ${reason}`,
    'give a capture as a capture; logs are text, also within gzip, zstd or lz4',
  )
}

/** What the first bytes show to be no text; null where they are one. */
export function whatElse(head: Uint8Array, encoding: TextEncoding): string | null {
  // Payload may be text, and headers are short: a capture or a document can have fewer controls than a damaged log.
  const format = formatAt(new DataView(head.buffer, head.byteOffset, head.length), 0)
  if (format !== null) return `it is a ${format} capture`
  if (isPdf(head)) return 'it is a PDF document'
  if (encoding !== 'binary') return null
  // Some of these begin with letters, as a line may: they count only where the rest is no text.
  const name = otherCapture(head)?.name ?? otherFile(head)
  return name === null ? 'it holds control bytes that no text has' : `it is ${name}`
}
