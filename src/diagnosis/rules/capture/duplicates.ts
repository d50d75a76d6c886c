import type { CaptureRule } from '../../rule.ts'

/** Packets that the capture holds twice. */
export const captureDuplicates: CaptureRule = {
  id: 'capture-duplicates',
  title: 'Packets were recorded twice',
  severity: 'note',
  meaning:
    'The same packet (same IP identification, checksum and numbers) stands in the capture twice within a millisecond: two interfaces, two hooks of one system, or a mirror port of both directions. They are counted once here; Wireshark calls them retransmissions and duplicate ACKs.',
  lookAlikes: ['A retransmission: it comes a time-out (200 ms and more) later, with an IP identification of its own.'],
  nextSteps: ['editcap -d removes them; or capture on one interface (not “any”).'],
  reference: 'RFC 6298 §2; measured on Linux’s “any” device',
  examine: ({ duplicates, tcpPackets }) =>
    duplicates === 0
      ? null
      : {
          title: `${duplicates} of ${tcpPackets} TCP packets were recorded twice`,
          explanation: 'They are taken for one packet each: nothing below is a retransmission because of them.',
          confidence: 'certain',
          evidence: [],
        },
}
