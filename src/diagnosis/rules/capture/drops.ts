import { counted } from '../../../text/plural.ts'
import type { CaptureRule } from '../../rule.ts'

/** The capturing system says itself that it lost packets. */
export const captureDrops: CaptureRule = {
  id: 'capture-drops',
  title: 'The capturing system dropped packets',
  severity: 'warning',
  meaning: 'The capture’s own interface statistics say that packets were dropped before they could be recorded.',
  lookAlikes: ['Loss on the network: the sender retransmits, and the receiver repeats its acknowledgment.'],
  nextSteps: ['Capture with a larger buffer (tcpdump -B, dumpcap -B), a shorter snap length or a filter.'],
  reference: 'pcapng, interface statistics block, isb_ifdrop and isb_osdrop',
  examine: ({ captures }) => {
    const dropped = captures.flatMap(({ interfaces }) => interfaces).reduce((sum, one) => sum + (one.dropped ?? 0), 0)
    if (dropped === 0) return null
    return {
      title: `${counted(dropped, 'packet')} ${dropped === 1 ? 'was' : 'were'} dropped by the capturing system`,
      explanation: 'What is absent below may have been dropped: absence counts for less in this capture.',
      confidence: 'certain',
      evidence: [],
    }
  },
}
