import { analysisNames } from '../flow/analysis/analysis-flag.ts'
import type { Current } from '../flow/current.ts'
import type { TcpAnalysis } from '../flow/tcp-analysis.ts'
import { Flag } from '../packet/packet.ts'
import { controlNames } from './segment-info.ts'

/** What every frame has. */
export interface FrameRecord {
  readonly frame: number
  readonly capture: number
  /** RFC 3339, with the capture's precision. */
  readonly time: string
  readonly source: string
  readonly destination: string
  readonly length: number
  readonly protocol: string
  readonly info: string
}

/** One packet as `packets --format ndjson` tells of it. Its schema: schemas/packets.schema.json. */
export function packetRecord(
  frame: FrameRecord,
  current: Current,
  analysis: TcpAnalysis,
  port: (port: number) => number | string,
): object {
  const { packet } = current
  return {
    frame: frame.frame,
    capture: frame.capture,
    time: frame.time,
    stream: current.flow,
    source: frame.source,
    sourcePort: port(packet.sourcePort),
    destination: frame.destination,
    destinationPort: port(packet.destinationPort),
    length: frame.length,
    protocol: frame.protocol,
    flags: packet.flags === 0 ? '' : controlNames(packet, ','),
    seq: analysis.seq >>> 0,
    ack: analysis.ack >>> 0,
    window: analysis.window,
    payloadLength: packet.payloadLength,
    analysis: analysisNames(analysis.flags),
    ...measures(analysis, packet.flags),
    info: frame.info,
  }
}

/** What is known of this segment alone: each field is there only where it is. */
function measures(analysis: TcpAnalysis, control: number): object {
  const reading = analysis.reading()
  return {
    ...(reading !== null && { reading }),
    ...((control & Flag.SYN) === 0 && { windowScale: analysis.scale < 0 ? analysis.scale : 1 << analysis.scale }),
    ...(analysis.acksFrame !== 0 && { acksFrame: analysis.acksFrame, ackRttMs: analysis.ackRtt / 1e6 }),
    ...(!Number.isNaN(analysis.initialRtt) && { initialRttMs: analysis.initialRtt / 1e6 }),
    ...(analysis.bytesInFlight !== 0 && {
      bytesInFlight: analysis.bytesInFlight,
      pushBytesSent: analysis.pushBytesSent,
    }),
    ...(analysis.rtoFrame !== 0 && { rtoMs: analysis.rto / 1e6, rtoFrame: analysis.rtoFrame }),
    ...(analysis.duplicateAckNumber !== 0 && {
      duplicateAckNumber: analysis.duplicateAckNumber,
      duplicateAckFrame: analysis.duplicateAckFrame,
    }),
  }
}
