import type { Current, PacketVisitor } from '../flow/current.ts'
import { TcpAnalysis } from '../flow/tcp-analysis.ts'
import { Flag } from '../packet/packet.ts'
import { emptyColumns, type PacketColumns, type PacketSeries } from '../report/packet-series.ts'

/** A flow whose packets are wanted, and how many of them. */
export interface Wanted {
  readonly stream: number
  readonly rows: number
}

/** A series as it is collected: sides are the flow's, 0 for the sender of its first packet. */
export type CollectedSeries = Omit<PacketSeries, 'client' | 'server'>

/** Collects the packets of a few flows while a scan passes them; all other packets cost a look into a table. */
export class SeriesCollector implements PacketVisitor {
  readonly #analysis = new TcpAnalysis()
  /** Rows wanted by stream; 0 for streams that are not. */
  readonly #rows: Int32Array
  readonly #deciding: ReadonlySet<string>
  readonly #keepers = new Map<string, Keeper>()

  /** `deciding` names frames as `capture:frame`: they are kept wherever they stand. */
  constructor(wanted: readonly Wanted[], deciding: ReadonlySet<string>) {
    this.#rows = new Int32Array(wanted.reduce((most, one) => Math.max(most, one.stream), -1) + 1)
    for (const one of wanted) this.#rows[one.stream] = Math.max(2, one.rows)
    this.#deciding = deciding
  }

  visit(current: Current): void {
    const { flow, packet } = current
    if (flow < 0 || flow >= this.#rows.length || this.#rows[flow] === 0 || packet.quoted) return
    this.#analysis.visit(current)
    const key = `${flow}:${current.frame.capture}`
    let keeper = this.#keepers.get(key)
    if (keeper === undefined) {
      keeper = new Keeper(flow, current.frame.capture, this.#rows[flow]!)
      this.#keepers.set(key, keeper)
    }
    keeper.take(current, this.#analysis, this.#deciding.has(`${current.frame.capture}:${current.frame.number}`))
  }

  /** The series in the order in which their flows began. */
  finish(): CollectedSeries[] {
    return [...this.#keepers.values()].map((keeper) => keeper.finish())
  }
}

/** The first and the last rows of one flow, with the deciding ones between. */
class Keeper {
  readonly #stream: number
  readonly #capture: number
  readonly #half: number
  readonly #columns = emptyColumns()
  /** Whether a row decides something, beside each row. */
  readonly #deciding: boolean[] = []
  #packets = 0
  #dropped = false
  /** Deciding rows that are kept in the middle: bounded, so that dropping always makes room. */
  #marked = 0

  constructor(stream: number, capture: number, rows: number) {
    this.#stream = stream
    this.#capture = capture
    this.#half = Math.ceil(rows / 2)
  }

  take({ frame, packet, side }: Current, analysis: TcpAnalysis, deciding: boolean): void {
    const columns = this.#columns
    this.#packets++
    this.#deciding.push(deciding && this.#marked++ < this.#half)
    columns.frame.push(frame.number)
    columns.time.push(frame.time)
    columns.side.push(side)
    columns.seq.push(analysis.seq >>> 0)
    columns.ack.push((packet.flags & Flag.ACK) === 0 ? 0 : analysis.ack >>> 0)
    columns.payload.push(packet.payloadLength)
    columns.window.push(analysis.window)
    columns.flags.push(packet.flags)
    columns.length.push(frame.originalLength)
    columns.analysis.push(analysis.flags)
    // Dropping a half at once keeps the cost of a row constant.
    if (this.#deciding.length >= this.#half * 4) this.#shorten()
  }

  /** Drops what lies between the first and the last half, but for what decides. */
  #shorten(): void {
    const rows = this.#deciding.length
    const kept: number[] = []
    for (let row = 0; row < rows; row++)
      if (row < this.#half || row >= rows - this.#half || this.#deciding[row]) kept.push(row)
    if (kept.length === rows) return
    this.#dropped = true
    for (const column of Object.values(this.#columns as PacketColumns)) select(column, kept)
    select(this.#deciding, kept)
  }

  finish(): CollectedSeries {
    if (this.#deciding.length > this.#half * 2) this.#shorten()
    return {
      stream: this.#stream,
      capture: this.#capture,
      packets: this.#packets,
      gapAt: this.#dropped ? this.#half : -1,
      columns: this.#columns,
    }
  }
}

function select<T>(values: T[], rows: readonly number[]): void {
  rows.forEach((row, to) => {
    values[to] = values[row]!
  })
  values.length = rows.length
}
