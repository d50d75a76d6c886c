import { LIST_HEAD_BYTES, LIST_SURVEY_BYTES } from '../bounds.ts'
import type { Window } from '../source/window.ts'
import { HostLabels } from './host-labels.ts'
import { ListedFlows } from './listed-flows.ts'
import { ListedLines, PART } from './listed-lines.ts'
import { isListHeader, type ListedPacket } from './packet-list-line.ts'
import type { ListTime } from './packet-list-time.ts'
import { PortLabels } from './port-labels.ts'
import { ControlBit, type ListedSegment } from './tcp-info.ts'
import { IPV4_HEADER, IPV6_HEADER, tcpHeaderLength } from './tcp-synthesis.ts'

/** What holds for a whole packet list and cannot be told from one line. */
export interface ListSurvey {
  /** The stamps have a date. */
  readonly dated: boolean
  /** The stamps have a zone, or count from 1970. */
  readonly zoned: boolean
  /** The stamps are distances from a beginning. */
  readonly relative: boolean
  /** Added to all stamps, so that none is before the beginning. */
  readonly shiftSeconds: number
  /** The stamps are distances from the packet before (Wireshark's "delta"). */
  readonly deltas: boolean
  /** Most digits after the second that a stamp has. */
  readonly timeDigits: number
  /** False where sequence numbers are counted from the start of their connection. */
  readonly absoluteSequence: boolean
  /** All sequence numbers are printed as the headers have them. */
  readonly headerNumbers: boolean
  /** Some segments are printed without their sequence number. */
  readonly leavesOutNumbers: boolean
  /** What the Length column counts in front of the IP header. */
  readonly linkHeaderBytes: number
  readonly labels: PortLabels
  readonly hosts: HostLabels
}

/** What link layers put in front of IP: none, NULL and LOOP, Ethernet, Linux SLL, Ethernet with VLAN, SLL2. */
const LINK_HEADERS = [0, 4, 14, 16, 18, 20] as const
/** Distances between packets fall every other time; times from a beginning fall only where packets are out of order. */
const FALLING_SHARE = 1 / 4
const FEWEST_FALLS = 3
const SOME_ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F]*:[\da-fA-F:.]+(?:%\S+)?)$/
const NEWLINE = 10

/** Looks through the beginning of a text; null where no line of it belongs to a packet list. */
export async function surveyList(
  window: Window,
  named: ReadonlyMap<string, number> = new Map(),
): Promise<ListSurvey | null> {
  await window.fill(LIST_HEAD_BYTES)
  if (!showsList(window)) return null
  for (let wanted = LIST_HEAD_BYTES; wanted <= LIST_SURVEY_BYTES && (await window.fill(wanted)); wanted *= 2);
  const seen = new SeenLines()
  const lines = new ListedLines()
  for (const line of linesOf(window, LIST_SURVEY_BYTES)) {
    const packet = lines.read(line)
    if (packet !== null && packet !== PART) seen.take(packet)
  }
  return seen.survey(named)
}

/** What the lines of a packet list have in common so far. */
class SeenLines {
  readonly #labels = new PortLabels()
  readonly #hosts = new HostLabels()
  readonly #flows = new ListedFlows()
  #dated = true
  #zoned = true
  #relative = true
  #timeDigits = 0
  #shiftSeconds = 0
  #absoluteSequence = false
  #isTcpdump = false
  #leavesOutNumbers = false
  /** How many more of tcpdump's numbers are those of headers than count from the start of their connection. */
  #headerNumbers = 0
  /** Least that the Length column counts beyond the headers of IP and TCP and the payload. */
  #overhead = Number.POSITIVE_INFINITY
  #lines = 0
  /** Lines whose stamp is earlier than the one before. */
  #falls = 0
  #lastSeconds = 0
  #startsAtZero = false
  #timeOfDay = true

  take(packet: ListedPacket): void {
    this.#takeTime(packet.time)
    const { segment, length } = packet
    if (segment === null) return
    this.#labels.note(segment.sourcePort)
    this.#labels.note(segment.destinationPort)
    this.#hosts.note(packet.source, packet.isIpv6)
    this.#hosts.note(packet.destination, packet.isIpv6)
    if (segment.printedBy === 'tcpdump') this.#takeNumbers(packet, segment)
    else if ((segment.flags & ControlBit.SYN) !== 0 && segment.seq !== 0) this.#absoluteSequence = true
    if (length !== null) this.#overhead = Math.min(this.#overhead, length - headersOf(packet, segment))
  }

  #takeNumbers({ source, destination }: ListedPacket, segment: ListedSegment): void {
    this.#isTcpdump = true
    this.#absoluteSequence = true
    this.#leavesOutNumbers ||= segment.seq === null
    const { flow, side } = this.#flows.of(source, destination, segment)
    const absolute = flow.tcpdump.tellsAbsolute(side, segment)
    if (absolute !== null) this.#headerNumbers += absolute ? 1 : -1
    flow.tcpdump.place(side, segment, false)
  }

  #takeTime(time: ListTime): void {
    const seconds = time.seconds + time.nanoseconds / 1e9
    if (this.#lines === 0) this.#startsAtZero = seconds === 0
    this.#lines++
    if (seconds < this.#lastSeconds) this.#falls++
    this.#lastSeconds = seconds
    this.#shiftSeconds = Math.max(this.#shiftSeconds, -time.seconds)
    this.#dated &&= time.kind === 'dated'
    this.#zoned &&= time.zoned
    this.#relative &&= time.kind === 'relative'
    this.#timeOfDay &&= time.kind === 'time-of-day'
    this.#timeDigits = Math.max(this.#timeDigits, time.digits)
  }

  /** `named` are the numbers that the caller gives to labels of ports. */
  survey(named: ReadonlyMap<string, number>): ListSurvey {
    this.#labels.settle(named)
    this.#hosts.settle()
    return {
      dated: this.#dated,
      zoned: this.#zoned,
      relative: this.#isRelative,
      shiftSeconds: this.#shiftSeconds,
      deltas: this.#isRelative && this.#falls >= FEWEST_FALLS && this.#falls > this.#lines * FALLING_SHARE,
      timeDigits: this.#timeDigits,
      absoluteSequence: this.#absoluteSequence,
      headerNumbers: this.#printsHeaderNumbers(),
      leavesOutNumbers: this.#leavesOutNumbers,
      linkHeaderBytes: this.#linkHeaderBytes(),
      labels: this.#labels,
      hosts: this.#hosts,
    }
  }

  /** tcpdump prints distances as if they were times of day: from the packet before (`-ttt`), or from the first (`-ttttt`). */
  get #isRelative(): boolean {
    return this.#relative || (this.#isTcpdump && this.#timeOfDay && this.#startsAtZero)
  }

  /** Wireshark prints them so where a SYN has one that is not 0. */
  #printsHeaderNumbers(): boolean {
    return this.#isTcpdump ? this.#headerNumbers > 0 : this.#absoluteSequence
  }

  /** No line can be shorter than its headers, so the shortest overhead is the link layer's, or options make it more. */
  #linkHeaderBytes(): number {
    const overhead = this.#overhead
    return Number.isFinite(overhead) ? (LINK_HEADERS.findLast((bytes) => bytes <= overhead) ?? 0) : 0
  }
}

function headersOf(packet: ListedPacket, segment: ListedSegment): number {
  const ipHeader = packet.source.includes(':') ? IPV6_HEADER : IPV4_HEADER
  return ipHeader + tcpHeaderLength(segment.options) + segment.payloadLength
}

/** True where a line shows a segment, or has all the columns with addresses in their place. */
function showsList(window: Window): boolean {
  const lines = new ListedLines()
  for (const line of linesOf(window, LIST_HEAD_BYTES)) {
    if (isListHeader(line)) return true
    const packet = lines.read(line)
    if (packet === null || packet === PART) continue
    const addressed = SOME_ADDRESS.test(packet.source) && SOME_ADDRESS.test(packet.destination)
    if (packet.segment !== null || (addressed && packet.number !== null && packet.length !== null)) return true
  }
  return false
}

/** The lines that begin within the next `limit` bytes of the window; nothing is consumed. */
function* linesOf(window: Window, limit: number): Generator<string> {
  const { bytes, position } = window
  const last = Math.min(window.end, position + limit)
  const read = bytes.subarray(0, last)
  let start = position
  while (start < last) {
    const newline = read.indexOf(NEWLINE, start)
    const end = newline < 0 ? last : newline
    yield Buffer.from(bytes.buffer, start, end - start).toString('utf8')
    start = end + 1
  }
}
