import type { Confidence } from '../../diagnosis/verdict.ts'
import type { LogRule } from '../log-rule.ts'
import { lines, namedSocket, socketName } from '../scene.ts'
import { slotRaces } from '../sockets/slot-race.ts'
import type { SlotWrite, SocketLife } from '../sockets/socket-life.ts'

/** A call, and what it returned. */
const CALL = 'call-stored'

/** 0 is the first place of a table, and what many calls return when they succeed; a place that its line names is one. */
const mayBeStatus = ({ slot, event }: SlotWrite): boolean =>
  slot === 0 && event.pattern === CALL && !/slot|index|idx|entry|position/i.test(event.text)

/** That the process looks for it in vain makes any of them surer. An entry that moves may have been given a place that was freed. */
function surenessOf({ notMatched }: SocketLife, overwrittenBy: SlotWrite): Confidence {
  const isMissed = notMatched.length > 0
  if (mayBeStatus(overwrittenBy) || overwrittenBy.moves) return isMissed ? 'likely' : 'suspected'
  return isMissed ? 'certain' : 'likely'
}

export const listenerOverwritten: LogRule = {
  id: 'listener-overwritten',
  title: 'The listening socket lost its place in the socket table',
  severity: 'error',
  meaning:
    'The slot that held the listening socket was given to another one. The socket itself still listens, so the kernel goes ' +
    'on completing handshakes for it; but whoever looks the socket up in the table no longer finds it and cannot accept.',
  lookAlikes: [
    'A listener that was moved to another slot on purpose: then a later line stores it again, and connections are accepted.',
    'A call that returns 0 because it succeeded, and not because it took place 0: then all its calls return 0.',
  ],
  nextSteps: [
    'Check for a “not matched” line of this socket, and for any accept after the overwriting line',
    'Store the listening socket outside of the table that connections share',
  ],
  reference: 'CWE-362; POSIX accept()',
  *examine(scene) {
    for (const process of scene.processes)
      for (const { slot, listener } of slotRaces(process)) {
        if (!listener) continue
        const { life, stored, overwrittenBy } = listener
        const taker = socketName(overwrittenBy.life?.handle ?? null)
        const thread = overwrittenBy.event.thread === null ? '' : `, by thread ${overwrittenBy.event.thread}`
        const storing = ({ event }: SlotWrite) =>
          lines(process, [event], `the listening ${namedSocket(life.handle)} is stored in slot ${slot}`)
        const taking = lines(process, [overwrittenBy.event], `${taker} is stored in slot ${slot}${thread}`)
        const listening = life.listening ? [lines(process, [life.listening], 'this is the socket that listens')] : []
        yield {
          confidence: surenessOf(life, overwrittenBy),
          title: `Listening ${namedSocket(life.handle)} was overwritten in slot ${slot} by ${taker}${thread}`,
          stream: null,
          log: process.log,
          evidence: stored ? [storing(stored), taking, ...listening] : [taking, ...listening],
        }
      }
  },
}
