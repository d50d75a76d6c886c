import type { FlowView } from '../flow/flow-view.ts'
import { State } from '../flow/row.ts'
import { Speech } from '../flow/speech.ts'
import { hasAsked, isEstablished, isMidstream, isMute, isOneSided, isServed } from './stance.ts'

/**
 * What rules ask first of a flow, a bit each. They are gathered in one look at every flow before any is judged: a rule
 * that needs a fact that a flow lacks is not asked about it, and most flows are judged by their facts alone.
 */
export const Fact = {
  /** A packet of it was captured; without, a broken header reserved the stream number. */
  SEEN: 1 << 0,
  ONE_SIDED: 1 << 1,
  MIDSTREAM: 1 << 2,
  /** Bytes that were acknowledged are not in the capture. */
  HOLED: 1 << 3,
  SERVED: 1 << 4,
  /** Payload of the server followed payload of the client. */
  ANSWERED: 1 << 5,
  /** Established, and the server never sent a byte. */
  MUTE: 1 << 6,
  /** Mute, and the client sent something. */
  UNANSWERED: 1 << 7,
  /** The client sent payload since the server last did. */
  PENDING: 1 << 8,
  /** Neither end asked or told the other anything on an established connection. */
  IDLE: 1 << 9,
  /** The server sent payload and the client none. */
  SERVER_PUSH: 1 << 10,
  /** Some answer took at least {@link LATE}. */
  LATE: 1 << 11,
  /** A RST answered the SYN, and no SYN-ACK did. */
  REFUSED: 1 << 12,
  /** SYNs of the client, and nothing of the server. */
  UNANSWERED_SYN: 1 << 13,
  /** The server sent a SYN-ACK, and the client did not acknowledge it. */
  HALF_OPEN: 1 << 14,
  /** The client acknowledged the SYN-ACK, and nothing was acknowledged after it. */
  BARE_HANDSHAKE: 1 << 15,
  SERVER_RST: 1 << 16,
  CLIENT_FIN: 1 << 17,
  SERVER_FIN: 1 << 18,
  DATA_AFTER_FIN: 1 << 19,
  /** The server's window was zero once, or the client's is. */
  ZERO_WINDOW: 1 << 20,
  /** The server's first payload names its protocol. */
  SPEAKING: 1 << 21,
  /** The server's SYN-ACK, or payload of it, was sent again. */
  SERVER_REPEATS: 1 << 22,
} as const

/** Nanoseconds: no rule takes a sooner answer for a late one (a second is the first time-out of RFC 6298 §2.1). */
export const LATE = 1e9

/** The facts of a flow. */
export function factsOf(flow: FlowView): number {
  const seen = bit(Fact.SEEN, flow.packets(0) + flow.packets(1) > 0)
  return seen | captureFacts(flow) | controlFacts(flow) | (isMereAttempt(flow) ? 0 : speechFacts(flow))
}

function captureFacts(flow: FlowView): number {
  const holed = flow.hasUnseen(0) || flow.hasUnseen(1)
  return bit(Fact.ONE_SIDED, isOneSided(flow)) | bit(Fact.MIDSTREAM, isMidstream(flow)) | bit(Fact.HOLED, holed)
}

/** Nothing but SYNs and their refusal: scans consist of them. */
const isMereAttempt = (flow: FlowView): boolean => flow.isBare && !isEstablished(flow) && !isServed(flow)

/** Of payload: who sent some, and what followed it. */
function speechFacts(flow: FlowView): number {
  const asked = hasAsked(flow)
  const served = isServed(flow)
  const mute = !served && isMute(flow)
  const answered = flow.answered > 0
  return (
    bit(Fact.SERVED, served) |
    bit(Fact.MUTE, mute) |
    bit(Fact.UNANSWERED, mute && asked) |
    bit(Fact.IDLE, !served && !asked && isEstablished(flow)) |
    bit(Fact.SERVER_PUSH, flow.payload(flow.client) === 0 && flow.payload(flow.server) > 0) |
    bit(Fact.PENDING, flow.unanswered > 0) |
    bit(Fact.ANSWERED, answered) |
    bit(Fact.LATE, answered && (flow.firstResponse >= LATE || flow.longestResponse >= LATE)) |
    bit(Fact.SPEAKING, isProtocol(flow.speech(flow.server)))
  )
}

/** Of flags and windows. */
function controlFacts(flow: FlowView): number {
  const { client, server } = flow
  const synAck = flow.has(State.SYN_ACK << server)
  const serverRst = flow.has(State.RST << server)
  const syn = flow.has(State.SYN << client)
  return (
    bit(Fact.HALF_OPEN, synAck && !flow.has(State.HANDSHAKE)) |
    bit(Fact.SERVER_RST, serverRst) |
    bit(Fact.SERVER_REPEATS, flow.retransmissions(server) > 0) |
    bit(Fact.REFUSED, syn && serverRst && !synAck) |
    bit(Fact.UNANSWERED_SYN, syn && flow.packets(server) === 0 && flow.payload(client) === 0) |
    bit(Fact.BARE_HANDSHAKE, flow.has(State.HANDSHAKE) && flow.acknowledged(0) + flow.acknowledged(1) === 0) |
    bit(Fact.CLIENT_FIN, flow.has(State.FIN << client)) |
    bit(Fact.SERVER_FIN, flow.has(State.FIN << server)) |
    bit(Fact.DATA_AFTER_FIN, flow.has(State.DATA_AFTER_FIN)) |
    bit(Fact.ZERO_WINDOW, flow.zeroWindows > 0 || flow.has(State.ZERO_WINDOW << client))
  )
}

const bit = (fact: number, holds: boolean): number => (holds ? fact : 0)

/** Whether facts hold all of one of the sets. */
export const suffice = (facts: number, sets: readonly number[]): boolean => sets.some((set) => (facts & set) === set)

const isProtocol = (speech: Speech): boolean =>
  speech === Speech.HTTP_RESPONSE || speech === Speech.SSH || speech === Speech.REPLY_CODE
