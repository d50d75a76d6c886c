import type { StepClaim, StepRule } from '../chain-step.ts'
import { frames, lines, namedSocket, socketName } from '../scene.ts'
import { failedBindOf } from '../sockets/failed-bind.ts'
import { type SlotRace, slotRaces } from '../sockets/slot-race.ts'

/** The process asks for the port and does not get it. */
export const bindFails: StepRule = ({ facts, scene }) => {
  const bind = failedBindOf(scene.failedBinds, facts.wire)
  if (!bind) return null
  const port = bind.stated ? `port ${bind.port}` : `its port, taken to be ${bind.port}`
  return {
    claim: `The process cannot bind ${port}: ${bind.event.errorName ?? 'the bind fails'}`,
    standing: 'observed',
    evidence: [lines(bind.process, [bind.event], 'the failed bind')],
  }
}

/** The listening socket comes to be, and is stored where the process keeps its sockets. */
export const listenerStored: StepRule = ({ facts }) => {
  const { link } = facts
  const life = link?.listener
  if (!link || !life?.listening) return null
  const stored = life.attachments.find((attachment) => attachment.slot !== null)
  const port = link.ground === 'stated' ? ` on port ${link.port}` : ''
  if (!stored)
    return {
      claim: `The process listens${port} (${socketName(life.handle)})`,
      standing: 'observed',
      evidence: [lines(link.process, [life.listening], 'listening')],
    }
  return {
    claim: `The listening ${namedSocket(life.handle)} is stored in slot ${stored.slot} of the socket table`,
    standing: stored.certain ? 'observed' : 'inferred',
    evidence: [
      lines(link.process, [...(life.created ? [life.created] : []), stored.event], 'created and stored'),
      lines(link.process, [life.listening], `it is the socket that listens${port}`),
    ],
  }
}

/** Another thread finds the slot free and stores its own socket there. */
export const slotOverwritten: StepRule = ({ facts }) => {
  if (!facts.link?.listener) return null
  for (const race of slotRaces(facts.link.process))
    if (race.listener?.life === facts.link.listener) return overwritten(race, race.listener)
  return null
}

function overwritten(race: SlotRace, listener: NonNullable<SlotRace['listener']>): StepClaim {
  const { overwrittenBy, stored } = listener
  const who = overwrittenBy.event.thread === null ? 'Another store' : `Thread ${overwrittenBy.event.thread}`
  const other = stored?.event.thread ?? null
  const both =
    other !== null && other !== overwrittenBy.event.thread ? `, not the thread ${other} that stored the listener,` : ''
  const certain = overwrittenBy.life?.attachments.every((attachment) => attachment.certain) ?? false
  const others = race.writes.filter((write) => write !== stored && write !== overwrittenBy)
  return {
    claim: `${who}${both} saw slot ${race.slot} free and overwrote the listener with ${socketName(overwrittenBy.life?.handle ?? null)}`,
    standing: certain ? 'observed' : 'inferred',
    evidence: [
      lines(race.process, [overwrittenBy.event], `slot ${race.slot} is written again, with no detach between`),
      ...(others.length > 0
        ? [
            lines(
              race.process,
              others.map((write) => write.event),
              'and again, by others',
            ),
          ]
        : []),
    ],
  }
}

/** Who answers instead of the process that could not bind. */
export const anotherAnswers: StepRule = ({ facts, scene }) => {
  const bind = failedBindOf(scene.failedBinds, facts.wire)
  const answer = facts.wire.serverPushes[0] ?? facts.wire.synAcks[0]
  if (!bind || !answer) return null
  return {
    claim: `Another program owns port ${bind.port}: connections to it are ${facts.wire.serverPushes.length > 0 ? 'answered' : 'completed'} all the same`,
    standing: 'inferred',
    evidence: [frames([facts.wire.synAcks[0], facts.wire.serverPushes[0]], 'not from the logged process')],
  }
}
