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
    const { words, doubles } = flows.table
    const { frame, segment, flow } = current
    if (flow < 0) return false
    const bytes = frame.bytes
    const base = flow * ROW_WORDS
    const side = sideOf(words, base, bytes, segment)
    if (side < 0) return false
    const state = words[base + Row.STATE]!
    if ((state & UNUSUAL) !== 0 || ((state >>> side) & KNOWN) !== KNOWN) return false
    const other = base + Row.SIDES + (side ^ 1) * SIDE_WORDS
    if ((state & State.HANDSHAKE) === 0 && (state & (State.SYN_ACK << (side ^ 1))) !== 0) return false
    const own = base + Row.SIDES + side * SIDE_WORDS
    const length = plainPayloadLength(bytes, segment)
    const window = bytes.getUint16(segment + Plain.WINDOW)
    if (window === 0 || !isNoted(words[base + Row.HISTORY]!, side, length)) return false
    const fingerprint = (bytes.getUint16(segment + Plain.ID) << 16) | bytes.getUint16(segment + Plain.CHECKSUM)
    if (fingerprint === words[own + Side.FINGERPRINT] && fingerprint !== 0) return false
    const ack = bytes.getInt32(segment + Plain.ACK)
    const fresh = distance(ack, words[own + Side.ACK]!)
    const fromClient = side === ((state & State.CLIENT_B) === 0 ? 0 : 1)
    if (fresh > 0 && isNews(flows, words, current, fromClient, ack, other)) return false
    const total = (words[own + Side.BYTES]! >>> 0) + frame.originalLength
    if (total > 0xffffffff) return false
    const seq = bytes.getInt32(segment + Plain.SEQ)
    const dossier = words[base + Row.DOSSIER]! * DOSSIER_WORDS
    current.side = side
    current.reused = false
    if (length === 0) {
      if (distance(seq, words[own + Side.NEXT_SEQ]!) === -1) return false
    } else if (!this.#takePayload(current, state, own, other, seq, length, ack, fromClient, dossier)) return false
    words[own + Side.PACKETS]!++
    words[own + Side.BYTES] = total | 0
    words[own + Side.FINGERPRINT] = fingerprint
    words[own + Side.WINDOW] = window
    words[base + Row.LAST_FRAME] = current.frameId
    if (frame.time > doubles[(base + Row.LAST_TIME) >> 1]!) doubles[(base + Row.LAST_TIME) >> 1] = frame.time
    if (fresh > 0) {
      words[own + Side.ACK] = ack
      if (length === 0 && !fromClient && (state & ((State.DATA << side) | State.UNSEEN_REPLY)) === 0) {
        current.packet.ack = ack
        current.packet.window = window
        noteMuteAck(flows, current, fresh)
      }
    }
    return true
  }

  /** Payload that follows what its side sent before. */
  #takePayload(
    current: Current,
    state: number,
    own: number,
    other: number,
    seq: number,
    length: number,
    ack: number,
    fromClient: boolean,
    dossier: number,
  ): boolean {
    const flows = this.#flows
    const dossiers = flows.dossiers
    const words = flows.table.words
    const side = current.side
    if (seq !== words[own + Side.NEXT_SEQ] || ((state >>> side) & State.DATA) === 0) return false
    const end = (seq + length) | 0
    // Recorded after its acknowledgment.
    if (((state >>> (side ^ 1)) & State.ACK_SET) !== 0 && distance(words[other + Side.ACK]!, end) >= 0) return false
    const payload = (words[own + Side.PAYLOAD]! >>> 0) + length
    if (payload > 0xffffffff) return false
    const spoken = ((state >>> (side ^ 1)) & State.DATA) !== 0
    if (fromClient && spoken && wasAnsweredBefore(dossiers, dossier, end)) return false
    words[own + Side.NEXT_SEQ] = end
    words[own + Side.PAYLOAD] = payload | 0
    const segments = words[own + Side.SEGMENTS]! + 1
    words[own + Side.SEGMENTS] = segments
    if (fromClient) {
      noteBeat(dossiers, dossier, length, current.frame)
      const pause = current.frame.time - dossiers.doubles[(dossier + Dossier.LAST_PUSH) >> 1]!
      const timed = !spoken && isTimed(segments, pause)
      words[current.flow * ROW_WORDS + Row.STATE] = timed ? state | State.TIMED : state & ~State.TIMED
      noteRequest(dossiers, dossier, current)
      if (!spoken) flows.signal(current, Signal.PUSH, length)
      return true
    }
    const answers = dossiers.words[dossier + Dossier.UNANSWERED]! > 0
    const lateBy = noteReply(dossiers, dossier, ack, current)
    if (answers) noteBeatAnswered(dossiers, dossier)
    if (lateBy >= 0) flows.signal(current, Signal.LATE_REPLY, lateBy)
    return true
  }
}

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
function isNews(
  flows: Flows,
  words: Int32Array,
  current: Current,
  fromClient: boolean,
  ack: number,
  other: number,
): boolean {
  if (flows.signals.has(words, current.flow, Signal.HOLE)) return true
  return fromClient && distance(ack, words[other + Side.NEXT_SEQ]!) > 1
}
