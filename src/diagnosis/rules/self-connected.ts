import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { formatEndpoint } from '../../text/address.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/** Both ends are one socket: the client got the port that it asked for as its own. */
export const selfConnected: VerdictRule = {
  verdict: 'wrong-service',
  // All its packets come from one address and port, which is seen as one direction.
  needs: [Fact.ONE_SIDED],
  // Ports that a packet list masks may be any.
  holds: ({ flow, isMasked }) => (flow.isItsOwnPeer && !isMasked ? 'certain' : null),
  candidates: [
    {
      verdict: 'wrong-service',
      standing: 'supported',
      reasons: ['both ends have one address and port: the client itself holds the port, and no server does'],
    },
    {
      verdict: 'never-accepted',
      standing: 'contradicted',
      reasons: ['no listening socket had a part in it, so that there was nothing to accept'],
    },
  ],
  finding: {
    id: 'self-connected',
    title: 'The client is connected to itself',
    severity: 'error',
    meaning:
      'Source and destination are one address and port. Nothing listened there; the client’s system chose, for the client’s own end, the very port that it connects to, and a SYN that meets its own socket opens it from both sides at once. connect() succeeds, and what the client sends comes back to it. As long as the client holds the port the server cannot bind it.',
    lookAlikes: [
      'A client and a server on one host: their ports differ.',
      'A forged SYN with one address on both sides (LAND): no system takes it to the end of a handshake.',
    ],
    nextSteps: [
      'Is the server’s port among those that the system gives to clients? Linux: sysctl net.ipv4.ip_local_port_range; Windows: netsh int ipv4 show dynamicport tcp.',
      'Keep the port for the server: net.ipv4.ip_local_reserved_ports (Windows: netsh int ipv4 add excludedportrange), or choose one below that range.',
      'In the client, compare getsockname() with getpeername() after connect(), and close where they are equal: a client that tries again in a tight loop meets this within minutes.',
      'Why did the server not listen? Its log may say that the port was in use.',
    ],
    reference: 'RFC 9293 §3.5, simultaneous open; measured on Linux',
    confidence: 'certain',
    tell: (judged) => {
      const { flow } = judged
      const end = formatEndpoint(judged.endpoint(flow.client))
      const opening = [Signal.SYN, Signal.SYN_ACK].flatMap((kind) => flow.signals(kind).map(({ frame }) => frame))
      return {
        title: `${end} is connected to itself`,
        explanation: `Both ends of the connection are ${end}: no server takes part in it, and what the client sends it gets back.`,
        evidence: [
          opening.length > 0 && flow.has(State.ROLES_KNOWN)
            ? judged.seen('the SYN, and the SYN-ACK by which the same socket answers it', opening)
            : judged.seen('the first and the last packet, from and to one address and port', [
                flow.firstFrame,
                flow.lastFrame,
              ]),
        ],
      }
    },
  },
}
