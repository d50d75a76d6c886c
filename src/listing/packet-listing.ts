import type { CaptureSummary } from '../capture/capture-reader.ts'
import type { Epoch } from '../capture/epoch.ts'
import type { Filter } from '../filter/filter.ts'
import type { Current, PacketVisitor } from '../flow/current.ts'
import type { TcpAnalysis } from '../flow/tcp-analysis.ts'
import { Protocol, Stop } from '../packet/packet.ts'
import { ByteWriter } from '../report/json/byte-writer.ts'
import { toAscii } from '../text/ascii.ts'
import { visible } from '../text/visible.ts'
import { Addresses, type AddressMapping } from './addresses.ts'
import { otherInfo, protocolName } from './other-protocols.ts'
import { PACKET_FORMATS, type PacketFormat, type PacketFormatName } from './packet-format.ts'
import { type FrameRecord, packetRecord } from './packet-record.ts'
import { PacketTime, type TimeFormat } from './packet-time.ts'
import { SegmentInfo } from './segment-info.ts'

/** What a packet list shows, and how. */
export interface ListingOptions {
  readonly format: PacketFormatName
  readonly time: TimeFormat
  /** Sequence numbers as in the headers. */
  readonly absoluteSeq: boolean
  /** Only packets with one of these ports; labels as a packet list prints them. All are analysed. */
  readonly ports: readonly (number | string)[]
  /** Only packets that it lets through; null for all. */
  readonly filter: Filter | null
  /** Other signs are spelled in ASCII. Only what people read has any. */
  readonly ascii?: boolean
  /** What stands for addresses where they are not to be shown. */
  readonly addresses?: AddressMapping | null
}

/**
 * Writes each frame that is shown, as bytes: a window's lines in one string would be joined from a hundred thousand parts.
 * What was written since is taken with `take`. Comes behind the analysis it is given.
 */
export class PacketListing implements PacketVisitor {
  /** Frames shown. */
  shown = 0
  readonly #options: ListingOptions
  readonly #format: PacketFormat
  readonly #analysis: TcpAnalysis
  readonly #addresses: Addresses
  readonly #segmentInfo = new SegmentInfo()
  #time: PacketTime | null = null
  /** Grows while it is read: a pcapng tells its resolution with its first interface. */
  #summary: CaptureSummary | null = null
  #labels: ReadonlyMap<number, string> = new Map()
  /** A packet list as text holds no payload, and nothing cut it. */
  #listed = false
  readonly #out = new ByteWriter()
  /** Null where packets of all ports are shown. */
  #ports: Set<number> | null = null

  constructor(options: ListingOptions, analysis: TcpAnalysis) {
    this.#options = options
    this.#addresses = new Addresses(options.addresses)
    this.#analysis = analysis
    this.#format = PACKET_FORMATS[options.format]
    this.#out.text(this.#format.head)
  }

  /** Begins the next capture. */
  open(summary: CaptureSummary, epoch: Epoch): void {
    this.#time ??= new PacketTime(this.#options.time, epoch)
    this.#options.filter?.useEpoch(epoch).useCapture(summary)
    this.#summary = summary
    this.#listed = summary.format === 'packet-list'
    this.#labels = summary.portLabels
    const named = this.#options.ports
    if (named.length === 0) return
    this.#ports = new Set(named.filter((port) => typeof port === 'number'))
    for (const [number, label] of summary.portLabels) {
      // The number that stands for a label is nobody's port.
      if (named.includes(label)) this.#ports.add(number)
      else this.#ports.delete(number)
    }
  }

  visit(current: Current): void {
    const { frame } = current
    const time = this.#time!
    const { filter } = this.#options
    // The filter first: it may measure times from frame to frame.
    const passes = filter === null || filter.matches(current, this.#analysis)
    const shows = passes && (this.#ports === null || this.#isOnPort(current))
    if (shows) this.#write(current, time)
    time.pass(frame.time, shows)
  }

  /** Everything written since the last call; valid until something is written after the next one. */
  take(): Uint8Array {
    return this.#out.take()
  }

  /** Ends the list. */
  end(): void {
    this.#out.text(this.#format.tail)
  }

  /** What an ICMP error quotes counts. */
  #isOnPort({ packet }: Current): boolean {
    if (packet.protocol === Protocol.NONE) return false
    return this.#ports!.has(packet.sourcePort) || this.#ports!.has(packet.destinationPort)
  }

  #write(current: Current, time: PacketTime): void {
    const format = this.#format
    if (this.shown++ > 0) this.#out.text(format.between)
    const { frame } = current
    const { timeDigits, shownDigits } = this.#summary!
    const source = this.#addresses.source(current)
    const destination = this.#addresses.destination(current)
    const protocol = protocolName(current)
    const info = this.#info(current)
    const { number, capture, originalLength: length } = frame
    if (format.columns !== null) {
      const shown = time.text(frame.time, shownDigits[frame.interfaceId] ?? timeDigits)
      const line = format.columns({ number, time: shown, source, destination, protocol, length, info })
      this.#out.text(this.#options.ascii === true ? `${toAscii(line.trimEnd())}\n` : line)
      return
    }
    const stamp = time.rfc3339(frame.time, timeDigits)
    const record: FrameRecord = { frame: number, capture, time: stamp, source, destination, length, protocol, info }
    const segment = isSegment(current)
    this.#out.text(format.record(segment ? packetRecord(record, current, this.#analysis, this.#port) : record))
  }

  #info(current: Current): string {
    if (!isSegment(current)) return otherInfo(current, this.#portText)
    return this.#segmentInfo.text(current, this.#analysis, this.#options.absoluteSeq, this.#portText, this.#listed)
  }

  readonly #port = (port: number): number | string => {
    const label = this.#labels.get(port)
    return label === undefined ? port : visible(label)
  }

  readonly #portText = (port: number): string => `${this.#port(port)}`
}

const isSegment = ({ packet, flow }: Current): boolean =>
  flow >= 0 && packet.protocol === Protocol.TCP && packet.stop === Stop.NONE
