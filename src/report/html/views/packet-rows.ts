import { formatEndpoint } from '../../../text/address.ts'
import type { PacketSeries } from '../../packet-series.ts'
import { frameRef, type Model, type Ref } from '../model.ts'
import { infoText } from '../packet-text.ts'

/** The packets of all flows that the page carries, in the order of their captures and frames. */
export class PacketRows {
  readonly length: number
  readonly #all: readonly PacketSeries[]
  readonly #analysisNames: readonly string[]
  /** By packet: the flow's series, and the packet's place in it. */
  readonly #series: Int16Array
  readonly #place: Int32Array

  constructor({ series, payload }: Model) {
    this.#all = series
    this.#analysisNames = payload.analysisNames
    this.length = series.reduce((sum, one) => sum + one.columns.frame.length, 0)
    this.#series = new Int16Array(this.length)
    this.#place = new Int32Array(this.length)
    this.#order()
  }

  series(index: number): PacketSeries {
    return this.#all[this.#series[index]!]!
  }

  /** Where the packet stands in the columns of its series. */
  place(index: number): number {
    return this.#place[index]!
  }

  value(column: 'frame' | 'length' | 'time', index: number): number {
    return this.series(index).columns[column][this.place(index)]!
  }

  isFromClient(index: number): boolean {
    return this.series(index).columns.side[this.place(index)] === 0
  }

  isFlagged(index: number): boolean {
    return this.series(index).columns.analysis[this.place(index)] !== 0
  }

  source(index: number): string {
    const { client, server } = this.series(index)
    return formatEndpoint(this.isFromClient(index) ? client : server)
  }

  destination(index: number): string {
    const { client, server } = this.series(index)
    return formatEndpoint(this.isFromClient(index) ? server : client)
  }

  info(index: number): string {
    return infoText(this.series(index), this.place(index), this.#analysisNames)
  }

  ref(index: number): Ref {
    return frameRef(this.series(index).capture, this.value('frame', index))
  }

  /** Negative where the page does not carry the packet. */
  indexOf(ref: Ref): number {
    for (let index = 0; index < this.length; index++) if (this.ref(index) === ref) return index
    return -1
  }

  /** Each series is in order by itself: the earliest of their next packets is the next of all. */
  #order(): void {
    const next = this.#all.map(() => 0)
    const heads = this.#all.map((one) => rank(one, 0))
    for (let index = 0; index < this.length; index++) {
      let best = 0
      for (let one = 1; one < heads.length; one++) if (heads[one]! < heads[best]!) best = one
      this.#series[index] = best
      this.#place[index] = next[best]!
      next[best]!++
      heads[best] = rank(this.#all[best]!, next[best]!)
    }
  }
}

/** By capture, then by frame. */
const rank = ({ capture, columns }: PacketSeries, place: number): number =>
  place < columns.frame.length ? capture * 2 ** 40 + columns.frame[place]! : Infinity
