import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import type { LogRule } from '../log-rule.ts'
import { lines, socketName } from '../scene.ts'
import { type SlotRace, slotRaces } from '../sockets/slot-race.ts'

function title(race: SlotRace): string {
  const who = race.threads.length > 1 ? ` by ${race.threads.length} threads` : ''
  const when = race.spread === null ? '' : ` within ${formatDuration(Math.max(race.spread, race.process.file.tick))}`
  return `Slot ${race.slot} was given to ${takers(race)}${who}${when}, none of them detached or closed between`
}

/** A socket may have been stored more than once, as where a search and the store behind it each have a line. */
function takers({ writes }: SlotRace): string {
  const sockets = new Set(writes.map((write) => write.life ?? write)).size
  return `${counted(sockets, 'socket')}${sockets < writes.length ? ` in ${writes.length} stores` : ''}`
}

export const slotWrittenTwice: LogRule = {
  id: 'slot-written-twice',
  title: 'Two sockets stored in one slot of the socket table',
  severity: 'error',
  meaning:
    'The process keeps its sockets in a table and stored a second socket where a living one stood. Several threads that ' +
    'look for a free slot and then take it, without a lock around both, do exactly this: all of them see the same slot ' +
    'free (check-then-act race). Only the last one stored is found again; the others stay open and are never served.',
  lookAlikes: [
    'A table per thread or per listener numbers its slots alike: then each thread writes its own slot 0 and nothing is ' +
      'lost. A log that does not write detach or close lines looks the same. A socket that is later reported as not matched, ' +
      'or never served again, tells them apart.',
  ],
  nextSteps: [
    'Look at the code that searches a free slot and stores the socket: one lock must cover both',
    'Log the socket handle and the table’s address in the same line as the slot',
  ],
  reference: 'CWE-362, CWE-367 (time-of-check time-of-use)',
  *examine(scene) {
    for (const process of scene.processes)
      for (const race of slotRaces(process)) {
        // Of one store alone it is known only what it says it replaced.
        if (race.writes.length < 2) continue
        const shown = race.writes.map((write) => {
          const thread = write.event.thread === null ? '' : `thread ${write.event.thread} stores `
          return lines(
            process,
            [write.event],
            `${thread}${socketName(write.life?.handle ?? null)} in slot ${race.slot}`,
          )
        })
        const [first, ...rest] = shown
        if (!first) continue
        const lost = race.writes.some((write) => (write.over?.notMatched.length ?? 0) > 0)
        const sameMoment = race.spread !== null && race.spread <= process.file.tick
        yield {
          confidence: lost || (sameMoment && race.threads.length > 1) ? 'likely' : 'suspected',
          title: title(race),
          stream: null,
          log: process.log,
          evidence: [first, ...rest],
        }
      }
  },
}
