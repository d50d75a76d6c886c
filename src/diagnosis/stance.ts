import type { FlowView } from '../flow/flow-view.ts'
import { State } from '../flow/row.ts'

/** The server sent payload, in the capture or by what the client acknowledged. */
export const isServed = (flow: FlowView): boolean =>
  flow.payload(flow.server) > 0 || flow.has(State.UNSEEN_REPLY) || flow.acknowledged(flow.server) > 0

/** The handshake was completed, or the capture begins after it. */
export const isEstablished = (flow: FlowView): boolean =>
  flow.has(State.HANDSHAKE) ||
  isMidstream(flow) ||
  (flow.has(State.SYN_ACK << flow.server) && flow.acknowledged(flow.client) > 0)

/** The capture holds no SYN of the flow. */
export const isMidstream = (flow: FlowView): boolean => !flow.has(State.ROLES_KNOWN)

/** Established, and the server never sent a byte. */
export const isMute = (flow: FlowView): boolean =>
  isEstablished(flow) && !isServed(flow) && flow.packets(flow.server) > 0

/** Mute, and the client sent something. */
export const isUnanswered = (flow: FlowView): boolean => isMute(flow) && flow.payload(flow.client) > 0

/** Packets of one end alone were captured, though the other must have sent some. */
export function isOneSided(flow: FlowView): boolean {
  if (flow.packets(flow.client) === 0) return true
  if (flow.packets(flow.server) > 0) return false
  return !flow.has(State.SYN << flow.client) || flow.payload(flow.client) > 0 || flow.has(State.ACK_SET << flow.client)
}
