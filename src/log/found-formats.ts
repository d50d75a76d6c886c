import { formatOf } from './detect-format.ts'
import type { LogFormat } from './format.ts'
import { readStamp } from './format-line.ts'
import { withTimes } from './stamps/likely-digits.ts'
import { Stamp } from './stamps/stamp.ts'

/** The formats of a log: those of its beginning, the main one first, and any that its lines turn out to have besides. */
export class FoundFormats {
  readonly all: LogFormat[]
  /** Lines by the format that read their stamp. */
  readonly lines: number[]
  readonly #known: readonly LogFormat[]

  constructor(found: readonly LogFormat[], known: readonly LogFormat[]) {
    this.all = [...found]
    this.lines = found.map(() => 0)
    this.#known = known
  }

  /** The format of a line by its index, its stamp read, the log's main one first; -1 where none fits. */
  of(bytes: Buffer, start: number, end: number, stamp: Stamp): number {
    const formats = this.all
    for (let i = 0; i < formats.length; i++) if (readStamp(formats[i]!, bytes, start, end, stamp)) return i
    return -1
  }

  /** A line that no format of the log's beginning reads may be the first of another: several logs in one file. -1 where it is not. */
  adopt(bytes: Buffer, start: number, end: number, stamp: Stamp): number {
    const format = formatOf(this.#known, bytes, start, end, stamp)
    if (format === null) return -1
    const found = this.all.indexOf(format)
    if (found >= 0) return found
    this.lines.push(0)
    return this.all.push(format) - 1
  }

  /** True where a line like this one, which no format reads, may have a stamp: its digits were none of a time. */
  mayBeStamped(bytes: Buffer, start: number, end: number): boolean {
    const line = Buffer.from(withTimes(bytes.toString('latin1', start, end)), 'latin1')
    return formatOf(this.#known, line, 0, line.length, new Stamp()) !== null
  }

  /** How many lines each of them read. */
  counts(): { id: string; lines: number }[] {
    return this.all.map(({ id }, i) => ({ id, lines: this.lines[i]! }))
  }
}
