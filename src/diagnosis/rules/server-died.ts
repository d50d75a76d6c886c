import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { RstShape } from '../../flow/rst-shape.ts'
import { Signal } from '../../flow/signal-log.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { muteCauses } from '../evidence/mute-causes.ts'
import { hasUnopenedWindow, isServed } from '../evidence/stance.ts'
import { familyOf } from '../evidence/system.ts'
import { Fact, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate, Confidence } from '../verdict.ts'

/** A kernel resets a dead process's sockets in one go; a clock may show that as one or two of its ticks (15.6 ms). */
const AT_ONCE = 32e6

/** The server's system reset its connections, all at once. */
export const serverDied: VerdictRule = {
  verdict: 'server-died',
  needs: [Fact.SERVER_RST, Fact.SERVED | Fact.PENDING | Fact.SERVER_FIN],
  holds,
  candidates: (judged): readonly Candidate[] => [
    { verdict: 'server-died', standing: 'supported', reasons: [explain(judged)] },
    ...(isServed(judged.flow) ? [] : waitedFor(judged)),
    ...(isAllAnswered(judged.flow)
      ? [
          {
            verdict: 'healthy' as const,
            standing: 'possible' as const,
            reasons: ['all was answered before: SO_LINGER with a time of 0 sends RST on a close like any other'],
          },
        ]
      : []),
    ...(alone(judged) && !judged.flow.has(State.FIN << judged.flow.server)
      ? [
          {
            verdict: 'reset-unread-data' as const,
            standing: 'possible' as const,
            reasons: ['a process that closes one socket with unread data sends the same RST'],
          },
        ]
      : []),
    ...(isForgotten(judged)
      ? [
          {
            verdict: 'insufficient' as const,
            standing: 'possible' as const,
            reasons: ['a NAT, firewall or balancer on the way that forgot the connection sends such a RST in its name'],
          },
        ]
      : []),
  ],
  finding: {
    id: 'server-died',
    title: 'The server’s process ended',
    severity: 'error',
    meaning:
      'The server’s system sent RST on all its connections to the port at the same moment: it closed them for a process that ended, or for a listener that was closed with connections still in its queue.',
    lookAlikes: [
      'One socket closed with unread data: the other connections live on, and the port answers the next SYN.',
      'An idle accepted connection of a process that exits ends with FIN, and with RST only if the client goes on.',
      'A server or balancer that closes with RST after each answer (SO_LINGER with a time of 0): nothing is unanswered, and the port lives on.',
    ],
    nextSteps: [
      'Look for the end of the process at that moment: journalctl, the Windows event log, exit codes, the OOM killer.',
    ],
    reference: 'RFC 2525 §2.17; Linux inet_csk_listen_stop',
    confidence: (judged) => holds(judged) ?? 'suspected',
    tell: (judged) => ({
      title: `${judged.name}: ${ended(judged)}`,
      explanation: explain(judged),
      evidence: [
        ...(judged.flow.has(State.FIN << judged.flow.server)
          ? [judged.signalled('FIN from the server', Signal.FIN, judged.flow.server)]
          : []),
        ...(judged.serverReset === undefined
          ? []
          : [judged.signalled('RST from the server', Signal.RST, judged.flow.server)]),
      ],
    }),
  },
}

function holds(judged: Case): Confidence | null {
  const { flow, life, serverReset } = judged
  if (isClosedOverRequest(judged)) return 'likely'
  // What was never open to the client had no process behind it: its server refused, or the device gave up.
  if (serverReset === undefined || hasUnopenedWindow(flow)) return null
  const hasClosed = flow.has(State.FIN << flow.client) || flow.has(State.FIN << flow.server)
  const next = life.synAckAfter(serverReset.time)
  if (!hasClosed && isServed(flow) && life.refusedBetween(serverReset.time, next))
    return isForgotten(judged) ? 'suspected' : 'likely'
  if (hasClosed && !isLeftOpen(judged)) return isClosedByItsEnd(judged) ? 'likely' : null
  if (!flow.has(State.SYN_ACK << flow.server)) return !isServed(flow) && midLife(judged) ? 'suspected' : null
  if (life.refusedBetween(serverReset.time, next)) return 'likely'
  if (isQueueReset(judged)) return 'suspected'
  if (!alone(judged)) return isAllAnswered(flow) ? afterAllWasAnswered(flow, next) : 'likely'
  if (flow.unanswered > 0 && isEndOfAll(judged, serverReset.time)) return 'likely'
  if (isForgotten(judged) && !servesOlder(judged)) return 'suspected'
  // It went on to answer others.
  if (life.lastServed > serverReset.time + AT_ONCE) return null
  // It resets connections one by one, and lived on so far.
  if (!isServed(flow) && life.survivedReset(serverReset.time - AT_ONCE)) return null
  return Number.isFinite(next) || isServed(flow) ? null : 'suspected'
}

/** What may lie behind a silence that ended so; of a queue that was reset, above all that it was never accepted. */
function waitedFor(judged: Case): readonly Candidate[] {
  const causes = muteCauses(judged)
  if (!isQueueReset(judged)) return causes
  return causes.map((cause) =>
    cause.verdict === 'never-accepted' ? { ...cause, standing: 'supported', reasons: [explain(judged)] } : cause,
  )
}

/**
 * At that moment the server closed others unasked, and none of those that were open then is served since: so a process ends, whose
 * system closes with FIN what it had read, and with RST what it had not. That the port answers on is a new process's doing.
 */
const isEndOfAll = ({ life }: Case, time: number): boolean =>
  life.ends.closesAround(time, AT_ONCE) > 0 && !life.ends.servesOnAfter(time + AT_ONCE)

/** It had read a request and closed with FIN instead of an answer; others were reset then, or SYNs refused afterwards. */
function isClosedOverRequest({ flow, life, serverReset }: Case): boolean {
  if (serverReset !== undefined || !isServed(flow) || flow.unanswered === 0) return false
  const fin = flow.firstFin
  if (fin?.side !== flow.server || fin.time < flow.lastPush) return false
  if (life.resetsAround(fin.time, AT_ONCE) === 0 && !life.refusedAfter(fin.time)) return false
  return !life.ends.servesOnAfter(fin.time + AT_ONCE)
}

/** A client that finds its connection gone tries again at once; its system gives up on that within this. */
const NEXT_ATTEMPT = 3e9

/**
 * The end of a process closes with FIN what it had read, and with RST what it had not. Then the client's next words are
 * reset, and either others were at the moment of the FIN, or nothing listens any more, until a new process does.
 */
function isClosedByItsEnd({ flow, life, serverReset }: Case): boolean {
  const fin = flow.firstFin
  if (fin?.side !== flow.server || flow.unanswered === 0 || life.ends.servesOnAfter(fin.time + AT_ONCE)) return false
  const next = life.synAckAfter(fin.time)
  if (life.refusedBetween(fin.time, Math.min(next, serverReset!.time + NEXT_ATTEMPT))) return true
  return !Number.isFinite(next) && life.resetsAround(fin.time, AT_ONCE) > 0
}

/**
 * The client had closed for long and was told nothing; then others were reset with it. A process that has such a connection in
 * hand reads of its end and closes it: this one went with its listener, or with a process that looked after none of them.
 */
function isLeftOpen(judged: Case): boolean {
  const { flow, serverReset } = judged
  const fin = flow.firstFin
  if (fin?.side !== flow.client || flow.has(State.FIN << flow.server) || isServed(flow)) return false
  return serverReset!.time - fin.time > PATIENCE && !alone(judged)
}

/**
 * Connections that were never answered were reset together, and one from before is still served, or at least was not closed: the
 * process lives, and what ended was its listener, with what stood in its queue.
 */
function isQueueReset(judged: Case): boolean {
  const { flow, life, serverReset } = judged
  const { time } = serverReset!
  if (isServed(flow) || alone(judged)) return false
  return servesOlder(judged) || (judged.captureEnd - time > PATIENCE && life.ends.leavesOpen(time))
}

const isAllAnswered = (flow: FlowView): boolean => isServed(flow) && flow.unanswered === 0

/**
 * Nothing was left unread. Linux then closes with FIN for a process that ends: RST is the process's own wish (SO_LINGER
 * with a time of 0), as of a balancer that closes so after each answer. Where the port lives on, that is all that it is.
 */
function afterAllWasAnswered(flow: FlowView, nextSynAck: number): Confidence | null {
  const livesOn = Number.isFinite(nextSynAck)
  if (familyOf(flow, flow.server) !== 'linux') return livesOn ? 'suspected' : 'likely'
  return livesOn ? null : 'suspected'
}

/**
 * A socket that is closed sends RST with an acknowledgment, and a RST without answers for a connection that does not exist
 * (RFC 9293 §3.10.7.1): the system was started again, or ended the connection while nobody heard of it.
 */
const isForgotten = ({ flow, serverReset }: Case): boolean =>
  serverReset !== undefined &&
  isServed(flow) &&
  flow.unanswered > 0 &&
  (serverReset.value & (RstShape.ACK | RstShape.WINDOW)) === 0

/** Others are answered afterwards that are no newer than the reset: the system was not started again. */
const servesOlder = ({ life, serverReset }: Case): boolean =>
  life.lastServed > serverReset!.time + AT_ONCE && life.lastServedBegan < serverReset!.time

const midLife = ({ flow, life, serverReset }: Case): boolean =>
  flow.payload(flow.client) > 0 && !Number.isFinite(life.synAckAfter(serverReset!.time))

function ended(judged: Case): string {
  if (judged.serverReset === undefined) return 'closed by the server’s system over a request'
  if (alone(judged)) return 'reset by the server’s system'
  return `reset by the server’s system, as ${others(judged) === 1 ? 'was 1 other' : `were ${others(judged)} others`} at the same moment`
}

/** A listener's resets are those of connections that it had not closed before. */
const others = ({ flow, life, serverReset }: Case): number =>
  serverReset === undefined
    ? 0
    : life.resetsAround(serverReset.time, AT_ONCE) - (flow.has(State.FIN << flow.server) ? 0 : 1)

const alone = (judged: Case): boolean => others(judged) < 1

function explain(judged: Case): string {
  const { flow, life, serverReset } = judged
  if (serverReset === undefined)
    return 'The server had answered before, and closed with FIN instead of an answer; other connections were reset at that moment, or SYNs refused afterwards, and none that was open then is served since.'
  if (flow.has(State.FIN << flow.server))
    return 'The server closed with FIN, what the client said next was reset, and so were other connections at that moment, or SYNs afterwards: nothing served the port any more.'
  if (isQueueReset(judged))
    return `${others(judged) + 1} connections to ${judged.listenerName} that had never been answered were reset together, and one from before was ${servesOlder(judged) ? 'still answered afterwards' : 'not closed then, as those of a process that ends are'}: not the process ended, as it seems, but its listener, with all that waited to be accepted.`
  if (!alone(judged))
    return `${others(judged) + 1} connections to ${judged.listenerName} were reset within ${AT_ONCE / 1e6} ms of this reset.`
  if (flow.unanswered > 0 && isEndOfAll(judged, serverReset.time))
    return `At the moment of the reset the server closed ${counted(life.ends.closesAround(serverReset.time, AT_ONCE), 'other connection')} to the port with FIN, unasked, and none that was open then is served since: so the system of a process that ends closes what that had read with FIN, and with RST what it had not.${Number.isFinite(life.synAckAfter(serverReset.time)) ? ' A new one answers the port.' : ''}`
  if (life.refusedAfter(serverReset.time))
    return isForgotten(judged)
      ? 'The RST carries no acknowledgment and no window, and the port refused SYNs afterwards: so it is after a restart of the system, and where a firewall has begun to reject.'
      : 'After the reset the port refused SYNs: nothing listened any more.'
  if (isForgotten(judged))
    return `The RST carries no acknowledgment and no window: the system no longer knows the connection that it had served, as after a restart.${Number.isFinite(life.synAckAfter(serverReset.time)) ? ' The port answered later SYNs.' : ''}`
  return `No other connection to ${judged.listenerName} was reset at that moment, and the capture shows no later SYN-ACK from it.`
}
