import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { LATE } from '../fact.ts'
import type { Candidate, Standing } from '../verdict.ts'
import { closeWaitOf } from './close-wait.ts'
import { BRIEF_VARIANTS, briefReading, briefVariant } from './drain.ts'
import { beginOfWait } from './first-byte.ts'
import { areRolesGuessed, isMidstream } from './stance.ts'
import { familyOf, type SystemFamily } from './system.ts'

/** The server's system reset a connection on which the client had sent nothing. */
const resetWithoutData = (flow: FlowView): boolean =>
  flow.has(State.RST << flow.server) && flow.has(State.HANDSHAKE) && flow.payload(flow.client) === 0

/** How many connections the listener had served, where the flow began after one of them; else 0. */
const servedBefore = ({ flow, life }: Case): number => (life.lastServedBegan < flow.firstTime ? life.served : 0)

/**
 * SYNs were ignored while this connection waited, and nobody who came later was served: so it is where the accept queue is full,
 * and what fills it are connections such as this.
 */
export const fillsQueue = ({ flow, life, end }: Case): boolean =>
  flow.firstTime < life.lastIgnored &&
  life.lastIgnored <= end &&
  life.lastServedBegan < flow.firstTime &&
  flow.has(State.HANDSHAKE)

/**
 * A connection that began well after this one was served: its queue, if it is the same, is first in, first out. When the handshake
 * was over is known of its signals alone, to which each mute flow would have to be walked.
 */
const isOvertaken = ({ flow, life }: Case): boolean => life.lastServedBegan > flow.firstTime + LATE

/** More are told apart by nothing: what numbers of 53 bits hold besides the rest. */
const MOST_SERVED = 2 ** 17

/** The port refused a SYN while this connection was open, and it lived on. */
const outlivedRefusal = ({ flow, life }: Case): boolean =>
  life.hasRefused && life.refusedBetween(beginOfWait(flow), flow.lastTime)

/** Systems that drop SYNs when the accept queue is full: what they refuse finds no listener. */
const DROPS_WHEN_FULL: readonly (SystemFamily | null)[] = ['linux', 'bsd']

/**
 * Its listener was gone, and with it goes what still waits in its queue: this connection had been accepted, if no firewall
 * refused in the system's name.
 */
const outlivedListener = (judged: Case): boolean =>
  outlivedRefusal(judged) && DROPS_WHEN_FULL.includes(familyOf(judged.flow, judged.flow.server))

/** A number above 0 for all that {@link muteCauses} says; -1 where it is not worth comparing. */
export function muteVariant(judged: Case): number {
  const { flow } = judged
  const brief = briefVariant(flow)
  const served = servedBefore(judged)
  if (brief < 0 || served >= MOST_SERVED) return -1
  const ends = bit(flow.has(State.FIN << flow.server), 1) | bit(resetWithoutData(flow), 2)
  const begins = bit(isMidstream(flow), 4) | bit(areRolesGuessed(flow), 8)
  const queue = bit(outlivedRefusal(judged), 16) | bit(outlivedListener(judged), 32) | bit(fillsQueue(judged), 64)
  const order = bit(isOvertaken(judged), 128) | bit(closeWaitOf(judged) > 0, 256)
  return (served * 512 + (ends | begins | queue | order)) * BRIEF_VARIANTS + brief + 1
}

const bit = (isSet: boolean, value: number): number => (isSet ? value : 0)

/**
 * What may lie behind a server that never says a byte though its kernel acknowledges all: each with what speaks for and
 * against it here. accept() itself is invisible on the wire, so that packets alone never prove never-accepted.
 */
export function muteCauses(judged: Case): Candidate[] {
  const clues = cluesOf(judged)
  const { untouched, touched, reasons, refusal, before, isAccepted } = clues
  return [
    neverAccepted(clues),
    {
      verdict: 'accepted-never-read',
      standing: clues.fromQueue ? 'possible' : raised(untouched, isAccepted),
      reasons: [...reasons, ...refusal],
    },
    { verdict: 'accepted-no-reply', standing: raised(touched, isAccepted), reasons: [...reasons, ...refusal] },
    {
      verdict: 'healthy-one-way',
      standing: clues.isLeftOpen ? 'contradicted' : touched,
      reasons: [
        ...reasons,
        ...(clues.isLeftOpen ? [LEFT_OPEN] : []),
        ...(clues.isUnread || clues.isLeftOpen
          ? []
          : ['a protocol in which the server has nothing to say, or says it on another connection, looks the same']),
      ],
    },
    {
      verdict: 'wrong-service',
      standing: 'possible',
      reasons: ['another program that owns the port and stays silent looks the same'],
    },
    ...(before.length > 0
      ? [{ verdict: 'accept-stopped', standing: untouched, reasons: [...before, ...reasons] } as const]
      : []),
    ...ofUnknownBeginning(judged.flow),
  ]
}

/** What is seen of a mute connection, as far as causes differ by it. */
interface Clues {
  /** How it stands with causes in which the process never touched the connection, and with those in which it read. */
  readonly untouched: Standing
  readonly touched: Standing
  /** What the receive window and the server's end say. */
  readonly reasons: readonly string[]
  readonly refusal: readonly string[]
  /** Earlier connections were served. */
  readonly before: readonly string[]
  /** To the end: the server did not close with FIN. */
  readonly isUnread: boolean
  /** Reset with nothing unread. */
  readonly fromQueue: boolean
  /** It outlived its listener. */
  readonly isAccepted: boolean
  /** SYNs were ignored while it waited. */
  readonly isQueued: boolean
  /** One that came later was served. */
  readonly isOvertaken: boolean
  /** The client closed its side, and the server's process did not. */
  readonly isLeftOpen: boolean
}

function cluesOf(judged: Case): Clues {
  const { flow } = judged
  const { verdict, brief } = briefReading(flow)
  const isClosed = flow.has(State.FIN << flow.server)
  const fromQueue = resetWithoutData(flow)
  // The FIN came last: what had not been read until then was read in the end.
  const isUnread = verdict === 'unread' && !isClosed
  const isRead = verdict === 'read' || isClosed
  const fin = isClosed ? ['the server closed with FIN: with data unread it would have been RST'] : []
  const served = servedBefore(judged)
  return {
    untouched: isRead ? 'contradicted' : isUnread || fromQueue ? 'supported' : 'possible',
    touched: isUnread ? 'contradicted' : isRead ? 'supported' : 'possible',
    reasons: isClosed && verdict === 'unread' ? fin : [brief, ...fin],
    refusal: refusalOf(judged),
    before:
      served > 0
        ? [`${counted(served, 'earlier connection')} to the port ${served === 1 ? 'was' : 'were'} served`]
        : [],
    isUnread,
    fromQueue,
    isAccepted: outlivedListener(judged),
    isQueued: fillsQueue(judged),
    isOvertaken: isOvertaken(judged),
    isLeftOpen: closeWaitOf(judged) > 0,
  }
}

const OVERTAKEN =
  'one that came later was served: a queue is first in, first out, so that only where several sockets share the port this one can wait still'

const LEFT_OPEN =
  'the client closed its side, and no process closed the other for over a second: one that reads by design meets the end of what it reads'

function neverAccepted(clues: Clues): Candidate {
  const { untouched, reasons, refusal, before, fromQueue, isAccepted, isQueued } = clues
  return {
    verdict: 'never-accepted',
    standing: isAccepted && untouched === 'supported' ? 'possible' : raised(untouched, isQueued && !isAccepted),
    reasons: [
      ...reasons,
      ...(untouched === 'contradicted' ? [] : ['the server never sent a byte']),
      ...refusal,
      ...(fromQueue
        ? [
            'reset with nothing unread: this is how Linux ends what waits in the accept queue; an accepted connection it ends with FIN',
          ]
        : []),
      ...(clues.isOvertaken && untouched !== 'contradicted' ? [OVERTAKEN] : []),
      ...(isQueued ? ['SYNs were ignored while it waited, as by a system whose accept queue is full'] : []),
      ...before,
    ],
  }
}

function ofUnknownBeginning(flow: FlowView): Candidate[] {
  const causes: Candidate[] = []
  if (isMidstream(flow))
    causes.push({
      verdict: 'peer-stalled',
      standing: 'possible',
      reasons: ['what was answered before the capture began is not known'],
    })
  if (areRolesGuessed(flow))
    causes.push({
      verdict: 'healthy-server-push',
      standing: 'possible',
      reasons: ['without the handshake it is a guess which end is the server: it may be the one that speaks'],
    })
  return causes
}

/** What a neighbour speaks for, if nothing else speaks against it. */
const raised = (standing: Standing, spokenFor: boolean): Standing =>
  spokenFor && standing === 'possible' ? 'supported' : standing

/** What a refusal says of a connection that it left alone. */
export function refusalOf(judged: Case): readonly string[] {
  if (!outlivedRefusal(judged)) return []
  return outlivedListener(judged)
    ? [
        'the port refused a SYN meanwhile: a listener that is gone takes what waits in its queue with it, so that this one had been accepted, if no firewall refused',
      ]
    : [
        'the port refused a SYN meanwhile: its queue was full, as Windows shows it, or its listener was gone, and this one had been accepted',
      ]
}
