import { ANALYSIS_FLAGS, ANALYSIS_NAMES } from '../../flow/analysis/analysis-flag.ts'
import type { TcpAnalysis } from '../../flow/tcp-analysis.ts'
import { Protocol } from '../../packet/packet.ts'
import { type Field, type Fields, markField, Need, type NumberType, numberField } from '../field.ts'
import type { Scope } from '../scope.ts'

const NEEDS = Need.PACKETS | Need.ANALYSIS

const analysisOf = ({ current, analysis }: Scope): TcpAnalysis | null =>
  current.flow >= 0 && current.packet.protocol === Protocol.TCP ? analysis : null

const hasFlags = (scope: Scope, bits: number): boolean => ((analysisOf(scope)?.flags ?? 0) & bits) !== 0

/** Where `asks` holds of the packet's analysis. */
const where =
  (asks: (analysis: TcpAnalysis) => boolean) =>
  (scope: Scope): boolean => {
    const analysis = analysisOf(scope)
    return analysis !== null && asks(analysis)
  }

/**
 * A number of the analysis, there where `decides` is: 0 or NaN stands for none. Times are negative where a capture's clock
 * went back.
 */
const outcome = (type: NumberType, read: (analysis: TcpAnalysis) => number, decides = read): Field =>
  numberField(
    type,
    where((analysis) => Math.abs(decides(analysis)) > 0),
    (scope) => read(scope.analysis!),
    NEEDS,
  )

/** Wireshark shows the first round trip where it has something else to say of the segment too. */
const isRemarkable = (analysis: TcpAnalysis): boolean =>
  analysis.flags !== 0 || analysis.acksFrame !== 0 || analysis.bytesInFlight !== 0 || analysis.rtoFrame !== 0

const flags: readonly (readonly [string, Field])[] = ANALYSIS_NAMES.map(([name, bit]) => [
  `tcp.analysis.${name}`,
  markField((scope) => hasFlags(scope, bit), Need.FLAGS),
])

/** What Wireshark says of a segment's place in its stream. */
export const TCP_ANALYSIS_FIELDS: Fields = {
  'tcp.analysis': markField(where(isRemarkable), NEEDS),
  ...Object.fromEntries(flags),
  'tcp.analysis.flags': markField((scope) => hasFlags(scope, ANALYSIS_FLAGS), Need.FLAGS),
  'tcp.analysis.duplicate_ack_num': outcome('integer', (analysis) => analysis.duplicateAckNumber),
  // Frame 0 where the capture lacks the acknowledgment that is repeated.
  'tcp.analysis.duplicate_ack_frame': outcome(
    'integer',
    (analysis) => analysis.duplicateAckFrame,
    (analysis) => analysis.duplicateAckNumber,
  ),
  'tcp.analysis.acks_frame': outcome('integer', (analysis) => analysis.acksFrame),
  'tcp.analysis.ack_rtt': outcome('duration', (analysis) => analysis.ackRtt),
  'tcp.analysis.initial_rtt': outcome('duration', (analysis) => (isRemarkable(analysis) ? analysis.initialRtt : 0)),
  'tcp.analysis.rto': outcome('duration', (analysis) => analysis.rto),
  // Wireshark hides a delay of zero, and with it the frame that it counts from.
  'tcp.analysis.rto_frame': outcome(
    'integer',
    (analysis) => analysis.rtoFrame,
    (analysis) => analysis.rto,
  ),
  'tcp.analysis.bytes_in_flight': outcome('integer', (analysis) => analysis.bytesInFlight),
  'tcp.analysis.push_bytes_sent': outcome('integer', (analysis) => analysis.pushBytesSent),
}
