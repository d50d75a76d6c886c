import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { ascending, countUntil } from './moments.ts'

/** What closes so soon after its last word was done with the exchange, and chose its own moment. */
const AT_ONCE = 100e6

/** When a listener closed connections by itself, and until when it served those that it had: looked up when a rule asks. */
export class ListenerEnds {
  /** Ascending. */
  readonly #closes: number[] = []
  /** First packets of its flows, in their order; and when one of them up to there last had a word of it. */
  readonly #began: number[] = []
  readonly #servedUntil: number[] = []
  /** First packets of those that it served and that nobody ended, ascending. */
  readonly #left: number[] = []

  constructor(flow: FlowView, rows: readonly number[]) {
    let until = Number.NEGATIVE_INFINITY
    for (const row of rows) {
      flow.at(row)
      if (flow.lastReply > until) until = flow.lastReply
      this.#began.push(flow.firstTime)
      this.#servedUntil.push(until)
      const close = closeOf(flow)
      if (close !== null) this.#closes.push(close)
      if (flow.lastReply <= flow.lastTime && !isEnded(flow)) this.#left.push(flow.firstTime)
    }
    this.#closes.sort(ascending)
    this.#left.sort(ascending)
  }

  /** Connections that it closed of its own accord within `span` of a moment, with nothing said right before. */
  closesAround(time: number, span: number): number {
    return countUntil(this.#closes, time + span) - countUntil(this.#closes, time - span)
  }

  /** True where a connection that it had served by a moment was never ended. */
  leavesOpen(time: number): boolean {
    return countUntil(this.#left, time) > 0
  }

  /** True where a connection that was there at a moment had a word of it afterwards. */
  servesOnAfter(time: number): boolean {
    const before = countUntil(this.#began, time)
    return before > 0 && this.#servedUntil[before - 1]! > time
  }
}

/** True where either end closed or reset it. */
const isEnded = (flow: FlowView): boolean =>
  [0, 1].some((side) => flow.has(State.FIN << side) || flow.has(State.RST << side))

/** When the server closed it first, and with nothing said right before; null where it did not. */
function closeOf(flow: FlowView): number | null {
  if (!flow.has(State.FIN << flow.server)) return null
  const fin = flow.firstFin
  if (fin?.side !== flow.server || fin.time - flow.lastReply < AT_ONCE) return null
  return fin.time
}
