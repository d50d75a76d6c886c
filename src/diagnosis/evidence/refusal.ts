import { State } from '../../flow/row.ts'
import { RstShape } from '../../flow/rst-shape.ts'
import type { SignalView } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import { isEstablished, isServed } from './stance.ts'

/** A stack gives up on one connect() within this; the next SYN from the same port is another attempt. */
export const ONE_ATTEMPT = 3e9

/** One may be all that a process wants, which then closes its listener; more wait for somebody to accept them. */
export const MORE_THAN_ONE = 2

/** What Windows starts a packet's time to live with; UNIX systems take 64, network devices 255. */
const WINDOWS_TTL = { above: 64, most: 128 } as const

/** A RST answered the SYN, and no SYN-ACK did, be it in the capture or not: then the server's system would have taken data, or spoken. */
export const isRefusal = ({ flow }: Case): boolean =>
  flow.has((State.SYN << flow.client) | (State.RST << flow.server)) &&
  !flow.has(State.SYN_ACK << flow.server) &&
  !isEstablished(flow) &&
  !isServed(flow)

/** The queue of a Windows system is full: it refuses, while connections to the port wait on unserved. */
export function isRefusedByQueue(judged: Case): boolean {
  const { flow, life, serverReset } = judged
  if (serverReset === undefined || !isRefusal(judged) || isServed(flow)) return false
  if (life.waitingAt(flow.lastTime) < MORE_THAN_ONE || life.lastServed > flow.firstTime) return false
  const ttl = ttlOf(serverReset)
  return ttl > WINDOWS_TTL.above && ttl <= WINDOWS_TTL.most
}

/** 0 where it is not known. */
const ttlOf = ({ value }: SignalView): number => (value >>> RstShape.TTL) & 255

/** The RST's time to live is one that Windows does not begin with, and is not worn so far. */
export function isOfUnix({ serverReset }: Case): boolean {
  const ttl = serverReset === undefined ? 0 : ttlOf(serverReset)
  return ttl > 0 && ttl <= WINDOWS_TTL.above
}
