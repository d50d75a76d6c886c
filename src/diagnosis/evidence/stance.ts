import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'

/**
 * The server sent payload, in the capture or by what the client acknowledged. The one number that a client acknowledges when it has
 * closed may be that of a FIN which the capture lacks.
 */
export const isServed = (flow: FlowView): boolean =>
  (flow.payload(flow.server) > 0 ||
    flow.has(State.UNSEEN_REPLY) ||
    flow.acknowledged(flow.server) > (flow.has(State.FIN << flow.client) ? 1 : 0)) &&
  // One socket acknowledges its own words.
  !flow.isItsOwnPeer

/** A SYN that nothing answers. */
export const isUnansweredSyn = (flow: FlowView): boolean =>
  flow.has(State.SYN << flow.client) && flow.packets(flow.server) === 0 && flow.payload(flow.client) === 0

/** The handshake was completed, or the capture begins after it, or lacks parts of it: then the server's system took data. */
export const isEstablished = (flow: FlowView): boolean =>
  flow.has(State.HANDSHAKE) ||
  isMidstream(flow) ||
  (flow.acknowledged(flow.client) > 0 && (flow.has(State.SYN_ACK << flow.server) || flow.payload(flow.client) > 0))

/** The capture holds no SYN of the flow. */
export const isMidstream = (flow: FlowView): boolean => !flow.has(State.ROLES_KNOWN)

/**
 * Linux gives clients ports from here on (net.ipv4.ip_local_port_range); Windows, macOS and the BSDs begin higher. Written out
 * for the assembly by the build.
 * @public
 */
export const FIRST_EPHEMERAL = 32_768

/** Neither a SYN nor the ports tell who is the server: who spoke first in the capture is taken for the client. */
export const areRolesGuessed = (flow: FlowView): boolean =>
  isMidstream(flow) && flow.port(flow.server) >= FIRST_EPHEMERAL

/** Established, and the server never sent a byte. */
export const isMute = (flow: FlowView): boolean =>
  isEstablished(flow) && !isServed(flow) && flow.packets(flow.server) > 0

/**
 * The server's SYN-ACK told a window of zero, and nothing that it sent since told another. Lists without windows have none
 * of the client either.
 */
export const hasUnopenedWindow = (flow: FlowView): boolean =>
  !isServed(flow) &&
  flow.syn(flow.server)?.window === 0 &&
  flow.window(flow.server) === 0 &&
  flow.window(flow.client) > 0

/** No socket begins with a window of zero: a device answered the SYN in the server's name, and what follows may be the server's. */
export const isAnsweredByProxy = (flow: FlowView): boolean => flow.syn(flow.server)?.window === 0

/**
 * The client sent something. On a connection that is older than the capture one byte alone is a keep-alive's: it carries
 * one of garbage on some systems (RFC 9293 §3.8.4), and only the numbers before it would tell.
 */
export const hasAsked = (flow: FlowView): boolean => flow.payload(flow.client) > (isMidstream(flow) ? 1 : 0)

/** Mute, and the client sent something. */
export const isUnanswered = (flow: FlowView): boolean => isMute(flow) && hasAsked(flow)

/** A client that is gone resets what still comes: it had shut both its sides before, and nobody got the answer. */
export const gaveUp = (flow: FlowView): boolean =>
  flow.has(State.DATA_AFTER_FIN) && flow.has(State.RST << flow.client) && flow.outstanding(flow.server) > 0
