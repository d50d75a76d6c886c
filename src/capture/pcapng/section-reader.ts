import { MAX_COMMENT_LENGTH, MAX_COMMENTS, MAX_INTERFACES } from '../bounds.ts'
import type { CaptureInterface } from '../capture-reader.ts'
import { WindowedReader } from '../windowed-reader.ts'
import { BLOCK_START, Block, BYTE_ORDER_MAGIC, Interface, Minimum, Section } from './pcapng-block.ts'
import { OptionCursor, readComments, readDrops, readInterfaceOptions } from './pcapng-options.ts'
import { TimeResolution } from './time-resolution.ts'

/** What a section's packets tell their interface by, its place in the section. */
export interface SectionInterface {
  readonly index: number
  readonly described: CaptureInterface
  readonly resolution: TimeResolution
  /** Drops that packet blocks tell one by one; the statistics' total replaces them. */
  counted: boolean
}

/** Reads what describes a pcapng's packets: section headers, interfaces and their statistics, comments. */
export abstract class SectionReader extends WindowedReader {
  protected little = true
  protected interfaces: SectionInterface[] = []

  /** A section header's type reads alike in both byte orders; its magic tells which one it is. */
  protected setByteOrder(position: number): boolean {
    const { view } = this.window
    const magic = view.getUint32(position + Section.MAGIC)
    if (magic === BYTE_ORDER_MAGIC) this.little = false
    else if (view.getUint32(position + Section.MAGIC, true) === BYTE_ORDER_MAGIC) this.little = true
    else return this.stop('a section header with the byte-order magic 1a2b3c4d', magic.toString(16).padStart(8, '0'))
    return true
  }

  /** Takes what a block that holds no packet tells. */
  protected describe(type: number, position: number, end: number): boolean {
    if (type === Block.SECTION_HEADER) return this.#sectionHeader(position, end)
    if (type === Block.INTERFACE) return this.#interface(position, end)
    return this.#statistics(position, end)
  }

  #sectionHeader(position: number, end: number): boolean {
    if (end - position < Minimum.SECTION_HEADER)
      return this.stop(`a section header of at least ${Minimum.SECTION_HEADER} bytes`, `${end - position}`)
    const major = this.window.view.getUint16(position + Section.MAJOR, this.little)
    if (major !== 1) return this.stop('version 1 of the format', `version ${major}`)
    this.interfaces = []
    this.frames?.engine.beginSection(this.little ? 0 : 1)
    this.summary.byteOrder ??= this.little ? 'little' : 'big'
    this.#options(position + Minimum.SECTION_HEADER - 4, end - 4, readComments)
    return true
  }

  #interface(position: number, end: number): boolean {
    if (end - position < Minimum.INTERFACE)
      return this.stop(`an interface description of at least ${Minimum.INTERFACE} bytes`, `${end - position}`)
    const { summary } = this
    if (summary.interfaces.length >= MAX_INTERFACES)
      return this.stop(`at most ${MAX_INTERFACES} interfaces`, 'one more')
    const { view } = this.window
    const told = this.#options(position + Minimum.INTERFACE - 4, end - 4, readInterfaceOptions)
    const described: CaptureInterface = {
      linkType: view.getUint16(position + Interface.LINK_TYPE, this.little),
      snapLength: view.getUint32(position + Interface.SNAP_LENGTH, this.little),
      name: told.name,
      dropped: null,
    }
    const counts = new TimeResolution(told.resolution, told.offset)
    this.#tellEngine(described.linkType, counts)
    this.interfaces.push({ index: summary.interfaces.length, described, resolution: counts, counted: true })
    summary.interfaces.push(described)
    summary.shownDigits.push(counts.shownDigits)
    summary.timeDigits = Math.max(summary.timeDigits, counts.digits)
    return true
  }

  #tellEngine(linkType: number, { perSecond, nanosecondsPerUnit, offset }: TimeResolution): void {
    const { length } = this.summary.interfaces
    this.frames?.engine.describeInterface(
      this.interfaces.length,
      length,
      linkType,
      perSecond,
      nanosecondsPerUnit,
      offset,
    )
  }

  #statistics(position: number, end: number): boolean {
    if (end - position < Minimum.STATISTICS)
      return this.stop(`interface statistics of at least ${Minimum.STATISTICS} bytes`, `${end - position}`)
    const id = this.window.view.getUint32(position + BLOCK_START, this.little)
    const about = this.interfaces[id]
    const drops = this.#options(position + Minimum.STATISTICS - 4, end - 4, readDrops)
    if (about === undefined) return this.unknownInterface(id)
    if (drops === null) return true
    // Counted since the capture's start: the last statistics stand, and the packets' own counts are in them.
    about.described.dropped = drops
    about.counted = false
    return true
  }

  /** What `read` makes of the options of a block that is no packet's; comments among them are kept. */
  #options<Told>(start: number, end: number, read: (options: OptionCursor, comment: () => void) => Told): Told {
    const options = new OptionCursor(this.window.view, start, end, this.little)
    return read(options, () => this.comment(options, null))
  }

  protected comment(options: OptionCursor, frame: number | null): void {
    const { comments } = this.summary
    if (comments.length < MAX_COMMENTS) comments.push({ frame, text: options.text(MAX_COMMENT_LENGTH) })
  }

  protected unknownInterface(id: number): false {
    return this.stop(`an interface that the section describes (${this.interfaces.length} are)`, `number ${id}`)
  }
}
