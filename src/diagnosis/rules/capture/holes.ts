import type { CaptureRule } from '../../rule.ts'

/** Bytes that the other end acknowledged and the capture does not hold. */
export const captureHoles: CaptureRule = {
  id: 'capture-holes',
  title: 'The capture lacks packets that were received',
  severity: 'note',
  meaning:
    'The receiver acknowledged bytes that no packet of the capture carries and that were never sent again: the sniffer lost them, not TCP. Connections with such holes are not called unanswered.',
  lookAlikes: ['Loss on the network: then the bytes are sent again.'],
  nextSteps: [
    'Capture with a larger buffer; on a loopback interface without immediate mode and at the default snap length bursts get lost.',
  ],
  reference: 'RFC 9293 §3.4: what is acknowledged was received',
  examine: ({ holed, flows }) =>
    holed.count === 0
      ? null
      : {
          title: `${holed.count} of ${flows} connections have bytes that were acknowledged and not captured (tcp.stream ${holed.streams.join(', ')}${holed.count > holed.streams.length ? ', …' : ''})`,
          explanation: 'The sniffer lost these packets.',
          confidence: 'certain',
          evidence: [],
        },
}
