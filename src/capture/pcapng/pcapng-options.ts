import { MAX_COMMENT_LENGTH } from '../bounds.ts'

/** Option codes of the pcapng draft that are looked at; the meaning of the others depends on the block. */
export const Option = {
  END: 0,
  COMMENT: 1,
  IF_NAME: 2,
  IF_TSRESOL: 9,
  IF_TSOFFSET: 14,
  EPB_DROPCOUNT: 4,
  ISB_IFDROP: 5,
  ISB_OSDROP: 7,
} as const

/** What an interface's time resolution is where no option tells it: six decimal digits. */
const MICROSECONDS = 6

/** What the options of an interface description tell. */
export interface InterfaceOptions {
  readonly name: string | null
  /** As `if_tsresol` has it: a power of ten, or of two where the highest bit is set. */
  readonly resolution: number
  /** Seconds to add to each stamp. */
  readonly offset: number
}

/** Walks the options of a block; nothing of them is copied. */
export class OptionCursor {
  code = 0
  /** Index of the option's value, and its length without padding. */
  start = 0
  length = 0
  #view: DataView
  #little: boolean
  #next: number
  #end: number

  constructor(view: DataView, start: number, end: number, little: boolean) {
    this.#view = view
    this.#little = little
    this.#next = start
    this.#end = end
  }

  /** Steps to the next option; false at the last one, also where an option claims more than the block has. */
  next(): boolean {
    if (this.#next + 4 > this.#end) return false
    this.code = this.#view.getUint16(this.#next, this.#little)
    this.length = this.#view.getUint16(this.#next + 2, this.#little)
    this.start = this.#next + 4
    this.#next = this.start + ((this.length + 3) & ~3)
    return this.code !== Option.END && this.start + this.length <= this.#end
  }

  /** The value as text; outside text, never to be printed raw. */
  text(limit: number): string {
    const bytes = new Uint8Array(this.#view.buffer, this.start, Math.min(this.length, limit))
    return new TextDecoder().decode(bytes).replace(/\0+$/, '')
  }

  /** The value as an unsigned 64-bit number, rounded above 2^53; null where it has another length. */
  count(): number | null {
    if (this.length !== 8) return null
    return Number(this.#view.getBigUint64(this.start, this.#little))
  }

  /** The value as a signed 64-bit number, rounded beyond 2^53; null where it has another length. */
  signed(): number | null {
    if (this.length !== 8) return null
    return Number(this.#view.getBigInt64(this.start, this.#little))
  }

  /** The value's only byte; null where it has another length. */
  byte(): number | null {
    return this.length === 1 ? this.#view.getUint8(this.start) : null
  }
}

/** Reads an interface description's; `comment` is called at each comment, while `options` stands there. */
export function readInterfaceOptions(options: OptionCursor, comment: () => void): InterfaceOptions {
  let name: string | null = null
  let resolution = MICROSECONDS
  let offset = 0
  while (options.next()) {
    if (options.code === Option.IF_NAME) name = options.text(MAX_COMMENT_LENGTH)
    else if (options.code === Option.IF_TSRESOL) resolution = options.byte() ?? resolution
    else if (options.code === Option.IF_TSOFFSET) offset = options.signed() ?? offset
    else if (options.code === Option.COMMENT) comment()
  }
  return { name, resolution, offset }
}

/** Reads interface statistics': the packets that were dropped since the capture began; null where they do not say. */
export function readDrops(options: OptionCursor, comment: () => void): number | null {
  let drops: number | null = null
  while (options.next()) {
    if (options.code === Option.ISB_IFDROP || options.code === Option.ISB_OSDROP)
      drops = (drops ?? 0) + (options.count() ?? 0)
    else if (options.code === Option.COMMENT) comment()
  }
  return drops
}

/** Reads those of a block of which nothing but its comments is told. */
export function readComments(options: OptionCursor, comment: () => void): void {
  while (options.next()) if (options.code === Option.COMMENT) comment()
}
