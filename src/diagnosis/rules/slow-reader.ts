import { Signal } from '../../flow/signal-log.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/** The window closes and opens again: it reads, but slower than the sender sends. */
export const slowReader: VerdictRule = {
  verdict: 'slow-reader',
  needs: [Fact.ZERO_WINDOW],
  holds: ({ flow }) => (flow.zeroWindows > 0 && flow.reopened > 0 ? 'certain' : null),
  candidates: () => [
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
    tell: (judged) => ({
      title: `${judged.name}: the server's window closed ${judged.flow.zeroWindows} times and opened again ${judged.flow.reopened} times`,
      explanation: 'The application reads, but slower than the client sends.',
      confidence: 'certain',
      evidence: [
        judged.signalled('window of zero', Signal.ZERO_WINDOW, judged.flow.server),
        judged.signalled('opened again', Signal.REOPENED, judged.flow.server),
      ],
    }),
  },
}
