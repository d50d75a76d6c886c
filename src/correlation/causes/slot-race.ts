import { formatDuration } from '../../text/duration.ts'
import { lineOf, linesOf } from '../processes/logged-process.ts'
import { namedSocket, socketName } from '../scene.ts'
import { slotRaces } from '../sockets/slot-race.ts'
import type { CauseRule } from './cause.ts'

/** Several sockets stored in one slot, the listening one among the lost. */
export const slotRace: CauseRule = ({ facts, judgement }) => {
  const life = facts.link?.listener
  if (!life || facts.accepted !== null) return null
  const race = slotRaces(facts.link!.process).find((each) => each.listener?.life === life)
  if (!race?.listener) return null
  const { stored, overwrittenBy, apart } = race.listener
  const threads = [stored?.event.thread, overwrittenBy.event.thread].flatMap((thread) => thread ?? [])
  const who = overwrittenBy.moves
    ? 'An entry that moved took'
    : new Set(threads).size === 2
      ? `Threads ${threads.join(' and ')} both took`
      : stored === null
        ? 'A store took'
        : 'Two stores took'
  const when = apart === null ? '' : ` within ${formatDuration(Math.max(apart, race.process.file.tick))}`
  const where =
    stored === null
      ? lineOf(race.process, overwrittenBy.event)
      : linesOf(race.process, stored.event, overwrittenBy.event)
  const unmatched = life.notMatched[0]
  const then = unmatched
    ? `it matched no entry when it became readable (${lineOf(race.process, unmatched)}), and accept() was never called`
    : 'no accept follows'
  return {
    verdict: 'slot-race',
    claim: `${who} slot ${race.slot}${when} (${where}): the listening ${namedSocket(life.handle)} was overwritten by ${socketName(overwrittenBy.life?.handle ?? null)}, ${then}.`,
    confidence: unmatched && judgement.verdict === 'never-accepted' ? 'likely' : 'suspected',
  }
}
