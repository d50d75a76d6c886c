import { completenessNames, completenessText } from '../flow/completeness.ts'
import type { SideStatistics, Spread } from '../flow/flow-statistics.ts'
import type { FlowView } from '../flow/flow-view.ts'
import { type ByteWriter, type Piece, piece } from '../report/json/byte-writer.ts'
import { conversationBits, throughput } from './flow-row.ts'

const DURATION = piece(',"durationMs":')
const CLIENT = piece(',"clientStatistics":')
const SERVER = piece(',"serverStatistics":')
const ROUND_TRIP = piece('{"roundTripMs":')
const WINDOW = piece(',"windowBytes":')
const RETRANSMITTED = piece(',"retransmittedBytes":')
const IDLE = piece(',"idleMaxMs":')
const THROUGHPUT = piece(',"throughputBytesPerSecond":')
const MIN = piece('{"min":')
const MEAN = piece(',"mean":')
const MAX = piece(',"max":')
const SAMPLES = piece(',"samples":')
const NULL = piece('null')
const END = piece('}')

/** Digits of what is told in millionths, and of bytes a second. */
const MILLIONTHS = 6
const THOUSANDTHS = 3
/** Six bits say what was seen of a side. */
const SIDE_BITS = 6

/**
 * Writes what the conversation table adds to a connection as JSON: what `visibleJson(flowJson(…))` gives behind the
 * connection's own fields, which a test holds it to, without an object for each.
 */
export class StatisticsBytes {
  readonly #writer: ByteWriter
  /** By the bits of the conversation and of both sides: few combinations occur. */
  readonly #completeness: Piece[] = []

  constructor(writer: ByteWriter) {
    this.#writer = writer
  }

  /** From the comma behind the connection's last field on. */
  write(flow: FlowView, client: SideStatistics, server: SideStatistics): void {
    const writer = this.#writer
    const nanoseconds = flow.lastTime - flow.firstTime
    this.#seen(conversationBits(flow.packets(0) + flow.packets(1), client, server), client, server)
    writer.put(DURATION)
    writer.decimal(Math.round(nanoseconds), MILLIONTHS)
    writer.put(CLIENT)
    this.#side(client, throughput(nanoseconds, flow.payload(flow.client)))
    writer.put(SERVER)
    this.#side(server, throughput(nanoseconds, flow.payload(flow.server)))
    writer.put(END)
  }

  #seen(bits: number, client: SideStatistics, server: SideStatistics): void {
    const all = (((bits << SIDE_BITS) | client.completeness) << SIDE_BITS) | server.completeness
    this.#completeness[all] ??= seenPiece(bits, client.completeness, server.completeness)
    this.#writer.put(this.#completeness[all])
  }

  #side(side: SideStatistics, bytesPerSecond: number | null): void {
    const writer = this.#writer
    writer.put(ROUND_TRIP)
    this.#spread(side.roundTrip, 1e6)
    writer.put(WINDOW)
    this.#spread(side.window, 1)
    writer.put(RETRANSMITTED)
    writer.number(side.retransmittedBytes)
    writer.put(IDLE)
    this.#decimal(side.idleMax === null ? null : Math.round(side.idleMax), MILLIONTHS)
    writer.put(THROUGHPUT)
    this.#decimal(bytesPerSecond === null ? null : Math.round(bytesPerSecond * 1000), THOUSANDTHS)
    writer.put(END)
  }

  #spread(spread: Spread | null, unit: number): void {
    const writer = this.#writer
    if (spread === null) {
      writer.put(NULL)
      return
    }
    writer.put(MIN)
    writer.decimal(Math.round((spread.min / unit) * 1e6), MILLIONTHS)
    writer.put(MEAN)
    writer.decimal(Math.round((spread.mean / unit) * 1e6), MILLIONTHS)
    writer.put(MAX)
    writer.decimal(Math.round((spread.max / unit) * 1e6), MILLIONTHS)
    writer.put(SAMPLES)
    writer.number(spread.samples)
    writer.put(END)
  }

  #decimal(value: number | null, places: number): void {
    if (value === null) this.#writer.put(NULL)
    else this.#writer.decimal(value, places)
  }
}

const seenPiece = (bits: number, client: number, server: number): Piece =>
  piece(
    `,"completeness":${JSON.stringify({
      value: bits,
      text: completenessText(bits),
      client: completenessNames(client),
      server: completenessNames(server),
    })}`,
  )
