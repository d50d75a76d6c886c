import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { Fact } from '../fact.ts'
import type { FlowRule } from '../rule.ts'
import { hostSteps, noAcceptSignature } from './no-accept-signature.ts'

/** One greeting may be a push by chance; two of two are the protocol. */
const LEAST_GREETED = 2
/** RFC 6298 §2.1's first time-out: until then a greeting may be lost and under way again. */
const PATIENCE = 1e9
/** A greeting takes its time (a name is looked up); so many times the longest that was seen it does not take. */
const BEYOND_HABIT = 3

/** The listener's other clients were greeted by it, this one waits: it says nothing because it was told nothing. */
export function lacksGreeting(judged: Case): boolean {
  const { flow, life } = judged
  if (life.greeted < LEAST_GREETED || life.greeted < life.served || !flow.has(State.HANDSHAKE)) return false
  if (flow.payload(0) + flow.payload(1) > 0 || flow.has(State.FIN << flow.server)) return false
  return judged.end - flow.firstTime > Math.max(PATIENCE, BEYOND_HABIT * life.longestGreeting)
}

/** A protocol in which the server speaks first, and a connection on which it does not. */
export const greetingMissing: FlowRule = {
  id: 'greeting-missing',
  title: 'The server’s greeting does not come',
  severity: 'error',
  meaning:
    'On this port the server speaks first, as in SMTP, FTP, SSH and MySQL; on this connection its system completed the handshake and nothing came. The client waits for the greeting, so it sends nothing, and no data shows that nobody reads: the missing greeting is what shows that no process took the connection.',
  lookAlikes: [
    'A slow greeting (a name is looked up, a load is limited): it comes within seconds.',
    'TCP_DEFER_ACCEPT on a protocol in which the server speaks first: the SYN-ACK is repeated.',
    'A connection that is opened in reserve, or by a health check: its client does not wait.',
  ],
  nextSteps: noAcceptSignature.nextSteps,
  reference: 'RFC 5321 §3.1, RFC 4253 §4.2; docs/verdicts.md',
  needs: [Fact.IDLE],
  fires: (judged, verdict) => verdict === 'idle' && lacksGreeting(judged),
  confidence: 'likely',
  tell: (judged) => {
    const { flow, life } = judged
    const handshake = flow.signals(Signal.HANDSHAKE).map(({ frame }) => frame)
    return {
      title: `${judged.name}: connected, and not greeted for ${formatDuration(judged.end - flow.firstTime)}`,
      explanation: `${counted(life.greeted, 'other connection')} to the port ${life.greeted === 1 ? 'was' : 'were'} greeted by the server, after ${formatDuration(life.longestGreeting)} at most. Never accepted fits; packets alone cannot prove it.`,
      evidence: [judged.seen('the handshake, after which the server says nothing', handshake)],
      nextSteps: hostSteps(judged),
    }
  },
}
