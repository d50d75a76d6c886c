import type { LogRule } from '../log-rule.ts'
import { frames, lines } from '../scene.ts'
import type { Override } from '../verdict-rule.ts'
import { accepted as judgeAccepted } from '../verdicts/accepted.ts'

/** That it was not read either, where no other rule tells it for sure, leaves what the client sees: no answer. */
const isAnswerMissing = ({ verdict, confidence }: Override): boolean =>
  verdict === 'accepted-no-reply' || (verdict === 'accepted-never-read' && confidence === 'suspected')

export const answerMissing: LogRule = {
  id: 'answer-missing',
  title: 'Accepted, and never answered',
  severity: 'error',
  meaning:
    'The log shows the accept of this connection, the client repeats its request, and the server never sends a byte of ' +
    'payload: the process holds the connection and does not answer it.',
  lookAlikes: [
    'A protocol that goes one way only (metrics, syslog): then the client does not wait, and its messages differ in size.',
    'A process that does not read: then the unread bytes stand in Recv-Q, and the receive window shrinks in the end.',
  ],
  nextSteps: [
    'On Linux: ss -tanp: Recv-Q of 0 means that the process has read what came; more means that it has not',
    'Look for what the handler of this connection waits for',
  ],
  reference: 'docs/verdicts.md',
  *examine(scene) {
    for (const facts of scene.facts) {
      const judged = judgeAccepted(facts, scene)
      if (!judged || !isAnswerMissing(judged) || !facts.accepted || !facts.process) continue
      const { wire } = facts
      yield {
        confidence: judged.confidence,
        title: `The connection of port ${wire.connection.client.port} was accepted and never answered`,
        stream: wire.connection.stream,
        log: facts.process.log,
        evidence: [
          lines(
            facts.process,
            [facts.accepted.accepted!, ...facts.accepted.received],
            'accepted, and what was read of it',
          ),
          frames(
            [...wire.clientPushes.slice(0, 11), wire.lastClientPush],
            'requests; the server sends no byte of payload',
          ),
        ],
      }
    }
  },
}
