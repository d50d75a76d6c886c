import type { LogRule } from '../log-rule.ts'
import { frames, lines } from '../scene.ts'
import { isAnsweredUnseen } from '../verdicts/accepted.ts'

export const answerUnseen: LogRule = {
  id: 'answer-unseen',
  title: 'The log shows an answer that no packet shows',
  severity: 'error',
  meaning:
    'The process accepted the connection and wrote an answer by its log, and the capture holds no byte of it: the answer was ' +
    'lost between the process and the capturing point. The process is not what is silent here.',
  lookAlikes: [
    'A log that tells of an answer before it is sent: then it waits in the process, or for a window that is closed.',
    'A line that speaks of another connection of the same handle.',
  ],
  nextSteps: [
    'Capture on the server itself: does the answer leave it?',
    'If it does: look for a firewall, a route back or a smaller MTU between the two capturing points',
  ],
  reference: 'docs/verdicts.md',
  *examine(scene) {
    for (const facts of scene.facts) {
      if (!isAnsweredUnseen(facts) || !facts.accepted || !facts.process) continue
      const { wire } = facts
      yield {
        confidence: 'likely',
        title: `The connection of port ${wire.connection.client.port} was answered by the log, and the capture shows no answer`,
        stream: wire.connection.stream,
        log: facts.process.log,
        evidence: [
          lines(facts.process, facts.accepted.sent, 'answers'),
          frames([...wire.clientPushes.slice(0, 11), wire.lastClientPush], 'requests, of which none is answered here'),
        ],
      }
    }
  },
}
