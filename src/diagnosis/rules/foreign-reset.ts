import type { FlowView } from '../../flow/flow-view.ts'
import { ReplyShape } from '../../flow/reply-shape.ts'
import { State } from '../../flow/row.ts'
import { RstShape } from '../../flow/rst-shape.ts'
import { Signal } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import { isAnsweredByProxy } from '../evidence/stance.ts'
import { familyOf } from '../evidence/system.ts'
import { Fact } from '../fact.ts'
import type { Telling, VerdictRule } from '../rule.ts'

/** What systems put into a packet's time to live; each router on the way takes one. */
const INITIAL_TTLS = [32, 64, 128, 255] as const

/**
 * The RST came from another distance than the server's SYN-ACK, or is none that the server's system sends: something on the way
 * sent it in the server's name.
 */
export const foreignReset: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.SERVER_RST],
  holds: (judged) => (isForeign(judged) ? 'likely' : null),
  candidates: (judged) => [
    {
      verdict: 'insufficient',
      standing: 'supported',
      reasons: ['not the server’s system ended the connection: what its process does is not known'],
    },
    {
      verdict: 'server-died',
      standing: 'possible',
      reasons: [
        distances(judged) === null
          ? 'a system that only answers SYNs as Linux does may send such a RST itself'
          : 'a route that changed in between also changes the time to live',
      ],
    },
    ...(judged.flow.unanswered > 0
      ? [
          {
            verdict: 'reset-unread-data' as const,
            standing: 'possible' as const,
            reasons: ['the last data of the client got no answer but the RST'],
          },
        ]
      : []),
  ],
  finding: {
    id: 'foreign-reset',
    title: 'Reset by a device on the way',
    severity: 'error',
    meaning:
      'The RST carries the server’s address, but its time to live has come through another number of routers than that of the server’s SYN-ACK: a firewall, a load balancer or a NAT that forgot the connection sent it. Or it is a RST that the server’s system does not send: Linux tells the window of the socket in it, or, where it has no such socket, acknowledges nothing. The server may not know of it.',
    lookAlikes: [
      'A device before the server that answers SYNs in its name (a SYN proxy): the server’s answers come with the RST’s time to live.',
      'A route that changed during the connection: then the server’s later packets come with the new time to live too.',
      'A server that sets the time to live of its sockets (BGP with GTSM): its kernel’s RST carries the default.',
    ],
    nextSteps: [
      'Capture on the server: the RST does not leave it, and its side of the connection stays open (ss -tn).',
      'Look for idle time-outs and session tables of the firewalls, load balancers and NAT gateways between; TCP keep-alives shorter than the time-out avoid it.',
      'Wireshark: add ip.ttl as a column, and compare the RST with the SYN-ACK.',
    ],
    reference:
      'RFC 791 §3.2, time to live; RFC 3360, inappropriate TCP resets; Linux’s RSTs as measured (docs/verdicts.md)',
    confidence: 'likely',
    tell: (judged) => (distances(judged) === null ? tellShape(judged) : tellDistance(judged, distances(judged)!)),
  },
}

interface Distances {
  readonly synAck: number
  readonly rst: number
}

function tellDistance(judged: Case, { synAck, rst }: Distances): Telling {
  return {
    title: `${judged.name}: reset, but hardly by the server: the RST came from another distance`,
    explanation: `The server’s SYN-ACK arrived with time to live ${synAck}, the RST in its name with ${rst}: they passed different numbers of routers. A firewall, load balancer or NAT on the way sends such a RST.`,
    evidence: evidence(judged, `SYN-ACK, time to live ${synAck}`, `RST, time to live ${rst}`),
  }
}

function tellShape(judged: Case): Telling {
  const told = toldWindow(judged.flow)
  return {
    title: `${judged.name}: reset, but hardly by the server: its system sends no such RST`,
    explanation: `The SYN-ACK is of Linux, which tells a socket’s window also in the RST that ends it (${told} bytes here), and acknowledges nothing where it knows of no socket. This RST acknowledges, and tells a window of zero: a firewall, load balancer or intrusion prevention on the way sends such a RST.`,
    evidence: evidence(judged, 'SYN-ACK, with the options of Linux in their order', 'RST with ACK, window 0'),
  }
}

function evidence(judged: Case, ofAnswer: string, ofReset: string): Telling['evidence'] {
  const answer = judged.flow.signals(Signal.SYN_ACK)[0]
  return [
    ...(answer === undefined ? [] : [judged.seen(ofAnswer, [answer.frame])]),
    judged.seen(ofReset, [judged.serverReset!.frame]),
  ]
}

const isForeign = (judged: Case): boolean => distances(judged) !== null || isUnlikeItsSystem(judged)

/**
 * On Linux a socket's RST tells its window, which never shrinks to zero while it is open, and the RST that answers what no socket
 * takes has no ACK (measured): one with ACK and a window of zero is another system's.
 */
function isUnlikeItsSystem(judged: Case): boolean {
  const { flow, serverReset, isLocal } = judged
  if (serverReset === undefined || isLocal || isEnding(flow) || isAnsweredByProxy(flow)) return false
  // Where not a word was said `reset-unspoken` names devices anyway.
  if (!flow.has(State.HANDSHAKE) || flow.payload(flow.client) === 0) return false
  if (flow.has(State.ZERO_WINDOW << flow.server)) return false
  // What is on its way may fill what was told of the window, but for less than one of its units.
  const open = toldWindow(flow) - flow.outstanding(flow.client)
  if (open < 2 ** (flow.syn(flow.server)?.scale ?? 0)) return false
  const { value } = serverReset
  const hasAck = (value & RstShape.ACK) !== 0
  return hasAck && (value & RstShape.WINDOW) === 0 && familyOf(flow, flow.server) === 'linux'
}

/** The server's window in bytes as it last told it; that of its SYN-ACK, which is never scaled, if it told no other. */
const toldWindow = (flow: FlowView): number => flow.window(flow.server) || (flow.syn(flow.server)?.window ?? 0)

/** The two times to live, where they tell of different distances; else null. */
function distances({ flow, serverReset, isLocal }: Case): Distances | null {
  if (serverReset === undefined || isLocal || isEnding(flow)) return null
  // Then not the RST is the foreign one of the two.
  if (isAnsweredByProxy(flow)) return null
  const synAck = flow.syn(flow.server)?.ttl ?? 0
  const word = (flow.signals(Signal.REPLY)[0]?.value ?? 0) >>> ReplyShape.TTL
  const rst = (serverReset.value >>> RstShape.TTL) & 255
  if (!flow.has(State.SYN_ACK << flow.server) || synAck === 0 || rst === 0) return null
  // What speaks came from there, too: the SYN-ACK was a proxy's, or the route changed.
  if (word !== 0 && routers(word) === routers(rst)) return null
  return routers(synAck) === routers(rst) ? null : { synAck, rst }
}

/** After a FIN nobody was cut off. */
const isEnding = (flow: FlowView): boolean => flow.has(State.FIN) || flow.has(State.FIN << 1)

/** How many routers a packet passed, if its sender used the next higher usual value. */
const routers = (ttl: number): number => INITIAL_TTLS.find((initial) => initial >= ttl)! - ttl
