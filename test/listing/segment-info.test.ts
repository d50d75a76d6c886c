import { describe, expect, it } from 'vitest'
import { startEngine } from '../../src/engine/start-engine.ts'
import { Current } from '../../src/flow/current.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { SegmentInfo } from '../../src/listing/segment-info.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { ipv4, join } from '../support/headers.ts'

const URGENT = ipv4(join(hex('ee69 2328 7c1b0001 00000000 7022 ffff 0000 0005 02040102 01010402'), new Uint8Array(3)))
const ACCURATE_ECN = ipv4(hex('ee69 2328 7c1b0001 00000000 51c2 ffff 0000 0000'))
const IP_HEADER = 20
const CUT = '[Packet size limited during capture]'

/** What is said of a segment of which so many bytes from its header on were captured. */
function captured(bytes: number, segment = URGENT): string {
  const [current, tracker, analysis] = [new Current(), new FlowTracker(startEngine()), new TcpAnalysis()]
  Object.assign(current.frame, frameOf(LinkType.RAW, segment.subarray(0, IP_HEADER + bytes), segment.length))
  new PacketDecoder().decode(current.frame, current.packet)
  current.hash = tracker.flows.table.hash(current.packet)
  tracker.observe(current)
  analysis.visit(current)
  return new SegmentInfo().text(current, analysis, false, String, false)
}

describe('what is said of a segment', () => {
  it('has urgent pointer and length', () => {
    expect(captured(31)).toBe('61033 → 9000 [SYN, URG] Seq=0 Win=65535 Urg=5 Len=3 MSS=258 SACK_PERM')
  })

  it('names the bits of explicit congestion notification, of which AE is the newest', () => {
    expect(captured(20, ACCURATE_ECN)).toBe('61033 → 9000 [SYN, ECE, CWR, AE] Seq=0 Win=65535 Len=0')
  })

  it('goes as far as the snap length left its options', () => {
    expect(captured(24)).toBe(`61033 → 9000 [SYN, URG] Seq=0 Win=65535 Urg=5 Len=3 MSS=258${CUT}`)
    expect(captured(20)).toBe(`61033 → 9000 [SYN, URG] Seq=0 Win=65535 Urg=5 Len=3${CUT}`)
  })

  it('ends with the window where the header ends before its urgent pointer', () => {
    for (const bytes of [16, 17, 18, 19]) expect(captured(bytes)).toBe(`61033 → 9000 [SYN, URG] Seq=0 Win=65535${CUT}`)
  })
})
