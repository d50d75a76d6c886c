import type { Case } from '../case.ts'
import { type FullQueue, fullQueueOf } from '../evidence/full-queue.ts'
import { stepsFor } from '../evidence/host-steps.ts'
import { isServed } from '../evidence/stance.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate, Verdict } from '../verdict.ts'

/** The accept queue is full, in one of the ways that systems show it. */
export const backlogOverflow: VerdictRule = {
  verdict: 'backlog-overflow',
  needs: [
    Fact.UNANSWERED_SYN,
    Fact.BARE_HANDSHAKE | Fact.SERVER_REPEATS,
    Fact.BARE_HANDSHAKE | Fact.DATA_LOST,
    Fact.SERVER_RST,
    Fact.SYN_AGAIN,
  ],
  holds: (judged) => fullQueueOf(judged)?.confidence ?? null,
  candidates: (judged) => causes(judged, fullQueueOf(judged)!),
  finding: {
    id: 'backlog-overflow',
    title: 'Accept queue full',
    severity: 'error',
    meaning:
      'The listener’s queue of finished handshakes is full, because the process accepts too slowly or not at all: its system ignores or resets further clients while earlier connections stay established.',
    lookAlikes: [
      'A firewall that drops SYNs: then no other connection to the port waits unserved.',
      'Loss of the SYN-ACK or of the final ACK on a network; on a loopback interface nothing is lost.',
    ],
    nextSteps: [
      'Linux: ss -ltn: Recv-Q (waiting) against Send-Q (backlog) of the LISTEN row; it holds backlog + 1.',
      'Linux: nstat -az TcpExtListenOverflows TcpExtListenDrops: do they count up?',
      'macOS, FreeBSD: netstat -Lan: three numbers for each listener: connections that wait, unfinished ones, and the most that may wait.',
      'macOS, FreeBSD: netstat -s -p tcp: does “listen queue overflow” count up? FreeBSD’s kernel log (dmesg) says it of the socket, too.',
      'Windows: no command shows the queue; PowerShell: Get-NetTCPConnection -LocalPort PORT -State Established: those that the process’s log does not know as accepted wait in it.',
      'Find out why the process does not call accept(): its log from the first waiting connection on.',
    ],
    reference: 'Linux tcp_conn_request and tcp_check_req; Microsoft KB113576; FreeBSD syncache',
    confidence: (judged) => fullQueueOf(judged)!.confidence,
    // Over where the connection was served in the end.
    severityOf: ({ flow }) => (isServed(flow) ? 'warning' : 'error'),
    tell: (judged) => {
      const found = fullQueueOf(judged)!
      const waiting = judged.othersWaitingAt(found.when)
      return {
        title: `${judged.name}: ${found.what}; ${found.confidence === 'suspected' ? 'perhaps ' : ''}the accept queue ${isServed(judged.flow) ? 'was' : 'is'} full`,
        explanation: `${found.explanation}${waiting > 0 ? queueOf(judged, waiting) : ''}`,
        evidence: [
          judged.seen(
            found.evidence,
            found.shown.map(({ frame }) => frame),
          ),
        ],
        nextSteps: stepsFor(judged, backlogOverflow.finding!.nextSteps),
      }
    },
  },
}

/** How many wait, and what that says of the queue, if the process took none of them. */
function queueOf({ listenerName }: Case, waiting: number): string {
  const others = waiting === 1 ? '1 other connection' : `${waiting} other connections`
  const were = waiting === 1 ? 'was' : 'were'
  return ` ${others} to ${listenerName} ${were} established and unserved at that moment: a backlog of about ${waiting}, or ${waiting - 1} on Linux, whose queue holds one more.`
}

function causes(judged: Case, found: FullQueue): readonly Candidate[] {
  const waiting = judged.othersWaitingAt(found.when)
  return [
    { verdict: 'backlog-overflow', standing: 'supported', reasons: [found.explanation] },
    {
      verdict: found.otherwise,
      standing: 'possible',
      reasons: [OTHERWISE[found.otherwise] ?? lossOf(waiting)],
    },
  ]
}

/** What a RST may mean besides. */
const OTHERWISE: Partial<Readonly<Record<Verdict, string>>> = {
  refused: 'a process that closed its listener and keeps what it had accepted, without a word to it, looks the same',
  insufficient:
    'a process that accepts and closes at once with RST, or a relay without its own connection, looks the same',
}

const lossOf = (waiting: number): string =>
  waiting > 0 ? 'packets may be lost on a network, though not on loopback' : 'no other connection is seen waiting'
