import type { Engine } from '../engine/engine.ts'
import { Flag } from '../packet/packet.ts'
import { noteAcknowledgment } from './acknowledgment.ts'
import type { Current } from './current.ts'
import { Dossier } from './dossier.ts'
import { noteFin, noteRst } from './endings.ts'
import { isOpening, sideBase } from './flow-table.ts'
import { Flows } from './flows.ts'
import { noteGuessedBase, noteSyn } from './handshake.ts'
import { carry, notePayload } from './payload.ts'
import { noteProbe } from './probe.ts'
import { receiverLooksLikeClient } from './roles.ts'
import { ROW_WORDS, Row, Side, State } from './row.ts'
import { distance } from './sequence.ts'
import { Signal } from './signal-log.ts'

const CONTROL = Flag.SYN | Flag.FIN | Flag.RST

/** No retransmission follows so soon (time-outs are 200 ms and more); the second recording of a packet does. */
const SAME_RECORDING = 1e6

/**
 * Reads TCP packets in file order and keeps, for every flow, what a verdict needs. Nothing is allocated per packet, and
 * what is seen only now and then (SYNs, ends, windows of zero) is off the common path.
 */
export class FlowTracker {
  readonly flows: Flows

  /** `mostBytes` bounds what is kept of all flows together. */
  constructor(engine: Engine, mostBytes?: number) {
    this.flows = new Flows(engine, mostBytes)
  }

  /** Takes one whole TCP packet that was hashed, and says in `current` which flow and side it belongs to. */
  observe(current: Current): void {
    const flows = this.flows
    const packet = current.packet
    flows.reserve()
    const row = this.#row(current)
    const side = flows.table.side
    current.flow = row
    if (row < 0) {
      flows.unfollowed++
      return
    }
    current.side = side
    const words = flows.table.words
    const base = row * ROW_WORDS
    const own = sideBase(row, side)
    words[own + Side.PACKETS]!++
    const bytes = (words[own + Side.BYTES]! >>> 0) + current.frame.originalLength
    words[own + Side.BYTES] = bytes | 0
    if (bytes > 0xffffffff) carry(flows, row, 2 + side)
    words[base + Row.LAST_FRAME] = current.frameId
    if (this.#isSecondRecording(current, base, own)) return
    const doubles = flows.table.doubles
    if (current.frame.time > doubles[(base + Row.LAST_TIME) >> 1]!)
      doubles[(base + Row.LAST_TIME) >> 1] = current.frame.time
    const flags = packet.flags
    flows.connStates.observe(current)
    if ((flags & Flag.SYN) !== 0) noteSyn(flows, current)
    if (packet.payloadLength > 0) notePayload(flows, current)
    else if ((flags & CONTROL) === 0) this.#bare(current, own)
    if ((flags & Flag.ACK) !== 0) noteGuessedBase(flows, current)
    if ((flags & Flag.FIN) !== 0) noteFin(flows, current)
    if ((flags & Flag.RST) !== 0) noteRst(flows, current)
    else if ((flags & Flag.ACK) !== 0) noteAcknowledgment(flows, current)
  }

  /** An ICMP error: belongs to the flow whose segment it quotes, and to none if that was never seen. */
  observeQuoted(current: Current): void {
    const row = this.flows.table.find(current.packet, this.flows.table.hash(current.packet))
    if (row < 0) return
    const packet = current.packet
    current.flow = row
    current.side = this.flows.table.side
    this.flows.table.words[row * ROW_WORDS + Row.STATE]! |= State.ICMP
    this.flows.signal(current, Signal.ICMP, packet.icmpType * 256 + packet.icmpCode)
  }

  /**
   * Takes a header whose length is impossible. Wireshark numbers a stream for it: its flow gets a row, so that the
   * numbers of those behind it agree, and no packet.
   */
  reserve(current: Current): void {
    this.flows.reserve()
    this.#row(current)
  }

  /** -1 where its flow is not followed. */
  #row(current: Current): number {
    const row = this.flows.table.find(current.packet, current.hash)
    current.reused = row >= 0 && isOpening(current.packet.flags) && this.#isAnother(current, row)
    if (row >= 0 && !current.reused) return this.flows.hasDossier(row) ? row : -1
    return this.flows.isFull ? -1 : this.#begin(current)
  }

  /** A SYN that starts at another number than its side did, as far as its peer's acknowledgments tell: the ports are used again. */
  #isAnother(current: Current, row: number): boolean {
    const side = this.flows.table.side
    const state = this.flows.table.words[row * ROW_WORDS + Row.STATE]!
    const told = (State.BASE_SET << side) | (State.ACK_SET << (side ^ 1)) | State.RST_ACKED
    if ((state & told) === 0 && this.flows.table.words[sideBase(row, side) + Side.PACKETS] === 0) return false
    return current.packet.seq !== this.flows.baseSequence(row, side)
  }

  #begin(current: Current): number {
    const packet = current.packet
    const table = this.flows.table
    const row = table.begin(packet)
    const base = row * ROW_WORDS
    table.doubles[(base + Row.FIRST_TIME) >> 1] = current.frame.time
    table.doubles[(base + Row.LAST_TIME) >> 1] = current.frame.time
    table.words[base + Row.FIRST_FRAME] = current.frameId
    const told = (packet.flags & Flag.SYN) !== 0
    if (!told && receiverLooksLikeClient(packet)) table.words[base + Row.STATE]! |= State.CLIENT_B
    return row
  }

  /** The same packet, recorded again: seen on two interfaces, or by two hooks of the capturing system. */
  #isSecondRecording(current: Current, base: number, own: number): boolean {
    const packet = current.packet
    const words = this.flows.table.words
    const fingerprint = (packet.ipId << 16) | packet.checksum
    if (words[own + Side.FINGERPRINT] !== fingerprint || fingerprint === 0) {
      words[own + Side.FINGERPRINT] = fingerprint
      return false
    }
    const age = current.frame.time - this.flows.table.doubles[(base + Row.LAST_TIME) >> 1]!
    if (age > SAME_RECORDING || age < -SAME_RECORDING) return false
    // Without an IP identification two equal acknowledgments may be two packets.
    if (packet.ipId === 0 && packet.payloadLength === 0 && (packet.flags & CONTROL) === 0) return false
    this.flows.duplicates++
    return true
  }

  /** A segment without payload or control bits: an acknowledgment, a keep-alive, or the first that is seen of its side. */
  #bare(current: Current, own: number): void {
    const flows = this.flows
    const words = flows.table.words
    const base = current.flow * ROW_WORDS
    const seq = current.packet.seq
    const set = State.SEQ_SET << current.side
    if (words[base + Row.DOSSIER] === 0) flows.dossier(current.flow)
    if ((words[base + Row.STATE]! & set) === 0) {
      words[base + Row.STATE]! |= set | (State.BASE_SET << current.side)
      words[own + Side.NEXT_SEQ] = seq
      flows.dossiers.words[flows.dossier(current.flow) + Dossier.BASE_SEQ + current.side] = (seq - 1) | 0
      return
    }
    if (distance(seq, words[own + Side.NEXT_SEQ]!) === -1) noteProbe(flows, current, -1)
  }
}
