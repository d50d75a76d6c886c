import { formatDuration } from '../../text/duration.ts'
import type { Case } from '../case.ts'
import { beginOfWait } from '../evidence/first-byte.ts'
import { familyOf } from '../evidence/system.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate } from '../verdict.ts'

/** The server's side reset the connection before either end had said a word. */
export const resetUnspoken: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.IDLE | Fact.SERVER_RST],
  holds: 'likely',
  candidates,
  finding: {
    id: 'reset-unspoken',
    title: 'Reset before a word was said',
    severity: 'warning',
    meaning:
      'The handshake was finished, no payload was sent, and a RST in the server’s name ended the connection. A process that closes an idle connection does so with FIN: this one was thrown away by a process that asks for a reset, by a load balancer or relay without a server behind it, or by a system that takes a listener’s queue down.',
    lookAlikes: [
      'A full accept queue: then other connections to the port are established and wait.',
      'The end of a process or of its listener: then others are reset at the same moment, or the port refuses afterwards.',
      'An idle connection that the server closes: it does so with FIN.',
    ],
    nextSteps: [
      'Is there a load balancer, proxy or SYN proxy before the server? Its log names the server that it did not reach.',
      'Look in the server’s log at that moment: a limit of connections, a refused address, one client at a time.',
    ],
    reference: 'RFC 9293 §3.10.4; RFC 2525 §2.17',
    confidence: 'likely',
    tell: (judged) => {
      const { serverReset } = judged
      const after = formatDuration(open(judged))
      const next = judged.life.synAckAfter(serverReset!.time)
      return {
        title: `${judged.name}: connected, and reset by the server’s side ${after} later without a word`,
        explanation: `Neither end had sent payload, so that nothing was left unread.${closedBefore(judged)}${Number.isFinite(next) ? ' The port answered later SYNs: its listener, or what stands for it, lived on.' : ''}`,
        evidence: [judged.seen('RST from the server’s side', [serverReset!.frame])],
      }
    },
  },
}

/** What the client had done. */
function closedBefore({ flow, serverReset }: Case): string {
  const fin = flow.firstFin
  if (fin?.side !== flow.client) return ''
  return ` The client had closed its side ${formatDuration(serverReset!.time - fin.time)} before, and no FIN of the server answered that.`
}

/** How long it was established. */
const open = ({ flow, serverReset }: Case): number => serverReset!.time - beginOfWait(flow)

function candidates(judged: Case): readonly Candidate[] {
  const { flow, life, serverReset } = judged
  const livesOn = Number.isFinite(life.synAckAfter(serverReset!.time))
  const isLinux = familyOf(flow, flow.server) === 'linux'
  return [
    {
      verdict: 'insufficient',
      standing: 'supported',
      reasons: ['no word was said: what the process would have done with one is not known'],
    },
    {
      verdict: 'never-accepted',
      standing: 'possible',
      reasons: [
        isLinux
          ? 'so Linux ends what waits in the queue of a listener that is closed'
          : 'a listener that is closed, or whose queue is full, resets what waits',
      ],
    },
    {
      verdict: 'server-died',
      standing: 'possible',
      reasons: [livesOn ? 'a process that was started again at once looks the same' : 'no later SYN-ACK is seen'],
    },
  ]
}
