import type { FlowView } from '../../flow/flow-view.ts'
import { KeepAliveShape } from '../../flow/keep-alive-shape.ts'
import { State } from '../../flow/row.ts'
import { Signal, type SignalView } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import type { Case } from '../case.ts'
import { isEstablished, isServed, isUnanswered } from '../evidence/stance.ts'
import { Fact, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate } from '../verdict.ts'

/** One keep-alive or its answer may be lost, and so may the next: three in a row are not lost by chance. */
const LEAST_IN_VAIN = 3

/** The client asks whether the server's system is still there, and nothing answers. */
export const peerGone: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.DATA_LOST],
  holds: (judged) => (keptAsking(judged) === null ? null : 'likely'),
  candidates,
  finding: {
    id: 'peer-gone',
    title: 'Keep-alives are not answered',
    severity: 'error',
    meaning:
      'The client’s system sends keep-alives, and nothing comes back. A kernel answers them for its process, whatever that does: the system is gone or was restarted, or a device on the way forgot the connection.',
    lookAlikes: [
      'A process that hangs: its kernel answers keep-alives.',
      'A capture that lost the server’s packets: then the next keep-alive comes after the usual pause, not after the shorter one of a repetition.',
      'A probe of a window of zero: it repeats itself, too, and is answered.',
    ],
    nextSteps: [
      'Does the server’s system answer anything at that time: ping, another port, another client?',
      'Look for an idle time-out of a NAT or firewall that is shorter than the pause between keep-alives (net.ipv4.tcp_keepalive_time, KeepAliveTime, TCP_KEEPIDLE).',
      'Capture on the server: do the keep-alives arrive?',
    ],
    reference: 'RFC 9293 §3.8.4; RFC 1122 §4.2.3.6',
    confidence: 'likely',
    tell: (judged) => {
      const { flow } = judged
      const asked = keptAsking(judged)!
      const since = formatDuration(flow.lastTime - asked[0]!.time)
      const gaveUp = flow.has(State.RST << flow.client)
        ? ' The client’s system then gave the connection up with RST.'
        : ''
      return {
        title: `${judged.name}: the server’s system answers no keep-alive any more, for ${since}`,
        explanation: `${sinceThen(flow, asked[0]!) + 1} packets of the client since then got no answer.${gaveUp} A process that hangs does not look like this: its kernel answers.`,
        evidence: [judged.seen('keep-alives without an answer', [...asked.map(({ frame }) => frame), flow.lastFrame])],
      }
    },
  },
}

/** The client's keep-alives since which the server sent nothing, of those that are kept; null where they are too few. */
function keptAsking(judged: Case): readonly SignalView[] | null {
  const { flow } = judged
  if (flow.signalCount(Signal.KEEP_ALIVE) === 0 || !isEstablished(flow) || isUnanswered(flow)) return null
  if (flow.packets(flow.server) === 0 || flow.hasUnseen(flow.server) || hasEnded(flow)) return null
  const heard = flow.packets(flow.server) & KeepAliveShape.HEARD
  const asked = flow
    .signals(Signal.KEEP_ALIVE)
    .filter(({ side, value }) => side === flow.client && (value & KeepAliveShape.HEARD) === heard)
  const [first] = asked
  if (first === undefined || sinceThen(flow, first) < LEAST_IN_VAIN - 1) return null
  return flow.lastTime - first.time > PATIENCE ? asked : null
}

/** Packets that the client sent after one of its keep-alives. */
const sinceThen = (flow: FlowView, { value }: SignalView): number =>
  (flow.packets(flow.client) - (value >>> KeepAliveShape.SENT)) & KeepAliveShape.HEARD

const hasEnded = (flow: FlowView): boolean =>
  flow.has(State.RST << flow.server) || flow.has(State.FIN << flow.client) || flow.has(State.FIN << flow.server)

function candidates({ flow }: Case): readonly Candidate[] {
  const served = isServed(flow)
  return [
    {
      verdict: 'insufficient',
      standing: 'supported',
      reasons: ['no system answers: what the process does cannot be seen from here'],
    },
    {
      verdict: 'peer-stalled',
      standing: 'contradicted',
      reasons: ['the kernel of a process that hangs answers keep-alives'],
    },
    served
      ? { verdict: 'never-accepted', standing: 'contradicted', reasons: ['the server spoke, so it was accepted'] }
      : {
          verdict: 'never-accepted',
          standing: 'possible',
          reasons: ['neither end had said a word while the system was there'],
        },
  ]
}
