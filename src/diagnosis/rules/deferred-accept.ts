import { formatDuration } from '../../text/duration.ts'
import { times } from '../../text/plural.ts'
import { deferralOf } from '../evidence/deferral.ts'
import { Fact } from '../fact.ts'
import type { FlowRule } from '../rule.ts'

/** The server's system does not hand a connection over before data has come. */
export const deferredAccept: FlowRule = {
  id: 'deferred-accept',
  title: 'Accept deferred until data comes',
  severity: 'note',
  meaning:
    'The listening socket has TCP_DEFER_ACCEPT: its system does not show a connection to the process before the client has sent data or the time set is over. Until then it repeats its SYN-ACK although the client has acknowledged it. A client that waits for a greeting waits in vain for that time.',
  lookAlikes: [
    'A full accept queue: it does not take the client’s data either, and goes on repeating the SYN-ACK.',
    'A final ACK that was lost on the network: the SYN-ACK comes again once, after the first time-out of 1 s.',
  ],
  nextSteps: [
    'Look for TCP_DEFER_ACCEPT in the server’s source or settings (nginx: listen … deferred; Apache: AcceptFilter).',
    'On the server: ss -tan: the connection stands in SYN-RECV until data comes.',
  ],
  reference: 'Linux tcp(7) TCP_DEFER_ACCEPT, syn_ack_recalc in inet_connection_sock.c; measured (docs/verdicts.md)',
  needs: [Fact.SERVER_REPEATS],
  fires: (judged) => deferralOf(judged) !== null,
  confidence: (judged) => deferralOf(judged)!.confidence,
  tell: (judged) => {
    const found = deferralOf(judged)!
    return {
      title: `${judged.name}: the server’s system kept the connection from accept() until ${found.endedByData ? 'data came' : 'the time set was over'}`,
      explanation: `The client’s ACK had completed the handshake; ${formatDuration(found.after)} later the SYN-ACK was repeated ${times(found.repeated.length)}, and no more after ${found.endedByData ? 'the first data, which was acknowledged at once' : 'that'}: the queue was not full.`,
      evidence: [
        judged.seen(
          'SYN-ACKs repeated after the client had acknowledged',
          found.repeated.map(({ frame }) => frame),
        ),
      ],
    }
  },
}
