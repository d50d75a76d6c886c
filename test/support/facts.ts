import { Fact, LATE } from '../../src/diagnosis/fact.ts'
import { hasAsked, isEstablished, isMidstream, isMute, isServed } from '../../src/diagnosis/stance.ts'
import type { FlowView } from '../../src/flow/flow-view.ts'
import { State } from '../../src/flow/row.ts'
import { Signal } from '../../src/flow/signal-log.ts'
import { Speech } from '../../src/flow/speech.ts'

/** The facts of a flow, in the words of the rules: what the engine finds has to be the same. */
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
    bit(Fact.REPLY_OUTSTANDING, flow.outstanding(flow.server) > 0) |
    bit(Fact.DATA_LOST, flow.signalCount(Signal.RETRANSMISSION) > 0 || flow.missing(flow.client) > 0) |
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

const isProtocol = (speech: Speech): boolean =>
  speech === Speech.HTTP_RESPONSE || speech === Speech.SSH || speech === Speech.REPLY_CODE

/** Packets of one end alone were captured, though the other must have sent some. */
export function isOneSided(flow: FlowView): boolean {
  if (flow.packets(flow.client) === 0) return true
  if (flow.packets(flow.server) > 0) return false
  return !flow.has(State.SYN << flow.client) || flow.payload(flow.client) > 0 || flow.has(State.ACK_SET << flow.client)
}
