import type { Current, PacketVisitor } from './current.ts'

/** Collects which frames of the one capture of a scan belong to some streams, by their place in the file from 1. */
export class FlowFrames implements PacketVisitor {
  /** Places of the frames of these streams. */
  readonly places = new Set<number>()
  /** Place by frame number, where numbers are not places: a packet list has its own. */
  readonly placeOf = new Map<number, number>()
  #place = 0
  readonly #streams: ReadonlySet<number>

  constructor(streams: ReadonlySet<number>) {
    this.#streams = streams
  }

  visit({ frame, flow }: Current): void {
    this.#place++
    if (frame.number !== this.#place) this.placeOf.set(frame.number, this.#place)
    if (this.#streams.has(flow)) this.places.add(this.#place)
  }
}
