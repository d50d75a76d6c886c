import type { FlowView } from '../../flow/flow-view.ts'
import { hasAsked, isEstablished, isServed } from '../evidence/stance.ts'
import { Fact, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate } from '../verdict.ts'

/** What the server sent: seen, or by what the client acknowledges. */
const said = (flow: FlowView): number => Math.max(flow.payload(flow.server), flow.acknowledged(flow.server))

/** What the client sent, likewise. */
const asked = (flow: FlowView): number => Math.max(flow.payload(flow.client), flow.acknowledged(flow.client))

/** The numbers of the one end tell that the client sent something, and the server nothing, for longer than an answer takes. */
const asksInVain = (flow: FlowView): boolean =>
  said(flow) === 0 && asked(flow) > 1 && flow.lastTime - flow.firstTime > PATIENCE

/** What the numbers that the one end sends and acknowledges prove of the other. */
function told(flow: FlowView): string {
  const whose = flow.packets(flow.client) === 0 ? 'server' : 'client'
  if (said(flow) > 0)
    return `The ${whose}’s numbers tell that the server sent ${said(flow)} bytes, and the client ${asked(flow)}.`
  if (asked(flow) > 1)
    return `The ${whose}’s numbers tell that the client sent ${asked(flow)} bytes, and that no byte of the server came in that time.`
  return 'Its numbers tell of no payload.'
}

function answers(flow: FlowView): Candidate {
  if (said(flow) > 0)
    return {
      verdict: 'healthy',
      standing: 'supported',
      reasons: [`the server sent ${said(flow)} bytes, as sequence and acknowledgment numbers tell`],
    }
  return { verdict: 'healthy', standing: 'possible', reasons: ['what the other end sent was not captured'] }
}

/** What lies behind a server of which no byte came. */
const MUTE: readonly Candidate[] = [
  { verdict: 'ack-only', standing: 'possible', reasons: ['no byte of the server came, by the numbers of one end'] },
  { verdict: 'never-accepted', standing: 'possible', reasons: ['no byte of the server came'] },
  {
    verdict: 'healthy-one-way',
    standing: 'possible',
    reasons: ['a protocol in which the server has nothing to say, or says it on another connection, looks the same'],
  },
]

/** One end's packets alone were captured: what the other did cannot be told. */
export const oneSided: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.ONE_SIDED],
  holds: 'certain',
  candidates: ({ flow }) => (asksInVain(flow) ? MUTE : [answers(flow)]),
  finding: {
    id: 'one-direction',
    title: 'Only one direction was captured',
    severity: 'note',
    meaning:
      'The capture holds packets of one end alone, though that end acknowledges the other: the capturing point sees one direction (asymmetric routing, a mirror port of one direction, a filter on one address).',
    lookAlikes: [
      'A SYN that nothing answers: then the client never gets beyond SYNs, and the verdict is syn-unanswered.',
    ],
    nextSteps: ['Capture on the host itself, without a filter on direction or source address.'],
    reference: 'RFC 9293 §3.4: an acknowledgment proves that the other end sent something',
    confidence: 'certain',
    tell: (judged) => ({
      title: `${judged.name}: only the ${judged.flow.packets(judged.flow.client) === 0 ? 'server' : 'client'}'s packets were captured`,
      explanation: `What the other end sent is not in the capture. ${told(judged.flow)}`,
      evidence: [
        judged.seen('the first and the last packet, of one direction both', [
          judged.flow.firstFrame,
          judged.flow.lastFrame,
        ]),
      ],
    }),
  },
}

/**
 * The capture holds no payload, but the server's system acknowledged some of the client: it was asked something, and when and how
 * long ago is not seen.
 */
export const unseenWords: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.IDLE | Fact.HOLED],
  holds: ({ flow }) =>
    isEstablished(flow) && !isServed(flow) && !hasAsked(flow) && flow.hasUnseen(flow.client) ? 'certain' : null,
  candidates: MUTE,
}
