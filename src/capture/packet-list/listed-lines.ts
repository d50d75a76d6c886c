import { type ListedPacket, readListLine, type StampedLine, stampedLine } from './packet-list-line.ts'
import type { ListTime } from './packet-list-time.ts'
import { readTcpdumpLine } from './tcpdump-line.ts'

/** Instead of a packet: a line that belongs to the packet before, or to the one that follows. */
export const PART = Symbol('part of a packet')

/** Reads the lines of a packet list, one after the other: in Wireshark's columns, or as tcpdump prints them. */
export class ListedLines {
  /** The stamp of a line whose segment stands on the next one. */
  #head: ListTime | null = null
  #isTcpdump = false

  /** Null where the line is no packet. */
  read(line: string): ListedPacket | typeof PART | null {
    const stamped = stampedLine(line)
    const listed = this.#isTcpdump ? null : readListLine(stamped)
    if (listed?.segment) return listed
    const printed = this.#readPrinted(stamped)
    if (printed !== null) return printed
    if (!this.#isTcpdump) return listed
    // Bytes (`-x`, `-X`), and what `-v` tells of other protocols, are indented.
    return /^\s/.test(line) ? PART : readListLine(stamped)
  }

  #readPrinted(line: StampedLine): ListedPacket | typeof PART | null {
    const printed = readTcpdumpLine(line, this.#head)
    this.#head = printed !== null && 'head' in printed ? printed.head : null
    if (printed === null) return null
    this.#isTcpdump = true
    return 'head' in printed ? PART : printed
  }
}
