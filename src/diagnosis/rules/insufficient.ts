import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'

/** One end's packets alone were captured: what the other did cannot be told. */
export const oneSided: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.ONE_SIDED],
  holds: 'certain',
  candidates: ({ flow }) => [
    {
      verdict: 'healthy',
      standing: 'possible',
      reasons: [
        flow.packets(flow.client) === 0
          ? 'nothing that the client sent was captured'
          : 'nothing that the server sent was captured, though the client acknowledges it',
      ],
    },
  ],
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
      explanation: 'What the other end sent is not in the capture, so that nothing can be said of it.',
      evidence: [
        judged.seen('the first and the last packet, of one direction both', [
          judged.flow.firstFrame,
          judged.flow.lastFrame,
        ]),
      ],
    }),
  },
}
