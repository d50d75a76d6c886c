import type { LogRule } from '../log-rule.ts'
import { lines, socketName } from '../scene.ts'
import { slotRaces } from '../sockets/slot-race.ts'
import type { SocketLife } from '../sockets/socket-life.ts'

/** Nothing of it after it was overwritten: no read, no write, no close, no poll result. */
const isGone = (life: SocketLife, since: number): boolean =>
  life.ended === null && ![...life.received, ...life.sent, ...life.readable].some((event) => event.order > since)

export const socketLeaked: LogRule = {
  id: 'socket-leaked',
  title: 'Overwritten sockets that are never heard of again',
  severity: 'warning',
  meaning:
    'Sockets whose slot was taken by another are not closed, read or written afterwards: the process has lost them. Each ' +
    'costs a descriptor, and its peer waits.',
  lookAlikes: ['A log that writes no close lines, or that ends soon after, cannot show what became of them.'],
  nextSteps: ['Compare the process’s open descriptors (ss -tanp, lsof -p PID, handle.exe) with its table'],
  reference: 'CWE-772',
  *examine(scene) {
    for (const process of scene.processes)
      for (const race of slotRaces(process)) {
        const lost = race.writes.filter((write) => write.over && isGone(write.over, write.event.order))
        const names = lost.map((write) => write.over?.handle ?? '?')
        if (names.length === 0 || !process.file.kinds.has('close')) continue
        yield {
          confidence: 'suspected',
          title: `${names.length === 1 ? socketName(names[0]!) : `Sockets ${names.join(', ')}`} lost: overwritten in slot ${race.slot} and never closed`,
          stream: null,
          log: process.log,
          evidence: [
            lines(
              process,
              lost.map((write) => write.event),
              'the lines that took their place',
            ),
          ],
        }
      }
  },
}
