import type { FlowView } from '../../flow/flow-view.ts'
import { Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import type { Case } from '../case.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/** Beyond one second a person waits (Nielsen's second limit) and TCP's first time-out would have run out. */
const LATE = 1e9
/** Some answers may be quick: late ones still rule a connection that is spent waiting. */
const MOST_OF_THE_TIME = 0.5

/** Every request is answered, late. */
export const slowResponder: VerdictRule = {
  verdict: 'slow-responder',
  needs: [Fact.LATE],
  holds: ({ flow }) => {
    if (flow.answered === 0 || flow.hasUnseen(flow.server) || longest(flow) < LATE) return null
    if (mean(flow) >= LATE) return 'certain'
    return waited(flow) > MOST_OF_THE_TIME * (flow.lastTime - flow.firstTime) ? 'likely' : null
  },
  candidates: ({ flow }) => [
    {
      verdict: 'slow-responder',
      standing: 'supported',
      reasons: [`${flow.answered} answers after ${formatDuration(mean(flow))} on average`],
    },
    { verdict: 'healthy', standing: 'possible', reasons: ['the protocol may wait on purpose (long polling)'] },
  ],
  finding: {
    id: 'slow-responder',
    title: 'The server answers late',
    severity: 'warning',
    meaning:
      'Every request is answered, but late: the time passes between the kernel’s acknowledgment and the application’s answer, not on the network.',
    lookAlikes: [
      'Long polling: the server waits on purpose until there is something to tell.',
      'A slow network: there the acknowledgment is late too.',
    ],
    nextSteps: [
      'Profile the request on the server.',
      'Wireshark: Statistics → Service Response Time, or tcp.time_delta > 1',
    ],
    reference: 'RFC 6298 §2.1',
    tell: (judged: Case) => {
      const { flow } = judged
      return {
        title: `${judged.name}: ${flow.answered} requests answered after ${formatDuration(mean(flow))} on average`,
        explanation: `The longest took ${formatDuration(longest(flow))}; the kernel acknowledged the requests meanwhile.`,
        confidence: 'certain',
        evidence: [judged.signalled('late answers', Signal.LATE_REPLY, flow.server)],
      }
    },
  },
}

/** Time spent waiting for answers. */
const waited = (flow: FlowView): number => flow.firstResponse + flow.laterResponse * (flow.answered - 1)

/** Mean response time, the first one included. */
const mean = (flow: FlowView): number => waited(flow) / flow.answered

const longest = (flow: FlowView): number => Math.max(flow.firstResponse, flow.longestResponse)
