import type { CaptureRule } from '../../rule.ts'

/** Frames cut by the snap length. */
export const captureCutFrames: CaptureRule = {
  id: 'capture-cut-frames',
  title: 'Frames were cut by the snap length',
  severity: 'note',
  meaning:
    'The capture holds only the beginning of these frames. Headers suffice for sequence numbers and windows; what was said is not known.',
  lookAlikes: ['A capture cut at its end: that concerns its last frame alone, and is told as such.'],
  nextSteps: ['Capture with tcpdump -s 0 where payload matters.'],
  reference: 'pcap: captured length below original length',
  examine: ({ captures }) => {
    const cut = captures.reduce((sum, capture) => sum + capture.cutFrames, 0)
    // A packet list holds no payload at all; it says so itself.
    if (cut === 0 || captures.every(({ format }) => format === 'packet-list')) return null
    const packets = captures.reduce((sum, capture) => sum + capture.packets, 0)
    return {
      title: `${cut} of ${packets} frames were cut by the snap length`,
      explanation: 'Lengths are taken from the headers.',
      confidence: 'certain',
      evidence: [],
    }
  },
}
