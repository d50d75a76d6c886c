import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Speech } from '../../flow/speech.ts'
import type { Case } from '../case.ts'
import { closeWaitOf } from '../evidence/close-wait.ts'
import { fillsQueue } from '../evidence/mute-causes.ts'
import { rhythmOf } from '../evidence/rhythm.ts'
import { gaveUp, isMidstream, isServed } from '../evidence/stance.ts'
import { Fact, LATE, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate, Standing } from '../verdict.ts'
import { lacksGreeting } from './greeting-missing.ts'
import { isLeftOpen } from './peer-stalled.ts'

const lacksAll = (flow: FlowView): boolean =>
  flow.missing(flow.server) > 0 && flow.outstanding(flow.server) > 0 && flow.acknowledged(flow.server) === 0

const isEnding = (flow: FlowView): boolean => flow.has(State.FIN) || flow.has(State.FIN << 1)

/** The client shut its side first and got its answer after that. */
export const halfClose: VerdictRule = {
  verdict: 'half-close',
  needs: [Fact.DATA_AFTER_FIN],
  holds: ({ flow }) => {
    const first = flow.firstFin
    if (!flow.has(State.DATA_AFTER_FIN) || first?.side !== flow.client) return null
    return gaveUp(flow) ? null : 'certain'
  },
}

/** The server sends, the client only listens. */
export const healthyServerPush: VerdictRule = {
  verdict: 'healthy-server-push',
  needs: [Fact.SERVER_PUSH],
  holds: 'likely',
}

/** What answered requests may be, where only the client's last message has no answer. */
const SO_FAR: readonly Candidate[] = [
  { verdict: 'healthy', standing: 'supported', reasons: ['requests were answered'] },
  {
    verdict: 'peer-stalled',
    standing: 'possible',
    reasons: ['what the client said last has no answer: whether one is due is not seen'],
  },
]

/** The client's last message has had no answer for long, and no rule takes that for a stall. */
export const healthyLeftOpen: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.OVERDUE],
  holds: (judged) => {
    const { flow } = judged
    if (!isServed(flow) || flow.answered === 0 || flow.unanswered === 0) return null
    return isLeftOpen(judged) ? 'suspected' : null
  },
  candidates: SO_FAR,
}

/** Requests are answered; the client's last message is not yet. */
export const healthySoFar: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.PENDING],
  holds: 'likely',
  candidates: SO_FAR,
}

/** Requests were answered, and then the server's system broke the connection off: whether another had come is not seen. */
export const healthyBeforeReset: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.SERVER_RST],
  holds: ({ flow }) =>
    isServed(flow) && flow.answered > 0 && flow.has(State.RST << flow.server) && !isEnding(flow) ? 'likely' : null,
  candidates: [
    { verdict: 'healthy', standing: 'supported', reasons: ['every request that the capture holds was answered'] },
    {
      verdict: 'server-died',
      standing: 'possible',
      reasons: ['a process that ends with a request unread sends the same RST, and the capture may lack the request'],
    },
    {
      verdict: 'reset-unread-data',
      standing: 'possible',
      reasons: ['so does one that closes with a request unread'],
    },
  ],
}

/** A single answer, though each of several messages may have been owed one: until it came the connection may have waited. */
export const healthyOnceAnswered: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.FIRST_LATE],
  holds: ({ flow }) =>
    flow.answered === 1 && flow.firstRun > 1 && flow.firstResponse >= LATE && rhythmOf(flow) !== null ? 'likely' : null,
  candidates: [
    {
      verdict: 'healthy',
      standing: 'supported',
      reasons: ['one answer came to all that the client had sent by its clock'],
    },
    {
      verdict: 'delayed-accept',
      standing: 'possible',
      reasons: ['nothing was answered before: the connection may have waited to be accepted'],
    },
  ],
}

/** The server answered, bytes of the answer are missing, and the client has not acknowledged any of it so far. */
export const healthyOnItsWay: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.REPLY_MISSED],
  holds: ({ flow }) => (!isMidstream(flow) && lacksAll(flow) ? 'likely' : null),
  candidates: [
    { verdict: 'healthy', standing: 'supported', reasons: ['the server answered'] },
    {
      verdict: 'insufficient',
      standing: 'possible',
      reasons: [
        'bytes of the answer did not come as far as this capture, and the client has not acknowledged them: whether it got them is not seen',
      ],
    },
  ],
}

/** Requests are answered, and the capture lacks bytes that arrived: what those asked or answered is not known. */
export const healthyAsFarAsSeen: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.HOLED],
  holds: 'likely',
  candidates: [
    { verdict: 'healthy', standing: 'supported', reasons: ['the requests that the capture holds were answered'] },
    {
      verdict: 'insufficient',
      standing: 'possible',
      reasons: ['the capture lacks bytes that were acknowledged, so that it does not show how long each answer took'],
    },
  ],
}

/** The server's system acknowledged payload of the client that the capture does not hold: it was asked something. */
export const healthyUnseenRequest: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVER_PUSH | Fact.HOLED],
  holds: ({ flow }) =>
    flow.payload(flow.client) === 0 && flow.payload(flow.server) > 0 && flow.hasUnseen(flow.client) ? 'likely' : null,
  candidates: [
    {
      verdict: 'healthy',
      standing: 'supported',
      reasons: ['the server acknowledged what the capture lacks of the client, and spoke'],
    },
  ],
}

/**
 * In TLS: the flight that answers the ClientHello, and up to two session tickets, which a server sends unasked when the handshake is over,
 * each of which may come when the client has said something. Written out for the assembly by the build.
 * @public
 */
export const MOST_OF_A_HANDSHAKE = 3

/** In TLS no more than a handshake may have been answered, and what the client asked for then may not have come. */
export const healthyShakenHands: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.SERVED | Fact.ANSWERED | Fact.OVERDUE],
  holds: ({ flow, end }) => {
    const isTls = flow.speech(flow.client) === Speech.TLS && flow.speech(flow.server) === Speech.TLS
    if (!isTls || flow.answered < 2 || flow.answered > MOST_OF_A_HANDSHAKE || flow.unanswered > 0) return null
    if (end - flow.lastReply <= PATIENCE) return null
    return flow.segments(flow.server) <= MOST_OF_A_HANDSHAKE ? 'likely' : null
  },
  candidates: [
    { verdict: 'healthy', standing: 'supported', reasons: ['the client’s words were answered'] },
    {
      verdict: 'peer-stalled',
      standing: 'possible',
      reasons: [
        'what came last may be the session tickets after a handshake (RFC 8446 §4.6.1), which a library sends by itself, and no answer',
      ],
    },
  ],
}

/** Requests are answered. */
export const healthy: VerdictRule = { verdict: 'healthy', needs: [Fact.SERVED | Fact.ANSWERED], holds: 'certain' }

/** The server spoke, and which request it answered is not seen. */
export const served: VerdictRule = { verdict: 'healthy', needs: [Fact.SERVED], holds: 'likely' }

/** What speaks for or against a place in the accept queue, where neither end has said anything. */
function acceptance(judged: Case): Candidate {
  const { flow, life } = judged
  if (flow.has(State.FIN << flow.server))
    return neverAccepted('contradicted', 'the server closed with FIN: what waits to be accepted is closed by nobody')
  if (lacksGreeting(judged))
    return neverAccepted('supported', `the server greeted ${life.greeted} other clients of the port, and not this one`)
  if (closeWaitOf(judged) > 0)
    return neverAccepted('supported', 'the client closed its side, and no process closed the other for over a second')
  if (fillsQueue(judged))
    return neverAccepted('supported', 'SYNs were ignored while it waited, as by a system whose accept queue is full')
  return neverAccepted(
    'possible',
    'the kernel answers keep-alives by itself: whether a process took the connection cannot be seen',
  )
}

const neverAccepted = (standing: Standing, reason: string): Candidate => ({
  verdict: 'never-accepted',
  standing,
  reasons: [reason],
})

/** Which of the reasons of {@link acceptance} holds; that of the greeting has a number in it. */
function acceptanceVariant(judged: Case): number {
  if (judged.flow.has(State.FIN << judged.flow.server)) return 1
  if (lacksGreeting(judged)) return 4 + judged.life.greeted
  if (closeWaitOf(judged) > 0) return 2
  return fillsQueue(judged) ? 3 : 0
}

/** Established, and no payload in either direction. */
export const idle: VerdictRule = {
  verdict: 'idle',
  needs: [Fact.IDLE],
  holds: 'certain',
  candidates: (judged) => [
    { verdict: 'idle', standing: 'supported', reasons: ['no payload was sent by either end'] },
    acceptance(judged),
  ],
  variant: acceptanceVariant,
}
