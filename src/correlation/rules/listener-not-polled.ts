import { EARLY, PROMPT } from '../clocks/anchor.ts'
import type { LogRule } from '../log-rule.ts'
import { extentOf, listenersOf, timeOf } from '../processes/logged-process.ts'
import { absent, frames, lines, namedSocket } from '../scene.ts'

export const listenerNotPolled: LogRule = {
  id: 'listener-not-polled',
  title: 'A listening socket with waiting connections is never reported readable again',
  severity: 'error',
  meaning:
    'A level-triggered poll reports a listening socket in every round for as long as its accept queue holds a connection. ' +
    'Connections wait, and no later round names it: it is no longer in the poll set.',
  lookAlikes: [
    'Edge-triggered polling (epoll with EPOLLET, kqueue with EV_CLEAR) reports it once per new connection. A log that writes ' +
      'only the first poll result, or a polling thread that hangs, shows the same.',
  ],
  nextSteps: [
    'Check what removes a socket from the poll set when its lookup fails, and whether the polling thread still runs',
  ],
  reference: 'POSIX poll(): level-triggered readiness of a listening socket',
  *examine(scene) {
    for (const process of scene.processes)
      for (const life of listenersOf(process)) {
        const last = life.readable.at(-1)
        if (!last || !process.clock) continue
        const time = timeOf(process, last)
        const unaccepted = scene.facts.filter(
          (facts) =>
            facts.link?.listener === life &&
            facts.accepted === null &&
            facts.acceptGround !== null &&
            facts.wire.established !== null &&
            facts.wire.serverPushes.length === 0,
        )
        const after = process.clock.to - (time ?? 0)
        // The log must go on for longer than a poll round is held up, or its silence means nothing.
        if (time === null || unaccepted.length === 0 || after <= PROMPT + EARLY + process.clock.uncertainty) continue
        yield {
          confidence: life.notMatched.length > 0 ? 'likely' : 'suspected',
          title: `Listening ${namedSocket(life.handle)} is not reported readable again, though ${unaccepted.length === 1 ? 'a connection waits' : `${unaccepted.length} connections wait`}`,
          stream: unaccepted[0]!.wire.connection.stream,
          log: process.log,
          evidence: [
            lines(process, [last], 'the last poll result that names it'),
            frames(
              unaccepted.map((facts) => facts.wire.established),
              'connections that no accept took from its queue',
            ),
            absent(process, `no later poll result names it in ${extentOf(process)}`, []),
          ],
        }
      }
  },
}
