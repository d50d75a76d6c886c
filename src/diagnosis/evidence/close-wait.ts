import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import { PATIENCE } from '../fact.ts'

/**
 * How long the server's end has stayed open since its system acknowledged the client's FIN, in nanoseconds; 0 where it closed,
 * or has not had the time to. The system acknowledges by itself, and then waits for the process (CLOSE-WAIT, RFC 9293 §3.6): one
 * that has the socket and reads meets the end of what the client says at once.
 */
export function closeWaitOf({ flow, end, goesOn }: Case): number {
  const { client, server } = flow
  if (!flow.has(State.FIN_ACKED << client) || flow.has(State.FIN << server)) return 0
  if (flow.has(State.RST << client) || flow.has(State.RST << server)) return 0
  const open = end - flow.oldestSignal(Signal.FIN)
  return goesOn && open > PATIENCE ? open : 0
}
