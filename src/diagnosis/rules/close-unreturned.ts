import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import { closeWaitOf } from '../evidence/close-wait.ts'
import { Fact } from '../fact.ts'
import type { FlowRule } from '../rule.ts'
import { hostSteps, noAcceptSignature } from './no-accept-signature.ts'

/** A client that closes without having said anything, and a process that does not notice. */
export const closeUnreturned: FlowRule = {
  id: 'close-unreturned',
  title: 'The client closed, and the server does not',
  severity: 'warning',
  meaning:
    'The client opened a connection, said nothing, and closed it; the server’s system acknowledged that and no process closed the other end. One that has the socket in hand meets its end at once and closes it. This is what it looks like when the connection was never accepted: a health check that finds the port open all the same, or a client of a protocol in which the server speaks first (SMTP, SSH, MySQL) that has given up waiting for the greeting. Each such connection keeps its place in the accept queue until the process takes it.',
  lookAlikes: [
    'Accepted and never read, or never closed (a leaked descriptor): the same packets; ss shows CLOSE-WAIT with a process.',
    'A stopped process: the connections that it had before are silent, too.',
    'A busy process that closes a little later: then its FIN comes.',
  ],
  nextSteps: noAcceptSignature.nextSteps,
  reference: 'RFC 9293 §3.6, CLOSE-WAIT; measured on Linux (docs/verdicts.md)',
  needs: [Fact.IDLE | Fact.CLIENT_FIN],
  fires: (judged, verdict) => verdict === 'idle' && judged.flow.has(State.HANDSHAKE) && closeWaitOf(judged) > 0,
  confidence: 'likely',
  tell: (judged) => {
    const { flow } = judged
    return {
      title: `${judged.name}: closed by the client without a word, and not by the server for ${formatDuration(closeWaitOf(judged))}`,
      explanation:
        'The server’s system acknowledged the client’s FIN, and no FIN of a process followed. Never accepted fits; packets alone cannot prove it.',
      evidence: [
        judged.signalled('the handshake, completed by the kernel', Signal.HANDSHAKE),
        judged.signalled('the client’s FIN, which the kernel acknowledged', Signal.FIN, flow.client),
      ],
      nextSteps: hostSteps(judged),
    }
  },
}
