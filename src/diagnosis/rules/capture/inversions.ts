import type { CaptureRule } from '../../rule.ts'

/** Replies that stand in the file before what they reply to. */
export const captureInversions: CaptureRule = {
  id: 'capture-inversions',
  title: 'Replies were recorded before their causes',
  severity: 'note',
  meaning:
    'SYN-ACKs stand before their SYNs, or acknowledgments before the data that they acknowledge: the order in the file is not the order on the wire. RawCap does so on newer Windows, and so do merged captures. No conclusion is drawn from the order here; Wireshark shows spurious retransmissions and ACKs of unseen segments.',
  lookAlikes: ['Reordering on the network: it swaps packets of one direction.'],
  nextSteps: ['reordercap helps where the stamps are right; else trust sequence numbers more than the order.'],
  reference: 'Measured on RawCap captures: up to 24 % of acknowledgments',
  examine: ({ inversions, tcpPackets }) =>
    inversions === 0
      ? null
      : {
          title: `${inversions} of ${tcpPackets} TCP packets were recorded after what answers them`,
          explanation: 'Delays between the two directions are not known better than the capture’s clock.',
          confidence: 'certain',
          evidence: [],
        },
}
