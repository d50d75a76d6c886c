import type { FlowView } from '../flow/flow-view.ts'
import type { FrameIds } from '../flow/frame-ids.ts'
import { State } from '../flow/row.ts'
import { Signal, type SignalView } from '../flow/signal-log.ts'
import { formatEndpoint } from '../text/address.ts'
import type { Endpoint } from './connection.ts'
import { isWaitingAt } from './evidence/first-byte.ts'
import { isServed } from './evidence/stance.ts'
import { type Evidence, seen } from './finding.ts'
import { flowFilter } from './flow-filter.ts'
import type { ListenerLife } from './listeners/listener-life.ts'
import type { ListenerLives } from './listeners/listener-lives.ts'

/** Labels of a packet list's masked ports, by the number that stands for each. */
export type PortLabels = ReadonlyMap<number, string>

/** RFC 9293 §3.8.4: two hours without a packet, and TCP itself asks whether the other end is still there. */
const STILL_THERE = 7200e9

/** One flow to be judged, with what its neighbours and its capture say. Refilled per flow. */
export class Case {
  readonly flow: FlowView
  readonly frames: FrameIds
  /** Last moment that the captures show: what did not happen until then may happen later. */
  readonly captureEnd: number
  life: ListenerLife
  readonly #lives: ListenerLives
  readonly #labels: PortLabels

  constructor(flow: FlowView, frames: FrameIds, captureEnd: number, lives: ListenerLives, labels: PortLabels) {
    this.flow = flow
    this.frames = frames
    this.captureEnd = captureEnd
    this.life = lives.none
    this.#lives = lives
    this.#labels = labels
  }

  /** Moves it to the flow in a row. */
  at(row: number): this {
    this.flow.at(row)
    this.life = this.#lives.of(row)
    return this
  }

  /** Listeners of the same port, at this and at other addresses. */
  get namesakes(): readonly ListenerLife[] {
    return this.#lives.namesakes(this.flow.port(this.flow.server))
  }

  /** Other connections of the listener that were established and unserved at a moment. */
  othersWaitingAt(time: number): number {
    return this.life.waitingAt(time) - (isWaitingAt(this.flow, time) ? 1 : 0)
  }

  /** True where ports are shown as a packet list masks them. */
  get isMasked(): boolean {
    return this.#labels.size > 0
  }

  /** One end of the flow; its port as a packet list masks it, where it does. */
  endpoint(side: number): Endpoint {
    const port = this.flow.port(side)
    return { address: this.flow.address(side), port: this.#labels.get(port) ?? port }
  }

  /** How long the flow could have shown something: to its end where it was closed, else to the capture's. */
  get end(): number {
    const { flow } = this
    const closed = flow.has(State.RST) || flow.has(State.RST << 1) || flow.has(State.FIN | (State.FIN << 1))
    return closed ? flow.lastTime : Math.max(this.captureEnd, flow.lastTime)
  }

  /** What the capture shows after the flow's last packet is still about it. */
  get goesOn(): boolean {
    return this.end - this.flow.lastTime < STILL_THERE
  }

  /**
   * How long the client is seen waiting for an answer; 0 where it does not wait. A client that goes on sending shows it
   * by itself; where it sent once, or the server never spoke, the capture's going on shows that no answer came.
   * Nanoseconds.
   */
  get waiting(): number {
    const { flow } = this
    if (flow.unanswered === 0) return 0
    const toTheEnd = (flow.unanswered === 1 || !isServed(flow)) && this.goesOn
    const watched = toTheEnd ? this.end : flow.lastTime
    // Of a server that never spoke the first payload is known; later ones may be pieces of it.
    const push = flow.oldestSignal(Signal.PUSH)
    const waited = watched - (Number.isNaN(push) ? flow.pendingSince : push)
    // One segment for hours: what follows was captured another day, or the clock was set.
    return flow.unanswered === 1 && waited >= STILL_THERE ? 0 : waited
  }

  /** The first reset by the server. */
  get serverReset(): SignalView | undefined {
    return this.flow.signals(Signal.RST).find((signal) => signal.side === this.flow.server)
  }

  /** Evidence from frame ids: one for each capture that holds some of them, as a frame's number is its capture's. */
  seen(text: string, ids: readonly number[]): readonly Evidence[] {
    const { frames } = this
    if (ids.length === 0 || frames.bases.length === 1) return [this.#seenIn(0, text, ids)]
    const captures = [...new Set(ids.map((id) => frames.captureOf(id)))]
    return captures.map((capture) => {
      const own = ids.filter((id) => frames.captureOf(id) === capture)
      return this.#seenIn(capture, text, own)
    })
  }

  #seenIn(capture: number, text: string, ids: readonly number[]): Evidence {
    const numbers = ids.map((id) => this.frames.numberOf(id))
    return seen(text, capture, isAscending(numbers) ? numbers : [...new Set(numbers)].sort((a, b) => a - b))
  }

  /** Evidence from the flow's signals of a kind, of one side where it is named. */
  signalled(text: string, kind: Signal, side?: number): readonly Evidence[] {
    const signals = this.flow.signals(kind).filter((signal) => side === undefined || signal.side === side)
    return this.seen(
      text,
      signals.map((signal) => signal.frame),
    )
  }

  /** Both ends are one host, so that no network lies between them. */
  get isLocal(): boolean {
    return this.flow.address(0) === this.flow.address(1)
  }

  /** `client → server`, for a sentence. */
  get name(): string {
    return `${formatEndpoint(this.endpoint(this.flow.client))} → ${this.listenerName}`
  }

  get listenerName(): string {
    return formatEndpoint(this.endpoint(this.flow.server))
  }

  /** A display filter for the flow. */
  get filter(): string {
    const { flow } = this
    const ends = { client: this.endpoint(flow.client), server: this.endpoint(flow.server) }
    return flowFilter({ stream: flow.row, ...ends }, this.frames.bases.length)
  }
}

/** True unless packets were recorded out of order. */
function isAscending(numbers: readonly number[]): boolean {
  for (let at = 1; at < numbers.length; at++) if (numbers[at - 1]! >= numbers[at]!) return false
  return true
}
