import type { CaptureRule } from '../../rule.ts'

/** Connections that began before the capture. */
export const captureMidstream: CaptureRule = {
  id: 'capture-midstream',
  title: 'Connections began before the capture',
  severity: 'note',
  meaning:
    'The capture holds no SYN of these connections: who the client is was taken from the ports, windows cannot be scaled, and what was answered before is not known.',
  lookAlikes: ['A capture filter that drops SYNs.'],
  nextSteps: ['Start the capture before the client connects, or let it reconnect.'],
  reference: 'RFC 7323 §2.2: scaling is agreed on in SYNs alone',
  examine: ({ midstream, flows }) =>
    midstream.count === 0
      ? null
      : {
          title: `${midstream.count} of ${flows} connections began before the capture (tcp.stream ${midstream.streams.join(', ')}${midstream.count > midstream.streams.length ? ', …' : ''})`,
          explanation: 'Their handshake is not in it.',
          confidence: 'certain',
          evidence: [],
        },
}
