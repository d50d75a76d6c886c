import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal, type SignalView } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { closeWaitOf } from '../evidence/close-wait.ts'
import { drainOf, hasOutgrownBuffer, type Reading, readingOf, readingVerdict } from '../evidence/drain.ts'
import { stepsFor } from '../evidence/host-steps.ts'
import { ladder } from '../evidence/ladder.ts'
import { refusalOf } from '../evidence/mute-causes.ts'
import { rhythmOf } from '../evidence/rhythm.ts'
import { isMidstream, isUnanswered } from '../evidence/stance.ts'
import { Fact } from '../fact.ts'
import type { Evidence, LadderRow } from '../finding.ts'
import type { FlowRule, Telling } from '../rule.ts'
import type { Confidence, Verdict } from '../verdict.ts'

const FIRES_FOR: readonly Verdict[] = ['ack-only', 'zero-window-stall', 'server-died']

/**
 * What the project exists for: a handshake completed, pushes that are only ever acknowledged, and a server whose
 * sequence number never moves.
 */
export const noAcceptSignature: FlowRule = {
  id: 'no-accept-signature',
  title: 'Connected, acknowledged, never answered',
  severity: 'error',
  meaning:
    'The kernel completed the handshake and acknowledges the client’s data; no byte ever comes from the server’s process. This is what it looks like when the process never calls accept(). The finding grades itself: unanswered (certain, from sequence numbers) → not drained (the receive window or the acknowledgments’ delay show that no byte was read) → never accepted (needs a log or the host’s state, because accept() leaves no trace on the wire).',
  lookAlikes: [
    'Accepted and never read: the same packets. ss -tanpe tells: an accepted socket belongs to a process.',
    'Accepted, read and never answered: the window’s right edge moves on, or Linux acknowledges at the moment of the read.',
    'A protocol in which only the client speaks (syslog, metrics): the same packets; other connections to the port are not answered either, by design.',
    'Answers on another connection (callbacks, a data connection): this one looks the same; the server’s host speaks to the client’s on that.',
    'A request that the client does not finish (HTTP, piece by piece): no answer is due yet.',
    'A stopped process (SIGSTOP, debugger): its earlier connections were answered.',
    'A silent wrong service: another process owns the port.',
    'A capture that lost the answers: the client acknowledges bytes that are not in it.',
  ],
  nextSteps: [
    'Linux, while it hangs: ss -tanpe "sport = :PORT" > ss.txt: the connection without a process and with “ino:0” was never accepted. noaccept correlate CAPTURE --log ss.txt reads it.',
    'Windows: netstat -ano | findstr :PORT: which process owns the LISTENING row (PowerShell: Get-NetTCPConnection -LocalPort PORT)? ESTABLISHED with its PID says nothing of accept(); its log does.',
    'macOS, FreeBSD: netstat -Lan: the first number of the port’s row counts the connections that wait for accept().',
    'Server’s log: is the listening descriptor still in the poll set, reported readable, and matched to an entry?',
    'noaccept correlate CAPTURE --log SERVER.log',
  ],
  reference: 'RFC 9293 §3.8.6; measured on Linux and on Windows captures (docs/verdicts.md)',
  needs: [Fact.ACKED],
  fires,
  confidence,
  tell,
}

/** What to run, for the server's system and port. */
export const hostSteps = (judged: Case): readonly string[] => stepsFor(judged, noAcceptSignature.nextSteps)

function fires({ flow }: Case, verdict: Verdict): boolean {
  if (!FIRES_FOR.includes(verdict) || !isUnanswered(flow)) return false
  if (flow.acknowledged(flow.client) === 0) return false
  // Closed with FIN, or seen reading, by a window that opened again, too: then it was accepted, whatever else is wrong.
  return !flow.has(State.FIN << flow.server) && flow.reopened === 0 && readingVerdict(flow) !== 'read'
}

function confidence({ flow }: Case, verdict: Verdict): Confidence {
  if (hasOutgrownBuffer(flow)) return 'suspected'
  if (isUndrained(readingVerdict(flow), verdict)) return 'likely'
  // Before the capture it may have been answered: a beat on an old link is often a mere sign of life.
  return rhythmOf(flow) !== null && !isMidstream(flow) && !isOneRequest(flow) ? 'likely' : 'suspected'
}

/**
 * Clients of HTTP wait for an answer before they ask again: what follows in sizes other than that of the first words are more of one
 * request, and none is owed an answer before its end.
 */
const isOneRequest = (flow: FlowView): boolean =>
  flow.speech(flow.client) === Speech.HTTP_REQUEST && flow.beat !== null && flow.beat.count < flow.segments(flow.client)

const isUndrained = (reading: Reading['verdict'], verdict: Verdict): boolean =>
  reading === 'unread' || verdict === 'zero-window-stall'

function tell(judged: Case, verdict: Verdict): Telling {
  const { flow } = judged
  const reading = readingOf(flow)
  const signals = flow.signals()
  const undrained = isUndrained(reading.verdict, verdict)
  return {
    title: `${judged.name}: ${pushes(judged)}, ${flow.acknowledged(flow.client) < flow.payload(flow.client) ? '' : 'all '}acknowledged by the kernel, none answered${undrained ? (reading.verdict === 'unread' ? ', none read' : ', the receive buffer full') : ''}`,
    explanation: explain(judged, reading, undrained),
    evidence: evidence(judged, signals, reading),
    nextSteps: hostSteps(judged),
    ladder: rungs(judged, signals, reading),
    drain: drainOf(flow),
  }
}

function pushes(judged: Case): string {
  const { flow } = judged
  const beat = rhythmOf(flow)
  const count = flow.segments(flow.client)
  const all = counted(count, 'push', 'pushes')
  if (beat === null) return `${all} (${flow.payload(flow.client)} bytes)`
  const every = `${beat.size} bytes every ${formatDuration(beat.periodMs * 1e6)}`
  if (beat.count === flow.segments(flow.client)) return `${all} of ${every}`
  return `${all}, ${beat.count} of them ${every}`
}

function explain(judged: Case, reading: Reading, undrained: boolean): string {
  const { flow, life } = judged
  const unanswered = `${flow.acknowledged(flow.client)} bytes of the client were acknowledged by the server’s system, and the server’s sequence number never moved: unanswered is certain.`
  const drained = undrained
    ? ` Not drained: ${reading.verdict === 'unread' ? reading.reason : 'the receive buffer filled up and stayed full'}.`
    : ` Whether anything was read: ${reading.reason}.`
  const served = life.served > 0 ? ` ${life.served} of ${life.connections} connections to the port were served.` : ''
  const refusal = refusalOf(judged).map((reason) => ` But ${reason}.`)
  const fits = hasOutgrownBuffer(flow)
    ? 'Never accepted fits only where the receive buffer was set larger than Linux’s default, which grows for no application that does not read;'
    : 'Never accepted fits all of it;'
  return `${unanswered}${drained} ${fits} packets alone cannot prove it, because accept() leaves no trace on the wire.${leftOpen(judged)}${served}${refusal.join('')}`
}

/** What the client's close tells, where the server's process does not close its end. */
function leftOpen(judged: Case): string {
  const open = closeWaitOf(judged)
  return open > 0 ? ` The client has closed its side, and for ${formatDuration(open)} no process closed the other.` : ''
}

/** All pushes, or the first of more than are kept. */
const shareOf = (shown: number, all: number): string =>
  shown < all ? `the first ${shown} of ${all} pushes` : counted(all, 'push', 'pushes')

/** The frames of those signals that fit. */
function framesOf(signals: readonly SignalView[], fits: (signal: SignalView) => boolean): number[] {
  const frames: number[] = []
  for (const signal of signals) if (fits(signal)) frames.push(signal.frame)
  return frames
}

const opens = ({ kind }: SignalView): boolean =>
  kind === Signal.SYN || kind === Signal.SYN_ACK || kind === Signal.HANDSHAKE
const pushed = ({ kind }: SignalView): boolean => kind === Signal.PUSH
const acknowledges = ({ kind }: SignalView): boolean => kind === Signal.ACKED
const discriminates = ({ kind, value }: SignalView): boolean => kind === Signal.ACKED && value < 0

function evidence(judged: Case, signals: readonly SignalView[], reading: Reading): (readonly Evidence[])[] {
  const { flow } = judged
  const found: (readonly Evidence[])[] = []
  if (!isMidstream(flow)) found.push(judged.seen('the handshake, completed by the kernel', framesOf(signals, opens)))
  const pushes = framesOf(signals, pushed)
  found.push(judged.seen(`${shareOf(pushes.length, flow.segments(flow.client))} without an answer`, pushes))
  const acks = framesOf(signals, acknowledges)
  if (acks.length > 0) found.push(judged.seen(`acknowledgments without payload: ${reading.acks} of new data`, acks))
  const telling = framesOf(signals, discriminates)
  const told = `${reading.unread} of ${reading.discriminating} acknowledgments that can tell say that nothing was read`
  if (telling.length > 0 && reading.windows !== 'hidden') found.push(judged.seen(told, telling))
  if (flow.has(State.FIN << flow.client)) found.push(judged.signalled('the client gives up', Signal.FIN, flow.client))
  return found
}

/** What is said of a window that could tell. */
const NOTES = {
  fell: 'fell by all that arrived: nothing was read',
  open: 'could tell reading from not reading',
  hidden: null,
} as const satisfies Record<Reading['windows'], string | null>

function rungs(judged: Case, signals: readonly SignalView[], reading: Reading): LadderRow[] {
  const note = NOTES[reading.windows]
  return ladder(judged, signals, (signal) => (discriminates(signal) ? note : null))
}
