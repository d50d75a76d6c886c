import { Plain, plainPayloadLength } from '../packet/plain-segment.ts'
import { isTimed } from './ack-timing.ts'
import { noteMuteAck } from './acknowledgment.ts'
import { noteBeat, noteBeatAnswered } from './beats.ts'
import { isNoted } from './conn-state.ts'
import type { Current } from './current.ts'
import { DOSSIER_WORDS, Dossier } from './dossier.ts'
import type { Flows } from './flows.ts'
import { ROW_WORDS, Row, SIDE_WORDS, Side, State } from './row.ts'
import { distance } from './sequence.ts'
import { Signal } from './signal-log.ts'
import { noteReply, noteRequest, wasAnsweredBefore } from './turns.ts'

/** Known of a side before its segments are ordinary. Shifted by the side. */
const KNOWN = State.SEQ_SET | State.ACK_SET
/**
 * A connection that ends, or whose window was shut, is no longer ordinary; one that was replaced since its row was guessed
 * is the wrong one.
 */
const UNUSUAL =
  State.REPLACED |
  State.IPV6 |
  State.FIN |
  (State.FIN << 1) |
  State.RST |
  (State.RST << 1) |
  State.ZERO_WINDOW |
  (State.ZERO_WINDOW << 1)

/** What a counter of 32 bits holds; the long way carries. */
const MOST_COUNTED = 0xffffffff

/**
 * The short way that most segments take: established, in order, nothing new in kind. It does what `FlowTracker.observe`
 * does for them, with the fields read where they lie in the frame; all conditions are asked before anything is changed,
 * so that the long way can take what this one refuses.
 */
export class ShortWay {
  readonly #flows: Flows

  constructor(flows: Flows) {
    this.#flows = flows
  }

  /** Takes a plain segment whose flow was guessed; false where it is not ordinary, and nothing was changed. */
  take(current: Current): boolean {
    const flows = this.#flows
    const { words } = flows.table
    const { frame, segment, flow } = current
    if (flow < 0) return false
    const bytes = frame.bytes
    const base = flow * ROW_WORDS
    const side = sideOf(words, base, bytes, segment)
    if (side < 0) return false
    const state = words[base + Row.STATE]!
    if (!isSettled(state, side)) return false
    const own = base + Row.SIDES + side * SIDE_WORDS
    const length = plainPayloadLength(bytes, segment)
    if (bytes.getUint16(segment + Plain.WINDOW) === 0 || !isNoted(words[base + Row.HISTORY]!, side, length))
      return false
    const fingerprint = fingerprintOf(bytes, segment)
    if (fingerprint === words[own + Side.FINGERPRINT] && fingerprint !== 0) return false
    const fresh = distance(bytes.getInt32(segment + Plain.ACK), words[own + Side.ACK]!)
    const fromClient = side === ((state & State.CLIENT_B) === 0 ? 0 : 1)
    if (fresh > 0 && isNews(flows, current, base, side, fromClient)) return false
    if ((words[own + Side.BYTES]! >>> 0) + frame.originalLength > MOST_COUNTED) return false
    current.side = side
    current.reused = false
    if (length === 0) {
      const seq = bytes.getInt32(segment + Plain.SEQ)
      if (distance(seq, words[own + Side.NEXT_SEQ]!) === -1) return false
    } else if (!this.#takePayload(current, state, length, fromClient)) return false
    this.#count(current, base, own, fingerprint)
    if (fresh > 0) this.#takeAcknowledgment(current, state, fresh, length > 0 || fromClient)
    return true
  }

  /** Payload that follows what its side sent before; false for other payload, with nothing changed. */
  #takePayload(current: Current, state: number, length: number, fromClient: boolean): boolean {
    const { dossiers, table } = this.#flows
    const { words } = table
    const { segment, side, frame } = current
    const base = current.flow * ROW_WORDS
    const own = base + Row.SIDES + side * SIDE_WORDS
    const seq = frame.bytes.getInt32(segment + Plain.SEQ)
    if (seq !== words[own + Side.NEXT_SEQ] || ((state >>> side) & State.DATA) === 0) return false
    const end = (seq + length) | 0
    const other = base + Row.SIDES + (side ^ 1) * SIDE_WORDS
    // Recorded after its acknowledgment.
    if (((state >>> (side ^ 1)) & State.ACK_SET) !== 0 && distance(words[other + Side.ACK]!, end) >= 0) return false
    const payload = (words[own + Side.PAYLOAD]! >>> 0) + length
    if (payload > MOST_COUNTED) return false
    const dossier = words[base + Row.DOSSIER]! * DOSSIER_WORDS
    const spoken = ((state >>> (side ^ 1)) & State.DATA) !== 0
    if (fromClient && spoken && wasAnsweredBefore(dossiers, dossier, end)) return false
    words[own + Side.NEXT_SEQ] = end
    words[own + Side.PAYLOAD] = payload | 0
    words[own + Side.SEGMENTS]!++
    if (fromClient) this.#takeRequest(current, dossier, length, spoken)
    else this.#takeReply(current, dossier)
    return true
  }

  #takeRequest(current: Current, dossier: number, length: number, spoken: boolean): void {
    const { dossiers, table } = this.#flows
    const { words } = table
    const base = current.flow * ROW_WORDS
    noteBeat(dossiers, dossier, length, current.frame)
    const pause = current.frame.time - dossiers.doubles[(dossier + Dossier.LAST_PUSH) >> 1]!
    const segments = words[base + Row.SIDES + current.side * SIDE_WORDS + Side.SEGMENTS]!
    const state = words[base + Row.STATE]!
    words[base + Row.STATE] = !spoken && isTimed(segments, pause) ? state | State.TIMED : state & ~State.TIMED
    noteRequest(dossiers, dossier, current)
    if (!spoken) this.#flows.signal(current, Signal.PUSH, length)
  }

  #takeReply(current: Current, dossier: number): void {
    const { dossiers } = this.#flows
    const answers = dossiers.words[dossier + Dossier.UNANSWERED]! > 0
    const ack = current.frame.bytes.getInt32(current.segment + Plain.ACK)
    const lateBy = noteReply(dossiers, dossier, ack, current)
    if (answers) noteBeatAnswered(dossiers, dossier)
    if (lateBy >= 0) this.#flows.signal(current, Signal.LATE_REPLY, lateBy)
  }

  /** What every segment adds to its flow. */
  #count(current: Current, base: number, own: number, fingerprint: number): void {
    const { words, doubles } = this.#flows.table
    const { frame } = current
    words[own + Side.PACKETS]!++
    words[own + Side.BYTES] = (words[own + Side.BYTES]! + frame.originalLength) | 0
    words[own + Side.FINGERPRINT] = fingerprint
    words[own + Side.WINDOW] = frame.bytes.getUint16(current.segment + Plain.WINDOW)
    words[base + Row.LAST_FRAME] = current.frameId
    if (frame.time > doubles[(base + Row.LAST_TIME) >> 1]!) doubles[(base + Row.LAST_TIME) >> 1] = frame.time
  }

  /** An acknowledgment of what its side had not acknowledged; `spoken` where it says nothing of a mute server. */
  #takeAcknowledgment(current: Current, state: number, fresh: number, spoken: boolean): void {
    const { bytes } = current.frame
    const ack = bytes.getInt32(current.segment + Plain.ACK)
    const own = current.flow * ROW_WORDS + Row.SIDES + current.side * SIDE_WORDS
    this.#flows.table.words[own + Side.ACK] = ack
    if (spoken || (state & ((State.DATA << current.side) | State.UNSEEN_REPLY)) !== 0) return
    current.packet.ack = ack
    current.packet.window = bytes.getUint16(current.segment + Plain.WINDOW)
    noteMuteAck(this.#flows, current, fresh)
  }
}

/** True where the connection is past its handshake, both numbers of the side are known, and nothing unusual goes on. */
function isSettled(state: number, side: number): boolean {
  if ((state & UNUSUAL) !== 0 || ((state >>> side) & KNOWN) !== KNOWN) return false
  return (state & State.HANDSHAKE) !== 0 || (state & (State.SYN_ACK << (side ^ 1))) === 0
}

/** IP identification and TCP checksum: equal where the capture recorded a packet twice. */
const fingerprintOf = (bytes: DataView, segment: number): number =>
  (bytes.getUint16(segment + Plain.ID) << 16) | bytes.getUint16(segment + Plain.CHECKSUM)

/** Which side of the flow sent the segment; -1 where it is of another flow. */
function sideOf(words: Int32Array, base: number, bytes: DataView, segment: number): number {
  const source = bytes.getInt32(segment + Plain.SOURCE_ADDRESS)
  const destination = bytes.getInt32(segment + Plain.DESTINATION_ADDRESS)
  const ports = bytes.getInt32(segment + Plain.PORTS)
  const a = words[base + Row.ADDRESS_A]!
  const b = words[base + Row.ADDRESS_B]!
  const known = words[base + Row.PORTS]!
  if (a === source && b === destination && known === ports) return 0
  return a === destination && b === source && known === ((ports << 16) | (ports >>> 16)) ? 1 : -1
}

/** True where an acknowledgment tells more than that what was sent arrived: of bytes that the capture does not hold. */
function isNews(flows: Flows, current: Current, base: number, side: number, fromClient: boolean): boolean {
  const { words } = flows.table
  if (flows.signals.has(words, current.flow, Signal.HOLE)) return true
  if (!fromClient) return false
  const sent = words[base + Row.SIDES + (side ^ 1) * SIDE_WORDS + Side.NEXT_SEQ]!
  return distance(current.frame.bytes.getInt32(current.segment + Plain.ACK), sent) > 1
}
