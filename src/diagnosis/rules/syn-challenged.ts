import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/** A SYN was answered with a bare acknowledgment: it is of an older connection of the same ends, which the server still holds. */
export const synChallenged: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.SEEN],
  holds: (judged) => (isChallenged(judged) ? 'likely' : null),
  candidates: [
    {
      verdict: 'insufficient',
      standing: 'supported',
      reasons: ['no connection was made: the answer belongs to an older one of the same addresses and ports'],
    },
    {
      verdict: 'backlog-overflow',
      standing: 'contradicted',
      reasons: ['a system whose queue is full does not answer by an acknowledgment'],
    },
  ],
  finding: {
    id: 'syn-challenged',
    title: 'SYN meets an older connection',
    severity: 'warning',
    meaning:
      'The server’s system answered the SYN by a bare acknowledgment, without SYN: it still holds an older connection of the same addresses and ports, and asks whether that is meant (a challenge ACK). The client’s system should reset the older one and try again; if its RST is lost, or never sent, the ports stay blocked.',
    lookAlikes: [
      'A capture that lost the SYN-ACK: then the client goes on to send data.',
      'A SYN that nothing answers: there no packet of the server follows.',
    ],
    nextSteps: [
      'On the server: ss -tan: in which state is the older connection (ESTAB, FIN-WAIT-2, CLOSE-WAIT)?',
      'Does a RST of the client follow the acknowledgment, and does a firewall let it pass?',
      'Look for a client that binds a fixed source port, or a NAT that gives ports out again too soon.',
    ],
    reference: 'RFC 5961 §4.2; RFC 9293 §3.5.1, half-open connections',
    confidence: 'likely',
    tell: (judged) => {
      const { flow } = judged
      const syns = 1 + flow.retransmissions(flow.client)
      return {
        title: `${judged.name}: ${counted(syns, 'SYN')}, answered by a bare acknowledgment alone`,
        explanation: `The acknowledgment does not belong to the SYN: the server’s system still holds an older connection of these ports.${flow.has(State.RST << flow.client) ? ' The client reset it.' : ' No RST of the client, which would free them, is seen.'}`,
        evidence: [
          judged.signalled('SYNs', Signal.SYN, flow.client),
          judged.seen('the last packet, after which no handshake followed', [flow.lastFrame]),
        ],
      }
    },
  },
}

function isChallenged({ flow }: Case): boolean {
  const { client, server } = flow
  if (!flow.has(State.SYN << client) || flow.packets(server) === 0 || flow.has(State.HANDSHAKE)) return false
  if (flow.has(State.SYN_ACK << server) || flow.has(State.RST << server) || flow.has(State.FIN << server)) return false
  // A client that acknowledges is beyond its SYN: then the capture lost the SYN-ACK.
  if (flow.has(State.ACK_SET << client)) return false
  return flow.has(State.ACK_SET << server) && flow.payload(0) + flow.payload(1) === 0
}
