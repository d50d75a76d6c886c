import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { icmpError } from '../evidence/icmp-error.ts'
import { isUnansweredSyn } from '../evidence/stance.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate } from '../verdict.ts'

/** The first retransmission time-out (RFC 6298 §2.1): sooner the answer may still be under way. */
const FIRST_TIMEOUT = 1e9

/** The client's system asked again, or somebody else answered. */
const told = ({ flow }: Case): boolean => flow.retransmissions(flow.client) > 0 || flow.has(State.ICMP)

/** Connections to the port are seen that nobody serves. */
const othersWait = ({ flow, life }: Case): boolean => life.waitingAt(flow.lastTime) !== 0

/** An ICMP error is a router's or a firewall's, or of a host without the port: no queue speaks so. */
const REJECTED: Candidate = {
  verdict: 'backlog-overflow',
  standing: 'contradicted',
  reasons: ['a system whose queue is full drops the SYN in silence: here an ICMP error rejected it'],
}

const UNSEEN_REFUSAL: Candidate = {
  verdict: 'refused',
  standing: 'possible',
  reasons: ['a client that waits repeats its SYN: this one gave up at once, or got a RST that the capture lacks'],
}

const fullQueue = (judged: Case): Candidate => ({
  verdict: 'backlog-overflow',
  standing: 'possible',
  reasons: [
    'Linux and macOS drop a SYN in silence when the accept queue is full',
    !othersWait(judged)
      ? 'no other connection to the port is seen waiting; those from before the capture would not be seen'
      : 'other connections to the port were waiting',
  ],
})

export const synUnanswered: VerdictRule = {
  verdict: 'syn-unanswered',
  needs: [Fact.UNANSWERED_SYN],
  holds: (judged) => {
    if (!isUnansweredSyn(judged.flow)) return null
    if (told(judged)) return 'certain'
    return judged.captureEnd - judged.flow.lastTime > FIRST_TIMEOUT ? 'suspected' : null
  },
  candidates: (judged) => [
    { verdict: 'syn-unanswered', standing: 'supported', reasons: ['no packet of the server follows the SYN'] },
    judged.flow.has(State.ICMP) ? REJECTED : fullQueue(judged),
    ...(told(judged) ? [] : [UNSEEN_REFUSAL]),
  ],
  variant: (judged) => (judged.flow.has(State.ICMP) ? 2 : othersWait(judged) ? 1 : 0) + (told(judged) ? 0 : 4),
  finding: {
    id: 'syn-unanswered',
    title: 'SYN never answered',
    severity: 'error',
    meaning:
      'The SYN and its repetitions got no answer of any kind: it was dropped on the way or by the server’s system.',
    lookAlikes: [
      'A full accept queue (Linux, macOS): then other connections to the port are established and wait, and the same system answers SYNs to other ports.',
      'A firewall that drops: it drops for all, or by source address.',
      'A capture that lacks the server’s direction: then the client gets beyond SYNs.',
    ],
    nextSteps: [
      'On the server: nstat -az TcpExtListenOverflows TcpExtListenDrops: do they count up?',
      'On the server: ss -ltn: Recv-Q above Send-Q in the LISTEN row is a full queue.',
      'Capture on the server’s side of the firewall: does the SYN arrive?',
    ],
    reference: 'RFC 9293 §3.8.1; Linux tcp_conn_request',
    confidence: (judged) => (told(judged) ? 'certain' : 'suspected'),
    // A stack that waits repeats its SYN: a lone one is of a scanner, a generator, or of a client in a hurry.
    severityOf: (judged) => (told(judged) ? 'error' : 'warning'),
    tell: (judged) => {
      const syns = judged.flow.signals(Signal.SYN)
      const repeated = judged.flow.retransmissions(judged.flow.client)
      const [rejection] = judged.flow.signals(Signal.ICMP)
      const gaps = syns.slice(1).map((syn, index) => syn.time - syns[index]!.time)
      return {
        title: `${judged.name}: ${counted(1 + repeated, 'SYN')} and no answer${rejection === undefined ? '' : ' but an ICMP error'}`,
        explanation: `${rejection === undefined ? 'Nothing came back' : `A router or firewall answered with ${icmpError(rejection.value, judged.flow.has(State.IPV6))}`}${gaps.length > 0 ? `; the client’s system repeated the SYN after ${gaps.map(formatDuration).join(', ')}${syns.length <= repeated ? ', …' : ''}` : ''}.`,
        evidence: [
          judged.signalled('SYNs without an answer', Signal.SYN),
          ...(rejection === undefined ? [] : [judged.signalled('the ICMP error that quotes the SYN', Signal.ICMP)]),
        ],
      }
    },
  },
}
