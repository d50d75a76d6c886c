import { RstShape } from '../../flow/rst-shape.ts'
import { Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { isOfUnix, isRefusal, isRefusedByQueue, ONE_ATTEMPT } from '../evidence/refusal.ts'
import { Fact } from '../fact.ts'
import type { Severity } from '../finding.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate } from '../verdict.ts'

/** The longest that a client waits before it tries a name's next address (RFC 8305 §5). */
const NEXT_ADDRESS = 2e9

/** A SYN answered by RST. */
export const refused: VerdictRule = {
  verdict: 'refused',
  needs: [Fact.REFUSED],
  holds: (judged) => (isRefusal(judged) && !isRefusedByQueue(judged) ? 'certain' : null),
  candidates: causes,
  variant: variantOf,
  finding: {
    id: 'refused',
    title: 'Connection refused',
    severity: 'error',
    meaning:
      'The system answered the SYN with a RST: at that moment no socket listened on the address and port, or (on Windows) its accept queue was full.',
    lookAlikes: [
      'A full accept queue on Windows also answers RST: then other connections to the port are open at that moment.',
      'A firewall that rejects sends RST for the server: its TTL or IP identification differs from the server’s own.',
      'A name with two addresses of which one is served (localhost as ::1 and 127.0.0.1): the client goes on to the other at once.',
      'A RST after a SYN-ACK is no refusal: the listener was there.',
    ],
    nextSteps: [
      'Linux: ss -ltnp: does the port have a LISTEN row, on this address, and whose is it? On Windows netstat -ano tells.',
      'Look in the server’s log for “bind failed”, or for a start that came after the attempt.',
    ],
    reference: 'RFC 9293 §3.10.7.1; RFC 793 reset generation, group 1',
    confidence: 'certain',
    severityOf,
    tell,
  },
}

/** What the port did besides: it answers SYNs later, around the attempt, before it, or never. */
const Port = { LATER: 0, AROUND: 1, BEFORE: 2, NEVER: 3 } as const
type Port = (typeof Port)[keyof typeof Port]
const PORTS = Object.keys(Port).length

function portOf({ flow, life }: Case): Port {
  if (!Number.isFinite(life.firstSynAck)) return Port.NEVER
  if (life.firstSynAck > flow.lastTime) return Port.LATER
  return life.lastSynAck >= flow.firstTime && life.firstSynAck <= flow.firstTime ? Port.AROUND : Port.BEFORE
}

const REASONS: Readonly<Record<Port, (judged: Case) => string>> = {
  [Port.LATER]: ({ flow, life }) =>
    `nothing listened yet: the port answers a SYN for the first time ${formatDuration(life.firstSynAck - flow.firstTime)} later`,
  [Port.AROUND]: () => 'the port answered SYNs before and after: the listener was away, or its queue was full',
  [Port.BEFORE]: (judged) =>
    `the port answered SYNs before, and no more: the listener is gone${waiting(judged) > 0 ? ', or its queue is full' : servesOn(judged) ? ', or takes one client at a time' : ''}`,
  [Port.NEVER]: () => 'the capture shows no SYN-ACK from this port',
}

/** Connections to the port that waited at that moment. */
const waiting = ({ flow, life }: Case): number => life.waitingAt(flow.lastTime)

/** A connection from before is still answered afterwards: the process did not end. */
const servesOn = ({ flow, life }: Case): boolean =>
  life.lastServed > flow.lastTime && life.lastServedBegan < flow.firstTime

function causes(judged: Case): readonly Candidate[] {
  const others = waiting(judged)
  return [
    { verdict: 'refused', standing: 'supported', reasons: [REASONS[portOf(judged)](judged)] },
    {
      verdict: 'backlog-overflow',
      standing: others > 0 || servesOn(judged) ? 'possible' : 'contradicted',
      reasons: [fullness(judged, others)],
    },
  ]
}

function fullness(judged: Case, others: number): string {
  if (others > 0)
    return `${counted(others, 'connection')} to the port ${others === 1 ? 'was' : 'were'} open and unserved at that moment; Windows refuses when its queue is full${isOfUnix(judged) ? ', but this RST’s time to live is that of a UNIX system, which drops the SYN in silence' : ''}`
  return servesOn(judged)
    ? 'a connection from before was served on: a device that takes one client at a time refuses the next'
    : 'no connection to the port was waiting at that moment'
}

function variantOf(judged: Case): number {
  const port = portOf(judged)
  // How much later is told of each by itself.
  if (port === Port.LATER) return -1
  const others = waiting(judged)
  const isTold = others > 0 ? isOfUnix(judged) : servesOn(judged)
  return (others * 2 + (isTold ? 1 : 0)) * PORTS + port
}

/** Refusals of the same attempt: a stack tries again from the same port, an application from a new one. */
function attempt(judged: Case): number[] {
  const { flow, life } = judged
  const times = life.refusalsOf(flow)
  return times.filter((time) => Math.abs(time - flow.firstTime) < ONE_ATTEMPT)
}

function tell(judged: Case) {
  const { flow } = judged
  const times = attempt(judged)
  const gaps = times.slice(1).map((time, index) => time - times[index]!)
  const syns = judged.signalled('SYN', Signal.SYN)
  const resets = judged.signalled(describeReset(judged), Signal.RST, flow.server)
  const retries =
    times.length > 1
      ? ` ${times.length} SYNs from the same port, ${gaps.map(formatDuration).join(' and ')} apart, are one attempt: the client’s system repeats them by itself.`
      : ''
  return {
    title: `${judged.name}: refused${times.length > 1 ? `, ${times.length} SYNs of one attempt` : ''}`,
    explanation: `The system of ${judged.listenerName} answered each SYN with a RST.${retries}${sequel(judged, Math.max(flow.lastTime, ...times))}`,
    evidence: [syns, resets],
  }
}

/** A note where the client reached the service by its next address, a warning where the port answered later. */
function severityOf(judged: Case): Severity {
  if (Number.isFinite(otherAddress(judged))) return 'note'
  return Number.isFinite(judged.life.synAckAfter(judged.flow.lastTime)) ? 'warning' : 'error'
}

/** How long after the refusal the same port answered at an address of the other family; infinite if it did not. */
function otherAddress({ flow, life, namesakes }: Case): number {
  const answers = namesakes
    .filter((other) => other.ipv6 !== life.ipv6)
    .map((other) => other.synAckAfter(flow.lastTime) - flow.lastTime)
  return answers.reduce((least, wait) => (wait <= NEXT_ADDRESS ? Math.min(least, wait) : least), Infinity)
}

function describeReset(judged: Case): string {
  const value = judged.serverReset?.value ?? 0
  const window = value & RstShape.WINDOW
  const acknowledges = (value & RstShape.ACK) !== 0
  return `answered by RST${acknowledges ? ',ACK' : ''} with window ${window}${window === 0 && acknowledges && waiting(judged) === 0 ? ': the kernel found no listener' : ''}`
}

function sequel(judged: Case, last: number): string {
  const elsewhere = otherAddress(judged)
  if (Number.isFinite(elsewhere))
    return ` The same port answered at an address of the other IP version ${formatDuration(elsewhere)} later: the client tries a name’s addresses one after the other.`
  const next = judged.life.synAckAfter(last)
  if (!Number.isFinite(next)) return ''
  return ` The port answered a later SYN, ${formatDuration(next - last)} after the last refusal${next - last < ONE_ATTEMPT ? '' : ': a new attempt by an application'}.`
}
