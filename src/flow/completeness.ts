import { Flag } from '../packet/packet.ts'
import type { Current } from './current.ts'

/** Wireshark's bits of `tcp.completeness`. */
export const Completeness = { SYN: 1, SYN_ACK: 2, ACK: 4, DATA: 8, FIN: 16, RST: 32 } as const

const NAMES: readonly (readonly [bit: number, name: string])[] = [
  [Completeness.SYN, 'SYN'],
  [Completeness.SYN_ACK, 'SYN-ACK'],
  [Completeness.ACK, 'ACK'],
  [Completeness.DATA, 'DATA'],
  [Completeness.FIN, 'FIN'],
  [Completeness.RST, 'RST'],
]

const ESTABLISHED = Completeness.SYN | Completeness.SYN_ACK | Completeness.ACK

/** The bits that a packet adds to its conversation, as `tshark -2` counts them: a SYN in the first packet alone. */
export function completenessOf({ packet, reused }: Current, isFirst: boolean): number {
  const { flags, payloadLength } = packet
  const opening = flags & (Flag.SYN | Flag.ACK)
  let bits = 0
  if (isFirst && opening === Flag.SYN) {
    // Fast Open; on ports that were used before Wireshark does not look.
    bits = payloadLength > 0 && !reused ? Completeness.SYN | Completeness.DATA : Completeness.SYN
  }
  if (opening === (Flag.SYN | Flag.ACK)) bits |= Completeness.SYN_ACK
  if (opening === Flag.ACK) bits |= payloadLength > 0 ? Completeness.DATA : Completeness.ACK
  if ((flags & (Flag.FIN | Flag.ACK)) === (Flag.FIN | Flag.ACK)) bits |= Completeness.FIN
  if ((flags & Flag.RST) !== 0) bits |= Completeness.RST
  return bits
}

/** The names of the bits, in the order of a connection's life. */
export const completenessNames = (bits: number): string[] =>
  NAMES.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name)

/** Wireshark's words for a conversation's bits. */
export function completenessText(bits: number): string {
  if (bits === Completeness.SYN) return 'Incomplete, SYN_SENT'
  if (bits === (Completeness.SYN | Completeness.SYN_ACK)) return 'Incomplete, CLIENT_ESTABLISHED'
  if (bits === ESTABLISHED) return 'Incomplete, ESTABLISHED'
  if (bits === (ESTABLISHED | Completeness.DATA)) return 'Incomplete, DATA'
  const ended = (bits & (Completeness.FIN | Completeness.RST)) !== 0
  if ((bits & ESTABLISHED) !== ESTABLISHED || !ended) return 'Incomplete'
  return (bits & Completeness.DATA) === 0 ? 'Complete, NO_DATA' : 'Complete, WITH_DATA'
}
