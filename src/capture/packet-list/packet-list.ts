import { counted } from '../../text/plural.ts'
import { visible } from '../../text/visible.ts'
import { MAX_LINE_BYTES } from '../bounds.ts'
import type { CaptureSummary } from '../capture-reader.ts'
import type { Epoch } from '../epoch.ts'
import type { Frame } from '../frame.ts'
import { LinkType } from '../link-type.ts'
import type { Window } from '../source/window.ts'
import { WindowedReader } from '../windowed-reader.ts'
import type { HostLabels } from './host-labels.ts'
import { isTableRule } from './list-cells.ts'
import type { ListSurvey } from './list-survey.ts'
import { ListedFlows } from './listed-flows.ts'
import { ListedLines, PART } from './listed-lines.ts'
import { isListHeader, type ListedPacket } from './packet-list-line.ts'
import type { ListTime } from './packet-list-time.ts'
import type { PortLabels } from './port-labels.ts'
import { ControlBit, type ListedOption, type ListedSegment } from './tcp-info.ts'
import { IPV4_HEADER, IPV6_HEADER, LONGEST_HEADERS, writeSegment } from './tcp-synthesis.ts'

const NEWLINE = 10
const DAY = 86_400
/** Ethernet pads what is shorter, so there the Length column says nothing about the TCP header. */
const SHORTEST_ETHERNET_FRAME = 60
const SHOWN_CHARACTERS = 60
const SHOWN_HOSTS = 10

/** Reads a packet list as text: each line becomes a frame with the headers that its Info column describes. */
export class PacketListReader extends WindowedReader {
  readonly #survey: ListSurvey
  readonly #labels: PortLabels
  readonly #hosts: HostLabels
  readonly #lines = new ListedLines()
  readonly #flows = new ListedFlows()
  readonly #headers = new DataView(new ArrayBuffer(LONGEST_HEADERS))
  #atEnd = false
  #lastNumber = 0
  #lastSeconds = 0
  #days = 0
  #line = 0
  #unread = 0
  #firstUnread: string | null = null
  #withoutSegment = 0
  #elapsed = 0

  constructor(window: Window, summary: CaptureSummary, captureIndex: number, epoch: Epoch, survey: ListSurvey) {
    super(window, summary, captureIndex, epoch)
    this.#survey = survey
    this.#labels = survey.labels
    this.#hosts = survey.hosts
    summary.interfaces.push({ linkType: LinkType.RAW, snapLength: 0, name: null, dropped: null })
    summary.dated = survey.dated
    summary.timeDigits = survey.timeDigits
    summary.absoluteSequence = survey.absoluteSequence
    summary.portLabels = survey.labels.byNumber
    summary.warnings.push(...this.#limits())
  }

  next(frame: Frame): boolean {
    const { window } = this
    while (true) {
      const end = this.#lineEnd()
      if (end < 0) return false
      const offset = window.offset
      const text = Buffer.from(window.bytes.buffer, window.position, end - window.position).toString('utf8')
      window.position = Math.min(window.end, end + (window.bytes[end] === NEWLINE ? 1 : 0))
      this.#line++
      const packet = this.#lines.read(text)
      if (packet === null) this.#skip(text)
      else if (packet !== PART) {
        this.#fill(frame, packet, offset)
        return this.count(frame)
      }
    }
  }

  protected override async refill(): Promise<boolean> {
    if (await super.refill()) return true
    // The last line may end with the file.
    if (this.#atEnd || this.window.left === 0) return false
    this.#atEnd = true
    return true
  }

  protected override ended(): void {
    const { warnings } = this.summary
    const { clippedWindows } = this.#flows
    if (this.#unread > 0)
      warnings.push(
        `${counted(this.#unread, 'line is not a packet and was', 'lines are not packets and were')} passed over` +
          `${this.#unread === 1 ? '' : ', the first one'} ${this.#firstUnread}`,
      )
    if (this.#withoutSegment > 0)
      warnings.push(
        `${counted(this.#withoutSegment, 'line shows', 'lines show')} another protocol than TCP in the Info column: where it runs over TCP (HTTP, TLS), ` +
          'the segments that carried it are missing here',
      )
    if (clippedWindows > 0)
      warnings.push(
        `${counted(clippedWindows, 'window is larger than its field', 'windows are larger than their field')}, and no handshake tells the scale`,
      )
  }

  /** Index of the next line's end; -1 where it is not in the window. */
  #lineEnd(): number {
    const { window } = this
    const found = window.bytes.subarray(window.position, window.end).indexOf(NEWLINE)
    if (found >= 0) return window.position + found
    if (window.left >= MAX_LINE_BYTES) return window.position + MAX_LINE_BYTES
    if (this.#atEnd && window.left > 0) return window.end
    this.wait(window.left + 1)
    return -1
  }

  #skip(text: string): void {
    const line = text.trim()
    if (line === '' || line.startsWith('```') || isListHeader(line) || isTableRule(line)) return
    this.#unread++
    this.#firstUnread ??= `(line ${this.#line}) "${visible(line.slice(0, SHOWN_CHARACTERS))}"`
  }

  #fill(frame: Frame, packet: ListedPacket, offset: number): void {
    frame.number = packet.number ?? this.#lastNumber + 1
    this.#lastNumber = frame.number
    frame.capture = this.captureIndex
    frame.time = this.#time(packet.time)
    frame.linkType = LinkType.RAW
    frame.interfaceId = -1
    frame.offset = offset
    frame.bytes = this.#headers
    frame.start = 0
    frame.end = packet.segment ? this.#write(packet, packet.segment) : 0
    const promised = packet.segment ? frame.end + packet.segment.payloadLength : 0
    frame.originalLength = Math.max(promised, (packet.length ?? 0) - this.#survey.linkHeaderBytes)
    if (frame.end === 0 && packet.protocol !== '') this.#withoutSegment++
  }

  #time(time: ListTime): number {
    if (!this.#survey.deltas) return this.epoch.since(this.#seconds(time), time.nanoseconds)
    this.#elapsed += time.seconds * 1e9 + time.nanoseconds
    return this.epoch.since(0, this.#elapsed)
  }

  /** Seconds with the midnights added that a list of times of day has passed. */
  #seconds(time: ListTime): number {
    const back = this.#lastSeconds - time.seconds
    // Reordering moves packets by less than half a day.
    if (time.kind === 'time-of-day' && back > DAY / 2) this.#days++
    else if (time.kind === 'time-of-day' && back < -DAY / 2 && this.#days > 0) this.#days--
    this.#lastSeconds = time.seconds
    return time.seconds + this.#survey.shiftSeconds + this.#days * DAY
  }

  #write(packet: ListedPacket, segment: ListedSegment): number {
    const source = this.#hosts.bytesOf(packet.source, packet.isIpv6)
    const destination = this.#hosts.bytesOf(packet.destination, packet.isIpv6)
    if (source.length !== destination.length) return 0
    const { flow, side } = this.#flows.of(packet.source, packet.destination, segment)
    const { seq, ack, edges } = this.#flows.numbers(flow, side, segment, this.#survey.headerNumbers)
    return writeSegment(
      {
        source,
        destination,
        sourcePort: this.#labels.numberOf(segment.sourcePort),
        destinationPort: this.#labels.numberOf(segment.destinationPort),
        seq,
        ack: (segment.flags & ControlBit.ACK) === 0 ? 0 : ack,
        flags: segment.flags,
        window: this.#flows.windowField(flow, side, segment),
        urgent: segment.urgent,
        payloadLength: segment.payloadLength,
        options: edges === 0 ? segment.options : segment.options.map((option) => moved(option, edges)),
        headerLength: this.#headerLength(packet, segment, source.length),
      },
      this.#headers,
    )
  }

  /** The TCP header's length as the Length column tells it; 0 where it does not. */
  #headerLength(packet: ListedPacket, segment: ListedSegment, addressLength: number): number {
    const { linkHeaderBytes } = this.#survey
    if (packet.length === null || (linkHeaderBytes > 0 && packet.length <= SHORTEST_ETHERNET_FRAME)) return 0
    const ipHeader = addressLength === 4 ? IPV4_HEADER : IPV6_HEADER
    return packet.length - linkHeaderBytes - ipHeader - segment.payloadLength
  }

  #namedHosts(): string[] {
    const named = [...this.#hosts.addresses]
    const told = named
      .slice(0, SHOWN_HOSTS)
      .map(([host, address]) => `host ${visible(host)} is not an address: ${address} stands for it`)
    const more = named.length - told.length
    if (more > 0) told.push(`${counted(more, 'more host is', 'more hosts are')} named, too, and stood for alike`)
    return told
  }

  /** What no packet list can tell, and what this one does not. */
  #limits(): string[] {
    const limits = ['a packet list has no payload bytes, no checksums, and no IP identifiers or TTLs']
    if (!this.#survey.absoluteSequence)
      limits.push(
        'sequence numbers are relative: whether a repeated SYN is the same attempt or a new one, its initial sequence number would tell',
      )
    if (this.#survey.leavesOutNumbers)
      limits.push(
        'tcpdump prints no sequence numbers of bare acknowledgments unless it is given -vv: keep-alives and window probes look like those',
      )
    if (this.#survey.deltas) limits.push('times are distances from the packet before, and were added up')
    else if (!this.#survey.dated)
      limits.push(
        this.#survey.relative ? 'times are distances from a beginning that is not told' : 'times have no date',
      )
    else if (!this.#survey.zoned) limits.push('times have no zone: they are taken as UTC')
    for (const [number, label] of this.#labels.byNumber)
      limits.push(
        `port ${visible(label)} is not a number: inside the program and in converted captures it is ${number}`,
      )
    limits.push(...this.#namedHosts())
    return limits
  }
}

/** SACK blocks are the only option that holds sequence numbers. */
function moved(option: ListedOption, edges: number): ListedOption {
  return option.kind === 'sack' ? { kind: 'sack', values: option.values.map((edge) => edge + edges) } : option
}
