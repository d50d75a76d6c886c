import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { beginOfWait } from '../evidence/first-byte.ts'
import { hasUnopenedWindow } from '../evidence/stance.ts'
import { Fact, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate } from '../verdict.ts'

/** One probe or its answer may be lost, and so may the next: three in a row are none that are lost by chance. */
const LEAST_IN_VAIN = 3

/** The SYN-ACK told a window of zero, and nothing opened it: who answered the SYN cannot take data. */
export const windowUnopened: VerdictRule = {
  verdict: 'zero-window-stall',
  needs: [Fact.BARE_HANDSHAKE | Fact.ZERO_WINDOW],
  holds: (judged) => (staysShut(judged) ? (asked(judged) > 0 ? 'certain' : 'likely') : null),
  candidates: (judged) => (asked(judged) > 0 ? KEPT_WAITING : WITHOUT_A_WORD),
  variant: (judged) => (asked(judged) > 0 ? 1 : 0),
  finding: {
    id: 'window-unopened',
    title: 'The window of the SYN-ACK never opened',
    severity: 'error',
    meaning:
      'The SYN was answered with a receive window of zero, and no update followed: the client is connected and may not send. No ordinary socket starts like this. It is what a device before the server does (a SYN proxy): it answers SYNs in the server’s name, and opens the window once the server has answered it. The server did not.',
    lookAlikes: [
      'A receive buffer that filled up: there the window was open first, and bytes were acknowledged.',
      'An idle connection: there the client may send, and does not want to.',
      'A system that is gone: its last window was open.',
    ],
    nextSteps: [
      'Is there a SYN proxy before the server (nftables or iptables SYNPROXY, a firewall’s or balancer’s protection against SYN floods)? Capture behind it: is its SYN to the server answered?',
      'On the server: ss -ltn: does the port have a LISTEN row, with Recv-Q not above Send-Q?',
    ],
    reference: 'RFC 9293 §3.8.6; Linux nf_synproxy_core.c, synproxy_send_client_synack; measured',
    confidence: (judged) => (asked(judged) > 0 ? 'certain' : 'likely'),
    tell: (judged) => {
      const { flow } = judged
      const probes = asked(judged)
      const said =
        probes > 0
          ? `The client has something to send: ${counted(probes, 'probe')} of the closed window had no effect.`
          : 'Whether the client has something to send is not seen: it may not.'
      return {
        title: `${judged.name}: connected with a window of zero, which did not open for ${formatDuration(shutFor(judged))}`,
        explanation: `${said} Whoever answered the SYN cannot take data: as a rule a device before the server that itself waits for it.`,
        evidence: [
          judged.signalled('SYN-ACK with a window of zero', Signal.SYN_ACK, flow.server),
          ...(probes > 0 ? [judged.signalled('probes of the closed window', Signal.KEEP_ALIVE, flow.client)] : []),
        ],
      }
    },
  },
}

function staysShut(judged: Case): boolean {
  const { flow } = judged
  if (!hasUnopenedWindow(flow) || !flow.has(State.HANDSHAKE)) return false
  if (flow.has(State.RST << flow.server) || flow.has(State.FIN << flow.server)) return false
  return (judged.goesOn && shutFor(judged) > PATIENCE) || asked(judged) >= LEAST_IN_VAIN
}

const shutFor = (judged: Case): number => judged.end - beginOfWait(judged.flow)

/** Probes by which the client asked whether the window is open: Linux repeats the last number, others send a byte. */
const asked = ({ flow }: Case): number => flow.keepAlives + flow.segments(flow.client)

const SHUT = 'the SYN-ACK told a window of zero, and no packet opened it'

const BEHIND: readonly Candidate[] = [
  {
    verdict: 'syn-unanswered',
    standing: 'possible',
    reasons: ['a device that answers SYNs for the server keeps the window shut until the server has answered its own'],
  },
  {
    verdict: 'never-accepted',
    standing: 'possible',
    reasons: ['whether the server’s own system knows of the connection is not seen from here'],
  },
]

const KEPT_WAITING: readonly Candidate[] = [
  { verdict: 'zero-window-stall', standing: 'supported', reasons: [SHUT, 'the client asks for room in vain'] },
  ...BEHIND,
]

const WITHOUT_A_WORD: readonly Candidate[] = [
  { verdict: 'zero-window-stall', standing: 'supported', reasons: [SHUT] },
  ...BEHIND,
  { verdict: 'idle', standing: 'possible', reasons: ['the client may have had nothing to say'] },
]
