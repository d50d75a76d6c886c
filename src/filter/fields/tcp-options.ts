import { SideState } from '../../flow/analysis/side-state.ts'
import { distance } from '../../flow/sequence.ts'
import { OptionList } from '../../packet/option-list.ts'
import { Protocol, Stop } from '../../packet/packet.ts'
import { OptionKind } from '../../packet/tcp-options.ts'
import {
  bytesField,
  type Fields,
  type MarkField,
  markField,
  marksField,
  Need,
  type NumberField,
  named,
  numberField,
  numbersField,
} from '../field.ts'
import { MPTCP_SUBTYPES, OPTION_KINDS } from '../names/tcp-options.ts'
import type { Scope } from '../scope.ts'

/** A shift above this one is used as this one (RFC 7323 §2.3). */
const MAX_SHIFT = 14
const MIN_HEADER = 20

const isSegment = ({ current: { packet } }: Scope): boolean =>
  packet.protocol === Protocol.TCP && packet.stop === Stop.NONE

/** One list for all filters: it is read anew each time that somebody asks. */
const list = new OptionList()
const read = (scope: Scope): OptionList => list.read(scope.current.packet)
const where =
  (holds: (options: OptionList) => boolean) =>
  (scope: Scope): boolean =>
    isSegment(scope) && holds(read(scope))

const hasOptions = ({ current: { packet } }: Scope): boolean => packet.optionsEnd > packet.transportStart + MIN_HEADER

const ofKind = (kind: number): MarkField =>
  marksField((scope) => {
    if (!isSegment(scope)) return 0
    const { kinds, kindCount } = read(scope)
    let count = 0
    for (let at = 0; at < kindCount; at++) if (kinds[at] === kind) count++
    return count
  })

const hasTimestamps = where((options) => options.hasTimestamps)
const countBlocks = (scope: Scope): number => (isSegment(scope) ? read(scope).sackBlocks : 0)

/** Edges of selective acknowledgments count from the number that the other side's bytes do. */
const edges = (first: number, count: (scope: Scope) => number): NumberField =>
  numbersField('integer', count, (scope, at) => edgeAt(scope, 2 * at + first), Need.PACKETS | Need.ANALYSIS)

function edgeAt({ current, analysis }: Scope, at: number): number {
  const base = analysis!.words[analysis!.reverse + SideState.BASE]!
  return (list.read(current.packet).sackEdges[at]! - base) >>> 0
}

const countRelativeBlocks = (scope: Scope): number =>
  scope.analysis === null || scope.current.flow < 0 ? 0 : countBlocks(scope)

/** A block that tells of bytes received twice (RFC 2883 §4): they lie below the acknowledgment, or within the second block. */
function countRepeatedBlocks(scope: Scope): number {
  if (countRelativeBlocks(scope) === 0) return 0
  const { sackBlocks, sackEdges } = read(scope)
  const [left, right, outerLeft, outerRight] = sackEdges as unknown as readonly [number, number, number, number]
  if (distance(left, scope.current.packet.ack) < 0) return 1
  return sackBlocks > 1 && distance(outerLeft, right) < 0 && distance(right, outerRight) <= 0 ? 1 : 0
}

/** Fields of TCP's options. */
export const TCP_OPTION_FIELDS: Fields = {
  'tcp.options': bytesField(
    'bytes',
    (scope) => (isSegment(scope) && hasOptions(scope) ? 1 : 0),
    (scope) => {
      const { bytes, transportStart, optionsEnd } = scope.current.packet
      scope.found(bytes, transportStart + MIN_HEADER, optionsEnd)
    },
  ),
  'tcp.option_kind': named(
    numbersField(
      'integer',
      (scope) => (isSegment(scope) ? read(scope).kindCount : 0),
      (scope, at) => read(scope).kinds[at]!,
    ),
    OPTION_KINDS,
  ),
  'tcp.options.nop': ofKind(OptionKind.NOP),
  'tcp.options.eol': ofKind(OptionKind.END),
  'tcp.options.mss': ofKind(OptionKind.MSS),
  'tcp.options.mss_val': numberField(
    'integer',
    where(({ mss }) => mss >= 0),
    (scope) => read(scope).mss,
  ),
  'tcp.options.wscale': ofKind(OptionKind.WINDOW_SCALE),
  'tcp.options.wscale.shift': numberField(
    'integer',
    where(({ windowScale }) => windowScale >= 0),
    (scope) => read(scope).windowScale,
  ),
  'tcp.options.wscale.multiplier': numberField(
    'integer',
    where(({ windowScale }) => windowScale >= 0),
    (scope) => 1 << Math.min(read(scope).windowScale, MAX_SHIFT),
  ),
  'tcp.options.sack_perm': ofKind(OptionKind.SACK_PERMITTED),
  'tcp.options.sack': ofKind(OptionKind.SACK),
  'tcp.options.sack_le': edges(0, countRelativeBlocks),
  'tcp.options.sack_re': edges(1, countRelativeBlocks),
  'tcp.options.sack.dsack': marksField(countRepeatedBlocks, Need.PACKETS | Need.ANALYSIS),
  'tcp.options.sack.dsack_le': edges(0, countRepeatedBlocks),
  'tcp.options.sack.dsack_re': edges(1, countRepeatedBlocks),
  'tcp.options.sack.count': numberField('integer', (scope) => countBlocks(scope) > 0, countBlocks),
  'tcp.options.timestamp': ofKind(OptionKind.TIMESTAMPS),
  'tcp.options.timestamp.tsval': numberField('integer', hasTimestamps, (scope) => read(scope).timestampValue >>> 0),
  'tcp.options.timestamp.tsecr': numberField('integer', hasTimestamps, (scope) => read(scope).timestampEcho >>> 0),
  'tcp.options.mptcp': ofKind(OptionKind.MPTCP),
  'tcp.options.mptcp.subtype': named(
    numberField(
      'integer',
      where(({ mptcpSubtype }) => mptcpSubtype >= 0),
      (scope) => read(scope).mptcpSubtype,
    ),
    MPTCP_SUBTYPES,
  ),
  'tcp.options.tfo': ofKind(OptionKind.FAST_OPEN),
  'tcp.options.tfo.request': markField(where(({ fastOpenCookie }) => fastOpenCookie === 0)),
}
