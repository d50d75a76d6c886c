import { State } from '../../flow/row.ts'
import { RstShape } from '../../flow/rst-shape.ts'
import { Signal, type SignalView } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import type { Case } from '../case.ts'
import type { Confidence, Verdict } from '../verdict.ts'
import { deferralOf, SHORTEST_TIMEOUT } from './deferral.ts'
import { beginOfWait } from './first-byte.ts'
import { isRefusedByQueue, MORE_THAN_ONE } from './refusal.ts'
import { isUnansweredSyn } from './stance.ts'
import { familyOf } from './system.ts'

/** RFC 6298 §2.1: what is lost is sent again after it; what is not taken beyond it was dropped on purpose. */
const FIRST_TIMEOUT = 1e9

/** A full accept queue as a connection shows it, and how surely. */
export interface FullQueue {
  readonly confidence: Confidence
  readonly what: string
  readonly explanation: string
  readonly evidence: string
  readonly shown: readonly SignalView[]
  /** When it showed: who waited then is what the queue held. */
  readonly when: number
  /** What else it may be. */
  readonly otherwise: Verdict
}

/** The way in which a connection shows that the queue was full; null where it does not. */
export function fullQueueOf(judged: Case): FullQueue | null {
  return (
    droppedForAWhile(judged) ??
    droppedSyn(judged) ??
    ignoredAck(judged) ??
    ignoredData(judged) ??
    refusedSyn(judged) ??
    resetByQueue(judged) ??
    resetBesideWaiting(judged)
  )
}

/** The same, until the process came back to its queue: a later SYN was answered, and the connection served. */
function droppedForAWhile(judged: Case): FullQueue | null {
  const { flow } = judged
  if (flow.retransmissions(flow.client) === 0 || flow.answered === 0) return null
  const answer = flow.signals(Signal.SYN_ACK)[0]
  const ignored = flow.signals(Signal.SYN).filter(({ time }) => answer !== undefined && time < answer.time)
  if (answer === undefined || ignored.length < 2) return null
  // A queue that has room takes the next SYN: what is not answered while nobody waits was lost.
  if (ignored.slice(0, -1).some(({ time }) => judged.othersWaitingAt(time) === 0)) return null
  // It would have been answered at once, as the last one was.
  if (answer.time - ignored.at(-1)!.time >= ignored[1]!.time - ignored[0]!.time) return null
  return {
    confidence: 'likely',
    what: `SYN dropped for ${formatDuration(answer.time - ignored[0]!.time)}`,
    explanation:
      'The same system had finished handshakes of this port before, ignored these SYNs, and took the connection later.',
    evidence: 'SYNs, of which the last one was answered',
    shown: ignored,
    when: ignored[0]!.time,
    otherwise: 'healthy',
  }
}

/** Linux and macOS: SYNs dropped in silence by a system that holds other clients of the same port. */
function droppedSyn(judged: Case): FullQueue | null {
  const { flow, life } = judged
  if (!isUnansweredSyn(flow) || judged.othersWaitingAt(flow.firstTime) === 0) return null
  if (life.lastServed > flow.firstTime && life.lastServedBegan > flow.firstTime) return null
  return {
    confidence: 'likely',
    what: 'SYN dropped',
    explanation: 'The same system finished handshakes of this port before, and now ignores SYNs.',
    evidence: 'SYNs that were ignored',
    shown: flow.signals(Signal.SYN),
    when: flow.lastTime,
    otherwise: 'syn-unanswered',
  }
}

/** Linux: the final ACK finds the queue full and is dropped; the server repeats its SYN-ACK, the client its data. */
function ignoredAck(judged: Case): FullQueue | null {
  const { flow } = judged
  const repeated = flow.has(State.HANDSHAKE) && flow.signals(Signal.SYN_ACK).length > 1
  if (!repeated || flow.acknowledged(flow.client) > 0 || flow.acknowledged(flow.server) > 0) return null
  const handshake = flow.signals(Signal.HANDSHAKE)[0]
  const last = flow.signals(Signal.SYN_ACK).at(-1)
  // What comes sooner was recorded at the other end, or delivered twice: a system repeats itself by a timer.
  if (handshake === undefined || last === undefined || last.time - handshake.time < SHORTEST_TIMEOUT) return null
  if (deferralOf(judged) !== null) return null
  return {
    // On a network the client's packets may be lost; on one host, or beside clients that wait, that is no explanation.
    confidence:
      flow.payload(flow.client) > 0 && (judged.isLocal || judged.othersWaitingAt(last.time) > 0)
        ? 'likely'
        : 'suspected',
    what: 'the final ACK is ignored',
    explanation: `The client completed the handshake and believes to be connected; the server repeats its SYN-ACK${flow.payload(flow.client) > 0 ? ' and never acknowledges data' : ''}.`,
    evidence: 'SYN-ACKs repeated after the client had acknowledged',
    shown: flow.signals(Signal.SYN_ACK).filter(({ time }) => time > handshake.time),
    when: flow.lastTime,
    otherwise: 'synack-lost',
  }
}

/**
 * Linux with TCP_DEFER_ACCEPT: the data that is to end the deferral finds the queue full and is dropped, the SYN-ACK is
 * not repeated before the time of deferral is over.
 */
function ignoredData(judged: Case): FullQueue | null {
  const { flow } = judged
  if (!flow.has(State.HANDSHAKE) || flow.acknowledged(flow.client) > 0 || flow.acknowledged(flow.server) > 0)
    return null
  if (flow.payload(flow.client) === 0 || flow.packets(flow.server) !== flow.signals(Signal.SYN_ACK).length) return null
  const again = flow.signals(Signal.RETRANSMISSION).filter(({ side }) => side === flow.client)
  const first = flow.signals(Signal.PUSH)[0]
  if (first === undefined || !(again.length >= 2 && again.at(-1)!.time - first.time > FIRST_TIMEOUT)) return null
  // Else nobody is seen who fills the queue: a firewall that lets the handshake through and drops data looks the same.
  if (judged.othersWaitingAt(flow.lastTime) === 0) return null
  return {
    confidence: judged.isLocal ? 'likely' : 'suspected',
    what: 'the handshake is complete and no data is taken',
    explanation:
      'The client repeats its first data, and the system that answered its SYN does not acknowledge it: it holds no socket for the connection yet.',
    evidence: 'data that is sent again and not acknowledged',
    shown: again,
    when: flow.lastTime,
    otherwise: 'synack-lost',
  }
}

/** Windows: a RST answers the SYN, while the same system holds other clients of the port whom nobody serves. */
function refusedSyn(judged: Case): FullQueue | null {
  const { flow, serverReset } = judged
  if (!isRefusedByQueue(judged)) return null
  return {
    confidence: 'likely',
    what: 'SYN refused while others wait',
    explanation:
      'Windows answers a SYN with a RST when the queue is full. Without a listener it would do so, too; but closing one resets all that waits in its queue, and here connections wait on.',
    evidence: 'SYN, answered by RST',
    shown: [...flow.signals(Signal.SYN), serverReset!],
    when: flow.lastTime,
    otherwise: 'refused',
  }
}

/** Linux with tcp_abort_on_overflow, FreeBSD: a bare RST in answer to the final ACK or to the first data. */
function resetByQueue(judged: Case): FullQueue | null {
  const { flow, serverReset } = judged
  if (serverReset === undefined || !flow.has(State.SYN_ACK << flow.server)) return null
  if (flow.acknowledged(flow.client) > 0 || flow.payload(flow.server) > 0 || flow.has(State.FIN << flow.client))
    return null
  if ((serverReset.value & (RstShape.ACK | RstShape.WINDOW)) !== 0) return null
  // A socket that closed had existed: what comes for it afterwards is reset as for any that is gone.
  if (flow.has(State.FIN << flow.server)) return null
  return {
    confidence: judged.othersWaitingAt(serverReset.time - 1) > 0 ? 'likely' : 'suspected',
    what: 'reset right after the handshake',
    explanation:
      'The RST carries no acknowledgment and no window: no socket existed for the finished handshake, as when the queue is full and the system is set to reset (tcp_abort_on_overflow, FreeBSD).',
    evidence: 'bare RST with window 0',
    shown: [serverReset],
    when: flow.lastTime,
    otherwise: 'synack-lost',
  }
}

/**
 * A reset with a number, right after the handshake, of a system that holds other clients of the port and goes on to do so. Not
 * Linux: what Linux resets in this way had a socket, and with its listener all that waits is reset.
 */
function resetBesideWaiting(judged: Case): FullQueue | null {
  const { flow, life, serverReset } = judged
  if (serverReset === undefined || !flow.has(State.HANDSHAKE) || flow.payload(0) + flow.payload(1) > 0) return null
  const { time } = serverReset
  if (time - beginOfWait(flow) > FIRST_TIMEOUT || familyOf(flow, flow.server) === 'linux') return null
  const waiting = judged.othersWaitingAt(time)
  if (waiting === 0 || flow.has(State.FIN) || flow.has(State.FIN << 1) || life.lastServed > time) return null
  return {
    confidence: waiting >= MORE_THAN_ONE ? 'likely' : 'suspected',
    what: 'reset right after the handshake while others wait',
    explanation:
      'The system finished the handshake and reset the connection at once, while others that it had finished before stay open and unserved: so it ends what finds no room in the queue.',
    evidence: 'RST right after the handshake',
    shown: [serverReset],
    when: time,
    otherwise: 'insufficient',
  }
}
