import { Flag } from '../packet/packet.ts'
import type { Current } from './current.ts'
import { sideBase } from './flow-table.ts'
import type { Flows } from './flows.ts'
import { ROW_WORDS, Row, Side, State } from './row.ts'
import { advance, distance } from './sequence.ts'
import { Signal } from './signal-log.ts'

/**
 * Bits above a RST's window in its signal's value: what tells a kernel's refusal from an aborted socket's last word, and
 * from `TTL` on, in eight bits, how far it came.
 */
export const RstShape = { WINDOW: 0xffff, ACK: 1 << 16, IP_ID_ZERO: 1 << 17, TTL: 18 } as const

/** Takes a FIN, after the payload that came with it. */
export function noteFin(flows: Flows, current: Current): void {
  const packet = current.packet
  const words = flows.table.words
  const base = current.flow * ROW_WORDS
  const own = sideBase(current.flow, current.side)
  const after = advance(packet.seq, packet.payloadLength + 1)
  const known = (words[base + Row.STATE]! & (State.SEQ_SET << current.side)) !== 0
  if (!known || distance(after, words[own + Side.NEXT_SEQ]!) > 0) words[own + Side.NEXT_SEQ] = after
  words[base + Row.STATE]! |= (State.FIN << current.side) | (State.SEQ_SET << current.side)
  flows.signal(current, Signal.FIN, (packet.flags & Flag.ACK) !== 0 ? packet.ack : packet.seq)
  if (current.side === flows.clientSide(current.flow)) noteAnsweredFin(flows, current, after)
}

/** The server's payload that acknowledges the client's FIN may have been recorded before it. */
function noteAnsweredFin(flows: Flows, current: Current, after: number): void {
  const words = flows.table.words
  const state = current.flow * ROW_WORDS + Row.STATE
  if ((words[state]! & (State.DATA << (current.side ^ 1))) === 0) return
  if (flows.engine.wasAnsweredBefore(flows.dossier(current.flow), after)) words[state]! |= State.DATA_AFTER_FIN
}

/** Takes a RST. */
export function noteRst(flows: Flows, current: Current): void {
  const packet = current.packet
  flows.table.words[current.flow * ROW_WORDS + Row.STATE]! |= State.RST << current.side
  const acknowledges = (packet.flags & Flag.ACK) !== 0 ? RstShape.ACK : 0
  const noId = packet.ipVersion === 4 && packet.ipId === 0 ? RstShape.IP_ID_ZERO : 0
  flows.signal(current, Signal.RST, packet.window | acknowledges | noId | (packet.ttl << RstShape.TTL))
}
