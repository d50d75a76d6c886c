import type { FlowView } from '../../flow/flow-view.ts'
import { Signal } from '../../flow/signal-log.ts'
import { times } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/** TCP_RTO_MIN, the shortest wait before a sender probes: what is shorter is ordinary flow control of a fast sender. */
const SHORTEST_PROBE = 200e6
/** Short closings that make up so much of a connection's life still rule its pace. */
const MUCH_OF_ITS_LIFE = 0.1

/** The sender had to wait for the reader, in one long closing or in many short ones. */
function makesWait({ flow }: Case): boolean {
  if (flow.zeroWindows === 0 || flow.reopened === 0) return false
  // Closings beyond those kept, of a window that closes all the time.
  if (flow.probes > 0 || !Number.isNaN(flow.zeroSince)) return true
  const closings = closedFor(flow)
  if (closings.length === 0) return true
  const shown = closings.reduce((sum, closed) => sum + closed, 0)
  const all = (shown / closings.length) * flow.zeroWindows
  return Math.max(...closings) >= SHORTEST_PROBE || all > MUCH_OF_ITS_LIFE * (flow.lastTime - flow.firstTime)
}

/** How long each of the server's closings took of which both ends are kept. */
function closedFor(flow: FlowView): number[] {
  const opened = flow.signals(Signal.REOPENED).filter(({ side }) => side === flow.server)
  const shut = flow.signals(Signal.ZERO_WINDOW).filter(({ side }) => side === flow.server)
  return opened.flatMap(({ time }) => {
    const closed = shut.filter((signal) => signal.time <= time).at(-1)
    return closed === undefined ? [] : [time - closed.time]
  })
}

/** The window closes and opens again: it reads, but slower than the sender sends. */
export const slowReader: VerdictRule = {
  verdict: 'slow-reader',
  needs: [Fact.ZERO_WINDOW],
  holds: (judged) => (makesWait(judged) ? 'certain' : null),
  candidates: [
    { verdict: 'slow-reader', standing: 'supported', reasons: ['the window opened again, so data was read'] },
    { verdict: 'never-accepted', standing: 'contradicted', reasons: ['data was read'] },
  ],
  finding: {
    id: 'slow-reader',
    title: 'The server reads slower than the client sends',
    severity: 'warning',
    meaning:
      'The receive window went to zero and opened again: the application reads, and the sender has to wait for it.',
    lookAlikes: ['A stall: there the window never opens again.'],
    nextSteps: ['Profile the reading side between two openings of the window.', 'Wireshark: tcp.analysis.zero_window'],
    reference: 'RFC 9293 §3.8.6',
    confidence: 'certain',
    tell: (judged) => ({
      title: `${judged.name}: the server’s window closed ${times(judged.flow.zeroWindows)} and opened again ${times(judged.flow.reopened)}`,
      explanation: 'The application reads, but slower than the client sends.',
      evidence: [
        judged.signalled('window of zero', Signal.ZERO_WINDOW, judged.flow.server),
        judged.signalled('opened again', Signal.REOPENED, judged.flow.server),
      ],
    }),
  },
}
