import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { beginOfWait, endOfWait, hasWaited } from '../evidence/first-byte.ts'
import { Fact } from '../fact.ts'
import type { ListenerEnds } from './listener-ends.ts'
import { ascending, countUntil } from './moments.ts'

/** More moments than this of one kind are not kept for one listener: what is asked of them is how many, and when. */
const MOST_MOMENTS = 65_536

/**
 * Everything that happened at one address and port, gathered before any of its connections is judged. Few flows make a
 * rule ask for its moments: they are put in order, and those of its SYN-ACKs are looked up, when the first one does.
 */
export class ListenerLife {
  /** Row of one of its flows, from which its address and port are read. */
  readonly row: number
  ipv6 = false
  connections = 0
  served = 0
  /** Nanoseconds since the epoch; infinite where it never happened. */
  firstServed = Number.POSITIVE_INFINITY
  lastServed = Number.NEGATIVE_INFINITY
  /** Connections on which the server spoke first, and the longest time that one waited for that. */
  greeted = 0
  longestGreeting = 0
  /** First SYN of a connection that was served. */
  lastServedBegan = Number.NEGATIVE_INFINITY
  /** SYNs that nothing answered. */
  unanswered = 0
  /** When such a SYN was last repeated. */
  lastIgnored = Number.NEGATIVE_INFINITY
  /** Its flows in order of their first packets, capped. */
  readonly rows: number[] = []
  /** When connections began to wait for the server's first byte, and when they ceased to (infinite: they never did). */
  readonly #waitBegan: number[] = []
  readonly #waitEnded: number[] = []
  /** When connections were reset whose handshake its kernel had answered, and which were still open. */
  readonly #resets: number[] = []
  /** When SYNs were answered by RST; with the client's end, to tell a stack's retry from a new attempt. */
  readonly #refusals: { readonly time: number; readonly client: number }[] = []
  /** Their times alone. */
  #refused: readonly number[] = []
  #refusalsByClient: Map<number, number[]> | null = null
  #ordered = false
  /** Looks up when SYN-ACKs were sent, of all listeners at once. */
  readonly #lookUpSynAcks: () => void
  /** Looks at how its own flows ended. */
  readonly #lookUpEnds: (rows: readonly number[]) => ListenerEnds
  #ends: ListenerEnds | null = null
  readonly #synAcks: number[] = []
  #firstSynAck = Number.POSITIVE_INFINITY
  #lastSynAck = Number.NEGATIVE_INFINITY

  constructor(row: number, lookUpSynAcks: () => void, lookUpEnds: (rows: readonly number[]) => ListenerEnds) {
    this.row = row
    this.#lookUpSynAcks = lookUpSynAcks
    this.#lookUpEnds = lookUpEnds
  }

  /** Takes one of its flows with its facts, in order of rows. */
  take(flow: FlowView, facts: number): void {
    this.connections++
    this.ipv6 = flow.has(State.IPV6)
    if (this.rows.length < MOST_MOMENTS) this.rows.push(flow.row)
    if ((facts & Fact.SERVED) !== 0) this.#takeServed(flow)
    const { server } = flow
    if (flow.has(State.SYN_ACK << server)) {
      if (flow.has(State.RST << server)) this.#takeReset(flow)
    } else if (flow.has(State.SYN << flow.client)) this.#takeAttempt(flow)
    if ((facts & (Fact.MUTE | Fact.WAITED)) !== 0) this.#takeWait(flow)
  }

  /** Notes when its kernel answered the SYNs of one of its flows. */
  takeSynAcks(flow: FlowView): void {
    // Nearly every flow has one alone: no list is made for it.
    if (flow.signalCount(Signal.SYN_ACK) === 1) this.#takeSynAck(flow.newestSignal(Signal.SYN_ACK))
    else for (const signal of flow.signals(Signal.SYN_ACK)) this.#takeSynAck(signal.time)
  }

  /** Puts the moments of `takeSynAcks` in order; call when all flows were looked at. */
  orderSynAcks(): void {
    this.#synAcks.sort(ascending)
  }

  /** How its connections ended. */
  get ends(): ListenerEnds {
    this.#ends ??= this.#lookUpEnds(this.rows)
    return this.#ends
  }

  /** When its kernel first answered a SYN; infinite if never. */
  get firstSynAck(): number {
    this.#lookUpSynAcks()
    return this.#firstSynAck
  }

  /** When its kernel last answered a SYN; negatively infinite if never. */
  get lastSynAck(): number {
    this.#lookUpSynAcks()
    return this.#lastSynAck
  }

  /** Connections that at a moment were established, not ended, and without a byte; those that never waited long do not count. */
  waitingAt(time: number): number {
    this.#order()
    return countUntil(this.#waitBegan, time) - countUntil(this.#waitEnded, time)
  }

  /** Resets of its connections within `span` of a moment. */
  resetsAround(time: number, span: number): number {
    this.#order()
    return countUntil(this.#resets, time + span) - countUntil(this.#resets, time - span)
  }

  /** True where it had reset a connection before a moment, and still answered SYNs then. */
  survivedReset(time: number): boolean {
    this.#order()
    const first = this.#resets[0]
    return first !== undefined && this.synAckAfter(first) < time
  }

  /** The first SYN-ACK after a moment; infinite if there is none. */
  synAckAfter(time: number): number {
    this.#lookUpSynAcks()
    return this.#synAcks[countUntil(this.#synAcks, time)] ?? Number.POSITIVE_INFINITY
  }

  /** True where a SYN was refused at all. */
  get hasRefused(): boolean {
    return this.#refusals.length > 0
  }

  /** True where a SYN was refused between two moments. */
  refusedBetween(from: number, to: number): boolean {
    this.#order()
    const next = this.#refused[countUntil(this.#refused, from)]
    return next !== undefined && next < to
  }

  /** True where SYNs were refused after a moment, before any was answered again. */
  refusedAfter(time: number): boolean {
    return this.hasRefused && this.refusedBetween(time, this.synAckAfter(time))
  }

  /** When SYNs from a flow's client, address and port, were answered by RST; ascending. */
  refusalsOf(flow: FlowView): readonly number[] {
    this.#refusalsByClient ??= this.#byClient()
    return this.#refusalsByClient.get(clientOf(flow)) ?? []
  }

  #byClient(): Map<number, number[]> {
    this.#order()
    const byClient = new Map<number, number[]>()
    for (const { time, client } of this.#refusals) {
      const known = byClient.get(client)
      if (known === undefined) byClient.set(client, [time])
      else known.push(time)
    }
    return byClient
  }

  #order(): void {
    if (this.#ordered) return
    this.#ordered = true
    this.#waitBegan.sort(ascending)
    this.#waitEnded.sort(ascending)
    this.#resets.sort(ascending)
    this.#refusals.sort((a, b) => a.time - b.time)
    this.#refused = this.#refusals.map(({ time }) => time)
  }

  #takeServed(flow: FlowView): void {
    this.served++
    const last = Number.isNaN(flow.lastReply) ? flow.lastTime : flow.lastReply
    this.firstServed = Math.min(this.firstServed, last)
    this.lastServed = Math.max(this.lastServed, last)
    this.lastServedBegan = Math.max(this.lastServedBegan, flow.firstTime)
    // An answer that was recorded before its request took no time at all.
    if (!flow.has(State.SERVER_FIRST | State.HANDSHAKE) || flow.firstResponse === 0) return
    this.greeted++
    const greeting = flow.oldestSignal(Signal.REPLY)
    if (!Number.isNaN(greeting)) this.longestGreeting = Math.max(this.longestGreeting, greeting - flow.firstTime)
  }

  #takeSynAck(time: number): void {
    this.#firstSynAck = Math.min(this.#firstSynAck, time)
    this.#lastSynAck = Math.max(this.#lastSynAck, time)
    if (this.#synAcks.length < MOST_MOMENTS) this.#synAcks.push(time)
  }

  /** What a client sends after the server's FIN is reset whenever it comes: that says nothing about other connections. */
  #takeReset(flow: FlowView): void {
    if (flow.has(State.FIN << flow.server)) return
    const reset = flow.signals(Signal.RST).find((signal) => signal.side === flow.server)
    if (reset !== undefined && this.#resets.length < MOST_MOMENTS) this.#resets.push(reset.time)
  }

  #takeAttempt(flow: FlowView): void {
    if (!flow.has(State.RST << flow.server)) {
      if (flow.packets(flow.server) > 0) return
      this.unanswered++
      if (flow.signalCount(Signal.SYN) > 1) this.lastIgnored = Math.max(this.lastIgnored, flow.lastTime)
      return
    }
    if (this.#refusals.length >= MOST_MOMENTS) return
    for (const signal of flow.signals(Signal.RST))
      if (signal.side === flow.server && this.#refusals.length < MOST_MOMENTS)
        this.#refusals.push({ time: signal.time, client: clientOf(flow) })
  }

  #takeWait(flow: FlowView): void {
    if (this.#waitBegan.length >= MOST_MOMENTS || !hasWaited(flow)) return
    this.#waitBegan.push(beginOfWait(flow))
    this.#waitEnded.push(endOfWait(flow))
  }
}

/** A number for the client's address and port; a listener's clients are of one version. */
const clientOf = (flow: FlowView): number => (flow.addressWord(flow.client) >>> 0) * 0x1_0000 + flow.port(flow.client)
