import { formatIpv4, formatIpv6 } from '../text/address.ts'
import { type BeatView, newestBeat, strongestBeat } from './beats.ts'
import { DOSSIER_WORDS, Dossier } from './dossier.ts'
import { sideBase } from './flow-table.ts'
import type { Flows } from './flows.ts'
import { HttpView } from './http-view.ts'
import { RARE_DOSSIER_WORDS, RareDossier } from './rare-dossier.ts'
import { ROW_WORDS, Row, Side, State } from './row.ts'
import { advance, distance } from './sequence.ts'
import { Signal, type SignalView } from './signal-log.ts'
import type { Speech } from './speech.ts'
import { NO_SCALE, SYN_SHAPE_WORDS, SynShapeWord } from './syn-shape.ts'

/** What a SYN told of the system that sent it. */
export interface SynShape {
  readonly ttl: number
  /** Shift of the window scale option; null without the option. */
  readonly scale: number | null
  readonly window: number
  /** 0 without the option. */
  readonly mss: number
  /** Hash of the options' kinds in their order. */
  readonly options: number
}

/** A cursor over flows: `at(row)` moves it, getters read. Times are nanoseconds since the epoch, frames are ids. */
export class FlowView {
  row = 0
  readonly flows: Flows
  readonly http = new HttpView(this)
  #base = 0
  /** Offset of the dossier; 0 where there is none, which reads as zeros. */
  #dossier = 0

  constructor(flows: Flows) {
    this.flows = flows
  }

  at(row: number): this {
    this.row = row
    this.#base = row * ROW_WORDS
    this.#dossier = this.flows.table.words[this.#base + Row.DOSSIER]! * DOSSIER_WORDS
    return this
  }

  /** True where every bit of the {@link State} is set. */
  has(bits: number): boolean {
    return (this.flows.table.words[this.#base + Row.STATE]! & bits) === bits
  }

  /** True as long as nothing but SYNs and RSTs was seen: most of what is kept of a flow is zero then. */
  get isBare(): boolean {
    return this.#dossier === 0
  }

  get client(): 0 | 1 {
    return this.has(State.CLIENT_B) ? 1 : 0
  }

  get server(): 0 | 1 {
    return this.has(State.CLIENT_B) ? 0 : 1
  }

  /** Equal for equal addresses of one version: the IPv4 address in one word, or the number of the IPv6 address. */
  addressWord(side: number): number {
    return this.flows.table.words[this.#base + Row.ADDRESS_A + side]!
  }

  address(side: number): string {
    const word = this.addressWord(side)
    return this.has(State.IPV6) ? formatIpv6(this.flows.table.addresses.words, word * 4) : formatIpv4(word)
  }

  port(side: number): number {
    const ports = this.flows.table.words[this.#base + Row.PORTS]!
    return side === 0 ? ports >>> 16 : ports & 0xffff
  }

  /** Both ends have one address and port: one socket, if no packet list masks ports. */
  get isItsOwnPeer(): boolean {
    return this.port(0) === this.port(1) && this.addressWord(0) === this.addressWord(1)
  }

  packets(side: number): number {
    return this.#side(side, Side.PACKETS) >>> 0
  }

  /** Bytes of whole frames, as Wireshark's conversation table counts them. */
  bytes(side: number): number {
    return (this.#side(side, Side.BYTES) >>> 0) + this.#carried(2 + side)
  }

  /** First transmissions. */
  payload(side: number): number {
    return this.#dossier === 0 ? 0 : (this.#side(side, Side.PAYLOAD) >>> 0) + this.#carried(side)
  }

  /** Data segments sent for the first time. */
  segments(side: number): number {
    return this.#dossier === 0 ? 0 : this.#side(side, Side.SEGMENTS)
  }

  retransmissions(side: number): number {
    return this.#dossier === 0 ? this.#side(side, Side.SEGMENTS) : this.#rare(RareDossier.RETRANSMISSIONS + side)
  }

  /** Bytes of `side` that the other end acknowledged, without SYN and FIN. */
  acknowledged(side: number): number {
    if (this.#dossier === 0 || !this.has(State.ACK_SET << (side ^ 1))) return 0
    const start = advance(this.flows.baseSequence(this.row, side), 1)
    const ack = this.#side(side ^ 1, Side.ACK)
    // Not FIN_ACKED: some captures hold the acknowledgment of a FIN before it.
    const finToo = this.has(State.FIN << side) && ack === this.#side(side, Side.NEXT_SEQ)
    return Math.max(0, distance(ack, start) - (finToo ? 1 : 0))
  }

  /** True where bytes of `side` that the other end acknowledged are not in the capture. */
  hasUnseen(side: number): boolean {
    if (this.#dossier === 0 || !this.has((State.ACK_SET << (side ^ 1)) | (State.SEQ_SET << side))) return false
    if (this.isItsOwnPeer) return false
    const missing = this.missing(side)
    const outstanding = distance(this.#side(side, Side.NEXT_SEQ), this.#side(side ^ 1, Side.ACK))
    // What the other end lacks too was lost before the capture point, and is none of its holes.
    if (missing > 0) return missing > outstanding || this.acknowledged(side) > this.payload(side)
    return outstanding < -1
  }

  /** Bytes of `side`, seen or not, that lie before others of it and that the other end has not acknowledged. */
  outstanding(side: number): number {
    if (this.#dossier === 0 || !this.has((State.ACK_SET << (side ^ 1)) | (State.SEQ_SET << side))) return 0
    return Math.max(0, distance(this.#side(side, Side.NEXT_SEQ), this.#side(side ^ 1, Side.ACK)))
  }

  get firstTime(): number {
    return this.flows.table.doubles[(this.#base + Row.FIRST_TIME) >> 1]!
  }

  get lastTime(): number {
    return this.flows.table.doubles[(this.#base + Row.LAST_TIME) >> 1]!
  }

  get firstFrame(): number {
    return this.flows.table.words[this.#base + Row.FIRST_FRAME]! >>> 0
  }

  get lastFrame(): number {
    return this.flows.table.words[this.#base + Row.LAST_FRAME]! >>> 0
  }

  /** The client's most frequent payload size, if it came at least twice. */
  get beat(): BeatView | null {
    return this.#dossier === 0 ? null : strongestBeat(this.flows.dossiers, this.flows.otherBeats, this.#dossier)
  }

  /** The size of payload that the client sent last, if that is one of those that are followed. */
  get newestBeat(): BeatView | null {
    return this.#dossier === 0 ? null : newestBeat(this.flows.dossiers, this.flows.otherBeats, this.#dossier)
  }

  /** Client's data segments since the server last sent payload, and since when. */
  get unanswered(): number {
    return this.#word(Dossier.UNANSWERED)
  }

  get pendingSince(): number {
    return this.#double(Dossier.PENDING_SINCE)
  }

  get pendingFrame(): number {
    return this.#word(Dossier.PENDING_FRAME) >>> 0
  }

  get lastPush(): number {
    return this.#double(Dossier.LAST_PUSH)
  }

  get answered(): number {
    return this.#word(Dossier.ANSWERED)
  }

  get firstResponse(): number {
    return this.#double(Dossier.FIRST_RESPONSE)
  }

  /** Mean of the response times but for the first; 0 with fewer than two. */
  get laterResponse(): number {
    const later = this.answered - 1
    return later > 0 ? this.#double(Dossier.RESPONSE_SUM) / later : 0
  }

  /** How many bytes the first answer announces, in TLS; 0 where its first segment is all. */
  get announcement(): number {
    const second = this.signalCount(Signal.REPLY) > 1 ? this.signals(Signal.REPLY)[1]!.value : 0
    return second < 0 ? ~second : 0
  }

  /** Longest response time but for the first; 0 with fewer than two. */
  get longestResponse(): number {
    return this.answered > 1 ? this.#double(Dossier.RESPONSE_MAX) : 0
  }

  /** Client segments that the first answer ended the wait for, and the most that a later one did. */
  get firstRun(): number {
    return this.#word(Dossier.FIRST_RUN)
  }

  get longestRun(): number {
    return this.#word(Dossier.MAX_RUN)
  }

  /** When the server last sent payload; NaN if never. */
  get lastReply(): number {
    return this.#dossier === 0 ? Number.NaN : this.#double(Dossier.LAST_REPLY)
  }

  /** Acknowledgments of client payload by a server that is mute, zeros where it is not: see window-drain. */
  get drain(): {
    acks: number
    discriminating: number
    unread: number
    read: number
    unit: number
  } {
    const shift = this.#dossier === 0 ? -1 : this.flows.engine.windowShift(this.#dossier, this.server)
    const isMute = !this.has(State.DATA << this.server) && !this.has(State.UNSEEN_REPLY)
    return {
      acks: isMute ? this.#word(Dossier.ACKS) : 0,
      discriminating: isMute ? this.#word(Dossier.DISCRIMINATING) : 0,
      unread: isMute ? this.#word(Dossier.UNREAD) : 0,
      read: isMute ? this.#word(Dossier.READ) : 0,
      unit: shift < 0 ? 0 : 1 << shift,
    }
  }

  /** Acknowledgments that a Linux receiver sent at once, after its quick ones: see ack-timing. */
  get promptAcks(): number {
    return this.#rare(RareDossier.PROMPT_ACKS)
  }

  get delayedAcks(): number {
    return this.#rare(RareDossier.DELAYED_ACKS)
  }

  /** How often the server's window went to zero. */
  get zeroWindows(): number {
    return this.#rare(RareDossier.ZERO_WINDOWS)
  }

  get reopened(): number {
    return this.zeroWindows - (Number.isNaN(this.zeroSince) ? 0 : 1)
  }

  /** Since when the server's window is zero; NaN if it is not. */
  get zeroSince(): number {
    const rare = this.#rareWords
    return rare === 0 ? Number.NaN : this.flows.rareDossiers.doubles[(rare + RareDossier.ZERO_SINCE) >> 1]!
  }

  get probes(): number {
    return this.#rare(RareDossier.PROBES)
  }

  /** Sent by the client, by the server. */
  get keepAlives(): number {
    const both = this.#rare(RareDossier.KEEP_ALIVES)
    return (both & 0xffff) + (both >>> 16)
  }

  /** Bytes that `side` sent before others that came, and that the capture does not hold. */
  missing(side: number): number {
    return this.#rare(RareDossier.MISSING + side)
  }

  /** What the side's first payload looks like. */
  speech(side: number): Speech {
    return ((this.flows.table.words[this.#base + Row.SPEECH]! >>> (side << 3)) & 255) as Speech
  }

  /** Null where the capture holds no SYN of the side, or the flow never got beyond SYNs. */
  syn(side: number): SynShape | null {
    const words = this.flows.synShapes.words
    const at = (this.#dossier / DOSSIER_WORDS) * SYN_SHAPE_WORDS
    const shape = words[at + SynShapeWord.SHAPE + side]!
    if (shape === 0) return null
    const options = words[at + SynShapeWord.OPTIONS + side]!
    const scale = (shape >>> 16) & 255
    return {
      ttl: shape >>> 24,
      scale: scale === NO_SCALE ? null : scale,
      window: shape & 0xffff,
      mss: options >>> 16,
      options: options & 0xffff,
    }
  }

  /** Last window told by the side, in bytes where its scale is known. */
  window(side: number): number {
    const shift = this.#dossier === 0 ? -1 : this.flows.engine.windowShift(this.#dossier, side)
    return (this.#side(side, Side.WINDOW) & 0xffff) << Math.max(shift, 0)
  }

  /** Zeek's conn_state. */
  get connState(): string {
    return this.flows.connStates.state(this.row, this.client, this.payload(0) + this.payload(1) === 0)
  }

  /** Zeek's history. */
  get history(): string {
    return this.flows.connStates.history(this.row, this.client)
  }

  /** Oldest first; of one kind alone where it is named. */
  signals(kind?: Signal): SignalView[] {
    return this.flows.signals.of(this.row, kind)
  }

  /** How many signals of a kind are kept. */
  signalCount(kind: Signal): number {
    return this.flows.signals.kept(this.row, kind)
  }

  /** When the newest signal of a kind was; NaN without one. */
  newestSignal(kind: Signal): number {
    return this.flows.signals.newest(this.row, kind)
  }

  /** Value of the newest signal of a kind that has a record; 0 without one. */
  newestValue(kind: Signal): number {
    return this.flows.signals.newestValue(this.row, kind)
  }

  /** When the oldest signal of a kind was; NaN without one. */
  oldestSignal(kind: Signal): number {
    return this.flows.signals.oldest(this.row, kind)
  }

  /**
   * The FIN that was sent first. Where both carry one stamp the file's order is chance: a FIN that acknowledges the
   * other end's was sent after it.
   */
  get firstFin(): SignalView | undefined {
    const [first, ...others] = this.signals(Signal.FIN)
    if (first === undefined || first.value !== this.#side(first.side ^ 1, Side.NEXT_SEQ)) return first
    return others.find(({ side }) => side !== first.side) ?? first
  }

  #side(side: number, word: number): number {
    return this.flows.table.words[sideBase(this.row, side) + word]!
  }

  #word(word: number): number {
    return this.flows.dossiers.words[this.#dossier + word]!
  }

  #double(word: number): number {
    return this.flows.dossiers.doubles[(this.#dossier + word) >> 1]!
  }

  /** Offset of its rare words; 0, which reads as zeros, where there are none. */
  get #rareWords(): number {
    return this.#word(Dossier.RARE) * RARE_DOSSIER_WORDS
  }

  #rare(word: number): number {
    return this.flows.rareDossiers.words[this.#rareWords + word]!
  }

  #carried(place: number): number {
    return ((this.#rare(RareDossier.CARRY) >>> (place << 3)) & 255) * 2 ** 32
  }
}
